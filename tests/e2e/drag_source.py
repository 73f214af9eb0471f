"""Another program: it has copied the files it was given, and they can be dragged from it."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel


def files():
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
    return data


class Source(QLabel):
    def mouseMoveEvent(self, event):
        drag = QDrag(self)
        drag.setMimeData(files())
        drag.exec(Qt.DropAction.CopyAction)


app = QApplication(sys.argv[:1])
app.clipboard().setMimeData(files())
source = Source("Drag me")
source.setWindowTitle("Drag source")
source.setAlignment(Qt.AlignmentFlag.AlignCenter)
source.resize(200, 200)
source.show()
app.exec()
