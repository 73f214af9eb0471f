"""Drags of files as the window system makes them."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication


def mime_of(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


class Dragger:
    """Drags files over a widget, as the window system would."""

    def __init__(self, widget, mime, actions=Qt.DropAction.CopyAction):
        self.widget = widget
        self.mime = mime
        self.actions = actions

    def enter(self, at: QPoint):
        return self._send(QDragEnterEvent, at)

    def move(self, at: QPoint):
        return self._send(QDragMoveEvent, at)

    def leave(self):
        QApplication.sendEvent(self.widget, QDragLeaveEvent())

    def drop(self, at: QPoint):
        event = QDropEvent(
            QPointF(at),
            self.actions,
            self.mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        if self.actions & Qt.DropAction.MoveAction:
            event.setDropAction(Qt.DropAction.MoveAction)  # what the source would like best
        QApplication.sendEvent(self.widget, event)
        return event

    def all(self, at: QPoint):
        self.enter(at)
        self.move(at)
        return self.drop(at)

    def _send(self, kind, at):
        rest = (self.actions, self.mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        try:
            event = kind(QPointF(at), *rest)
        except TypeError:  # before Qt 6.12
            event = kind(at, *rest)
        QApplication.sendEvent(self.widget, event)
        return event
