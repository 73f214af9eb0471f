"""Another program: a picture of a web page, as a browser hands it over when it is dragged.

Arguments: the address it is said to come from, and the picture's file. Without a file only the
address is offered.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

address, *files = sys.argv[1:]


def picture():
    data = QMimeData()
    data.setUrls([QUrl(address)])
    data.setData("text/x-moz-url", QByteArray(f"{address}\nA title".encode("utf-16-le")))
    for path in files:
        data.setData("image/jpeg", QByteArray(Path(path).read_bytes()))
    return data


class Source(QLabel):
    def mouseMoveEvent(self, event):
        drag = QDrag(self)
        drag.setMimeData(picture())
        drag.exec(Qt.DropAction.CopyAction)


app = QApplication(sys.argv[:1])
source = Source("Drag me")
source.setWindowTitle("Drag source")
source.setAlignment(Qt.AlignmentFlag.AlignCenter)
source.resize(200, 200)
source.show()
app.exec()
