"""What differs between the two that are compared, with the better side marked."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ....domain.duplicates import Difference
from ...theme import Height, Icon, Space, font, theme
from ...theme.icons import draw
from ...widgets import ElidedLabel, line
from .difference_words import name, same_on_both, value
from .heads import Fate, fate_word
from .words import tr

_DIFFERENCE: Final = Qt.ItemDataRole.UserRole
_NAMES: Final = 112
_MARK: Final = Icon.ROW + Space.XS
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


class DifferenceModel(QAbstractTableModel):
    """A row each thing in which they differ; columns: its name, the keeper, the other."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Difference] = []
        self._fates = (Fate.KEEP, Fate.TRASH)

    def show_rows(self, rows: Sequence[Difference], fates: tuple[Fate, Fate]) -> None:
        """Compare two others."""
        self.beginResetModel()
        self.rows, self._fates = list(rows), fates
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as differ."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, keeper, other."""
        return 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is said in a cell."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == _DIFFERENCE:
            return row
        words = name(row.key) if column == 0 else value(row, column - 1)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            better = column and row.better == column - 1
            return f"{words}, {tr('better')}" if better else words
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What differs, Keep, To trash."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("What differs"), *map(fate_word, self._fates))[section]


class DifferenceTable(QWidget):
    """As high as its rows, up to a share of the page; under it what is the same on both."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = DifferenceModel()
        self.view = _View(self.rows)
        self.same = ElidedLabel("", "small")
        self.same.setContentsMargins(Space.L, 0, Space.L, 0)
        self.same.setFixedHeight(Height.DIFFERENCE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(line())
        down.addWidget(self.view)
        down.addWidget(self.same)

    def show_rows(self, rows: Sequence[Difference], fates: tuple[Fate, Fate], place: str) -> None:
        """``place`` is said among what is the same, where it is; empty where it is not."""
        self.rows.show_rows([each for each in rows if not each.is_same], fates)
        self.same.setText(same_on_both(rows, place))
        self.view.fit()


class _View(QTableView):
    def __init__(self, rows: DifferenceModel) -> None:
        super().__init__()
        self.setModel(rows)
        self.setItemDelegate(_Delegate())
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What differs"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Height.DIFFERENCE)
        self.verticalHeader().setMinimumSectionSize(Height.DIFFERENCE)
        head = _Head(self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        for column in (1, 2):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, _NAMES + Space.L)

    def fit(self) -> None:
        """As high as its rows, with their head."""
        self.setFixedHeight(Height.DIFFERENCE * (self.model().rowCount() + 1))


class _Head(QHeaderView):
    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setFixedHeight(Height.DIFFERENCE)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, theme().color("raised"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme().color("border"))
        painter.setFont(font("caption"))
        painter.setPen(theme().color("muted"))
        words = rect.adjusted(Space.L if logicalIndex == 0 else _MARK, 0, 0, 0)
        text = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
        painter.drawText(words, _LEFT, str(text))
        painter.restore()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, Height.DIFFERENCE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Difference = index.data(_DIFFERENCE)
        box, column = QRect(option.rect), index.column()
        better = column > 0 and row.better == column - 1
        painter.save()
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme().color("border"))
        words = box.adjusted(Space.L if column == 0 else _MARK, 0, -Space.S, 0)
        if better:
            mark = QRect(box.left(), box.top(), Icon.ROW, box.height())
            draw(painter, mark, "check-circle-fill", theme().color("success"), 14)
        face = font("emphasis" if better else "body")
        painter.setFont(face)
        painter.setPen(
            theme().color("text" if better or (row.better is None and column) else "muted")
        )
        text = QFontMetrics(face).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, _LEFT, text)
        painter.restore()
