"""What a moderator wishes for themself: veils, sound, breaks. Each wish counts at once."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ....theme import Space
from ....widgets import button, label
from ....widgets.check_box import CheckBox
from ....widgets.number_field import NumberField
from ..words import counted, tr
from .sitting import Sitting

_FIELD: Final = 72
_WIDE: Final = 420
_MOST: Final = 500


class WellbeingDialog(QDialog):
    """Private: it is about how one works, so nobody else gets to know it."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("For your eyes"))
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sitting = sitting
        words = {
            "blur": tr("Blur what is flagged or suspected"),
            "grey": tr("Show it without colour"),
            "blur_all": tr("Blur everything"),
            "mute": tr("Play videos without sound"),
        }
        #: By the wish.
        self.boxes = {name: CheckBox(text) for name, text in words.items()}
        self.numbers = {
            "views": _number(tr("Clear looks until a break is proposed"), 5),
            "minutes": _number(tr("Minutes until a break is proposed"), 5),
        }
        self.today = label("", "muted")
        self.close_button = button(tr("Close"), kind="primary")
        self.close_button.clicked.connect(self.accept)
        self._show_wishes()
        self._tell()
        for box in self.boxes.values():
            box.toggled.connect(self._wish)
        for field in self.numbers.values():
            field.valueChanged.connect(self._wish)
        sitting.counted.connect(self._tell)
        self._lay_out()

    def _show_wishes(self) -> None:
        wishes = self._sitting.wishes
        for name, box in self.boxes.items():
            box.setChecked(getattr(wishes, name))
        for name, field in self.numbers.items():
            field.setValue(getattr(wishes, name))

    def _wish(self) -> None:
        marks = {name: box.isChecked() for name, box in self.boxes.items()}
        self._sitting.wish(
            replace(
                self._sitting.wishes,
                **marks,
                views=self.numbers["views"].value(),
                minutes=self.numbers["minutes"].value(),
            )
        )

    def _tell(self) -> None:
        views = counted(self._sitting.views_today, "{count} clear look", "{count} clear looks")
        minutes = counted(self._sitting.minutes, "{count} minute", "{count} minutes")
        today = tr("Today {views} at veiled items. Now {minutes} in a row.")
        self.today.setText(today.format(views=views, minutes=minutes))

    def _lay_out(self) -> None:
        only = label(tr("Only you see this. It stays on this computer."), "muted")
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        down.setSpacing(Space.M)
        down.addWidget(label(tr("For your eyes"), "title"))
        down.addWidget(only)
        for box in self.boxes.values():
            down.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout()
        grid.setSpacing(Space.S)
        rows = (
            (tr("Propose a break after"), "views", tr("clear looks")),
            (tr("or after"), "minutes", tr("minutes in a row")),
        )
        for at, (before, name, after) in enumerate(rows):
            grid.addWidget(label(before), at, 0)
            grid.addWidget(self.numbers[name], at, 1)
            grid.addWidget(label(after), at, 2)
        grid.setColumnStretch(2, 1)
        down.addSpacing(Space.S)
        down.addLayout(grid)
        down.addWidget(self.today)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        down.addLayout(foot)
        self.setMinimumWidth(_WIDE)


def _number(name: str, step: int) -> NumberField:
    made = NumberField(_FIELD)
    made.setRange(0, _MOST)
    made.setSingleStep(step)
    made.setSpecialValueText(tr("never"))
    made.setAccessibleName(name)
    return made
