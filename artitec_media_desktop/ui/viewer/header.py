"""The bar over a picture: what it is, which of how many, and what can be done with the view."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..theme import Height, Space
from ..widgets import ElidedLabel, icon_button, label
from .words import tr


class Header(QWidget):
    """Says what is wanted and does none of it."""

    stepped = Signal(int)
    turned = Signal(int)
    fit_wanted = Signal()
    actual_wanted = Signal()
    facts_toggled = Signal()
    compare_toggled = Signal()
    play_toggled = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(Height.HEADER_TOOLS)
        self.title = ElidedLabel("", "emphasis", Qt.TextElideMode.ElideMiddle)
        self.detail = ElidedLabel("", "muted")
        self.scale = label("", "small", "muted")
        self.back = icon_button("caret-left", tr("The one before"), "Left")
        self.next = icon_button("caret-right", tr("Next"), "Right")
        self.fit = icon_button("corners-out", tr("Show all of it"), "0")
        self.actual = icon_button("magnifying-glass-plus", tr("Actual size"), "1")
        self.turn = icon_button("arrow-clockwise", tr("Turn"), "R")
        self.play = icon_button("play", tr("Slideshow"), "K")
        self.compare = icon_button("columns", tr("Side by side"), "C")
        self.facts = icon_button("info", tr("Facts"), "I")
        self.close_button = icon_button("x", tr("Close"), "Esc")
        for each in (self.play, self.compare, self.facts):
            each.setCheckable(True)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.fit.clicked.connect(self.fit_wanted)
        self.actual.clicked.connect(self.actual_wanted)
        self.turn.clicked.connect(lambda: self.turned.emit(1))
        self.play.clicked.connect(self.play_toggled)
        self.compare.clicked.connect(self.compare_toggled)
        self.facts.clicked.connect(self.facts_toggled)
        self.close_button.clicked.connect(self.closed)
        self._lay_out()

    def set_zoomable(self, zoomable: bool) -> None:
        """Whether what is shown is a picture."""
        for each in (self.fit, self.actual, self.turn):
            each.setEnabled(zoomable)
        self.scale.setVisible(zoomable)

    def set_scale(self, scale: float) -> None:
        """Pixels of the screen for one of the picture, as a percentage."""
        self.scale.setText(tr("{percent} %").format(percent=round(scale * 100)))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.M, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addSpacing(Space.S)
        row.addLayout(words, 1)
        row.addWidget(self.scale)
        row.addSpacing(Space.S)
        for each in (self.fit, self.actual, self.turn, self.play, self.compare, self.facts):
            row.addWidget(each)
        row.addSpacing(Space.S)
        row.addWidget(self.close_button)
