"""A column that scrolls and keeps its width."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ....theme.stylesheet import set_property


class Scrolled(QScrollArea):
    """Its bar always has its room, and is not seen while there is nothing to scroll.

    A bar that comes and goes changes the width, with it the height of pictures and texts, and
    with that whether a bar is needed: at some heights it would come and go for ever.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bar = self.verticalScrollBar()
        bar.setStyleSheet('QScrollBar[idle="true"]::handle { background: transparent; }')
        bar.rangeChanged.connect(lambda _, most: set_property(bar, "idle", str(not most).lower()))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
