"""Two to four pictures beside each other that are zoomed, moved and turned as one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...domain.media import Media
from ..theme import Space
from ..widgets import ElidedLabel
from .canvas import Canvas
from .facts import Facts
from .view import View
from .words import size

#: How many may be compared.
COUNTS: Final = range(2, 5)


class SideBySide(QWidget):
    """Each as large as its share of the room; the first is in charge where one has to be."""

    viewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvases: list[Canvas] = []
        self._words: list[ElidedLabel] = []
        self._facts: list[Facts] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        self._row.setSpacing(Space.S)

    def show_media(self, media: Sequence[Media], place: str = "") -> None:
        """Show others; their pictures follow. ``place`` is said among their facts."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.canvases, self._words, self._facts = [], [], []
        for each in media:
            canvas, words = Canvas(), ElidedLabel("", "muted")
            canvas.show_media(each)
            canvas.viewed.connect(self._follow)
            words.setText(" · ".join(filter(None, (each.original_filename, size(each)))))
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.XS)
            column.addWidget(canvas, 1)
            column.addWidget(words)
            facts = Facts()
            facts.show_media(each, place)
            facts.hide()
            column.addWidget(facts)
            self._facts.append(facts)
            self._row.addWidget(part, 1)
            self.canvases.append(canvas)
            self._words.append(words)

    def show_facts(self, shown: bool) -> None:
        """Of each below its picture, so that none is covered."""
        for each in self._facts:
            each.setVisible(shown)

    def say(self, key: int, text: str) -> None:
        """Say under a media why there is nothing to be seen."""
        for canvas, words in zip(self.canvases, self._words, strict=True):
            if canvas.media is not None and canvas.media.id == key:
                words.setText(text)

    def _follow(self, view: View) -> None:
        for each in self.canvases:
            each.set_view(view)  # tells nothing where it is the same already
        self.viewed.emit(view)
