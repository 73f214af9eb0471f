"""Things side by side that go on in the next line where there is no more room."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from ...domain import right_of_way


class Flow(QLayout):
    """Left to right, in lines; what expands takes the rest of its line."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        #: By width: a layout around this one asks again and again.
        self._heights: dict[int, int] = {}
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """See QLayout."""
        self._items.append(item)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put a widget before the one that is there."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """See QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def invalidate(self) -> None:
        """See QLayout."""
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """See QLayout."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """See QLayout."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line of the widest."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Of the widest and the highest."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size.grownBy(margins)

    @right_of_way.first
    def _place(self, rect: QRect, move: bool) -> int:
        """Lay the lines out within ``rect``; returns how high they are."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        top = area.top()
        for line in self._lines(area.width()):
            high = max(item.sizeHint().height() for item in line)
            if move:
                self._place_line(line, area, top, high)
            top += high + self._gap
        return max(0, top - self._gap - area.top()) + margins.top() + margins.bottom()

    def _lines(self, wide: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            need = _need(item)
            if not lines or left < need:
                lines.append([])
                left = wide
            lines[-1].append(item)
            left -= need + self._gap
        return lines

    def _place_line(self, line: list[QLayoutItem], area: QRect, top: int, high: int) -> None:
        left = area.left()
        rest = area.width() - sum(map(_need, line)) - self._gap * (len(line) - 1)
        for item in line:
            wide = min(_need(item), area.width()) + (max(0, rest) if _expands(item) else 0)
            tall = item.sizeHint().height()
            item.setGeometry(QRect(left, top + (high - tall) // 2, wide, tall))
            left += wide + self._gap


def _expands(item: QLayoutItem) -> bool:
    widget = item.widget()
    expanding = QSizePolicy.Policy.Expanding
    return widget is not None and widget.sizePolicy().horizontalPolicy() is expanding


def _need(item: QLayoutItem) -> int:
    return item.minimumSize().width() if _expands(item) else item.sizeHint().width()
