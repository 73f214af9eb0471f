"""A column that can be higher than the room it has."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ..theme import Space


def scroll_area(inside: QWidget) -> QScrollArea:
    """It scrolls up and down where there is no room for all of it, on the ground that it is on."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setProperty("focusRing", True)
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area


def scrolled(inside: QWidget, widest: int, *, centred: bool = False) -> QScrollArea:
    """At the left edge or in the middle, no wider than can be read, with a bar where it is higher.

    ``widest`` is in pixels.
    """
    inside.setMaximumWidth(widest)
    held = QWidget()
    column = QVBoxLayout()
    column.addWidget(inside)
    column.addStretch(1)
    row = QHBoxLayout(held)
    row.setContentsMargins(Space.PANEL, 0, Space.PANEL, Space.PANEL)
    if centred:
        row.addStretch(0)
    row.addLayout(column, 1)
    row.addStretch(0)
    area = scroll_area(held)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
