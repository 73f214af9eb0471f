"""Says that something was typed for other media and not written yet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ....theme import Space
from ....widgets import ElidedLabel, button
from .draft import Draft
from .words import counted, listed, things, tr


class Unsaved(QWidget):
    """A line with a way back to what was typed; nothing typed gets lost by looking elsewhere."""

    show_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = ElidedLabel("", "small")
        self.show_button = button(tr("Show"), kind="link", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, Space.XS, Space.S, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(self._words, 1)
        row.addWidget(self.show_button)
        self.show_button.clicked.connect(self.show_wanted)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Those of other media, the newest first."""
        self.setVisible(bool(drafts))
        if drafts:
            first = drafts[0]
            what = things(len(first.keys))
            text = tr("Not applied: {columns} of {what}")
            words = text.format(columns=listed(first.columns).lower(), what=what)
            more = len(drafts) - 1
            extra = counted(more, "{count} more", "{count} more")
            self._words.setText(f"{words}, {extra}" if more else words)
            self.setAccessibleName(self._words.text())
