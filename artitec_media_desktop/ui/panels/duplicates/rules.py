"""In which order the reasons count by which one of a group is kept."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ....domain.duplicates import DEFAULT_RULES, Rule
from ...theme import Height, Space
from ...widgets import button, key_of, label
from .words import RULES, tr

_WIDE = 360


class RulesDialog(QDialog):
    """Drag, or Alt with the arrows. ``accepted`` comes with ``rules`` in their new order."""

    def __init__(self, rules: tuple[Rule, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Which one is kept"))
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Reasons, the weightiest first"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.earlier = button(tr("Earlier"), "arrow-up", small=True)
        self.later = button(tr("Later"), "arrow-down", small=True)
        self.reset = button(tr("As it was made"), small=True)
        self.apply = button(tr("Apply"), kind="primary")
        self.apply.setDefault(True)
        cancel = button(tr("Cancel"))
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.reset.clicked.connect(lambda: self._fill(DEFAULT_RULES))
        self.apply.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        key_of(self.list, "Alt+Up", lambda: self._move(-1), repeats=True)
        key_of(self.list, "Alt+Down", lambda: self._move(1), repeats=True)
        self._lay_out(cancel)
        self._fill(rules)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """In the order that they stand in."""
        rows = range(self.list.count())
        return tuple(Rule(self.list.item(at).data(Qt.ItemDataRole.UserRole)) for at in rows)

    def _fill(self, rules: tuple[Rule, ...]) -> None:
        self.list.clear()
        for rule in rules:
            row = QListWidgetItem(tr(RULES[rule]))
            row.setData(Qt.ItemDataRole.UserRole, str(rule))
            row.setSizeHint(QSize(0, Height.MENU_ROW))
            self.list.addItem(row)
        self.list.setCurrentRow(0)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        to = row + step
        if 0 <= to < self.list.count():
            self.list.insertItem(to, self.list.takeItem(row))
            self.list.setCurrentRow(to)

    def _lay_out(self, cancel: QWidget) -> None:
        words = label(tr("The first that tells two pictures apart decides which one is kept."))
        words.setWordWrap(True)
        moving, foot = QHBoxLayout(), QHBoxLayout()
        for row in (moving, foot):
            row.setSpacing(Space.S)
        for each in (self.earlier, self.later):
            moving.addWidget(each)
        moving.addStretch(1)
        moving.addWidget(self.reset)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.apply)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        down.setSpacing(Space.M)
        down.addWidget(words)
        down.addWidget(self.list, 1)
        down.addLayout(moving)
        down.addLayout(foot)
        self.list.setFixedHeight(Height.MENU_ROW * len(DEFAULT_RULES) + Space.S)
        self.setMinimumWidth(_WIDE)
