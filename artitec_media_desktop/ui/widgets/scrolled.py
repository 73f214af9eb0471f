"""A column that can be higher than the room it has."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ..theme import Space


def scrolled(inside: QWidget, widest: int, *, centred: bool = False) -> QScrollArea:
    """At the left edge or in the middle, no wider than can be read, with a bar where it is higher.

    ``widest`` is in pixels.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
    area.setWidget(held)
    area.viewport().setAutoFillBackground(False)
    held.setAutoFillBackground(False)
    return area
