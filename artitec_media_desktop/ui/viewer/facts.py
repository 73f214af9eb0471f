"""The facts of a media, over its picture, or below it where several are side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ...domain.media import Media
from ..theme import Space
from ..widgets import label
from .words import facts, tr


class Facts(QFrame):
    """A card of words; the mouse goes on working around it."""

    def __init__(self, parent: QWidget | None = None, width: int = 0) -> None:
        """Of a fixed ``width``, or as wide as it may be."""
        super().__init__(parent)
        if width:
            self.setFixedWidth(width)
        self.setProperty("ground", "float")
        self.setAccessibleName(tr("Facts"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)

    def show_media(self, media: Media, place: str) -> None:
        """Say what is known of another media."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        rows = facts(media, place)
        for at, (word, text) in enumerate(rows):
            said = label(text, "small", "text")
            said.setWordWrap(True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            for column, part in enumerate((label(word, "small", "muted"), said)):
                self._grid.addWidget(part, at, column, top)
                part.show()  # or the card would be measured without it
        self.setAccessibleDescription(". ".join(f"{word}: {text}" for word, text in rows))
        self._grid.activate()
        self.adjustSize()
