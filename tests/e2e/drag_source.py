"""Another program to drag from: a window that starts a drag of the files it was given."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mouseMoveEvent(self, event):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


app = QApplication(sys.argv[:1])
source = Source("Drag me")
source.setWindowTitle("Drag source")
source.setAlignment(Qt.AlignmentFlag.AlignCenter)
source.resize(200, 200)
source.show()
app.exec()
