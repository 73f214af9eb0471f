"""Another program that files are dropped on: it copies them into the folder it was given."""

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

folder = Path(sys.argv[1])


class Target(QLabel):
    def dragEnterEvent(self, event):
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event):
        for url in event.mimeData().urls():
            path = Path(url.toLocalFile())
            shutil.copyfile(path, folder / path.name)
        event.acceptProposedAction()


app = QApplication(sys.argv[:1])
target = Target("Drop here")
target.setWindowTitle("Drop target")
target.setAlignment(Qt.AlignmentFlag.AlignCenter)
target.setAcceptDrops(True)
target.resize(200, 200)
target.show()
app.exec()
