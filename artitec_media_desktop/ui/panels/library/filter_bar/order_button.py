"""In which order the grid is, and the menu of the others."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter, QWidget

from .....domain.search import Order
from ....filtering.words import ORDERS, tr
from ....theme import Height, Icon, Space, font, theme
from ....theme.icons import draw
from ....widgets import menu
from ....widgets.buttons import ToolButton

_GAP: Final = Space.XS + 2


class OrderButton(ToolButton):
    """Shows the order's name; its menu chooses."""

    #: Order
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        self.setPopupMode(ToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made = menu(self)
        for order, words in ORDERS.items():
            action = made.addAction(tr(words))
            action.setCheckable(True)
            action.setData(order.value)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self.chosen.emit(Order(action.data())))
        self.setMenu(made)
        self.show_order(Order.PLACE)

    def show_order(self, order: Order) -> None:
        """Name the order that the grid is in."""
        for action in self._group.actions():
            action.setChecked(action.data() == order.value)
        self.setText(tr(ORDERS[order]))
        self.setAccessibleName(tr("Order: {name}").format(name=self.text()))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Sign, name, and the sign of a menu."""
        words = QFontMetrics(font("emphasis")).horizontalAdvance(self.text())
        signs = Icon.ROW + Icon.BADGE + 2 * _GAP
        return QSize(words + signs + 2 * Space.XS, Height.BUTTON_SMALL)

    def minimumSizeHint(self) -> QSize:
        """It is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel comes from the style sheet."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        option.features = QStyleOptionToolButton.ToolButtonFeature.None_
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        self._signs(painter)
        left = Space.XS + Icon.ROW + _GAP
        painter.setFont(font("emphasis"))
        painter.setPen(theme().color("text"))
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _signs(self, painter: QPainter) -> None:
        front = QRect(Space.XS, 0, Icon.ROW, self.height())
        draw(painter, front, "sort-ascending", theme().color("text"))
        end = QRect(self.width() - Space.XS - Icon.BADGE, 0, Icon.BADGE, self.height())
        draw(painter, end, "caret-down", theme().color("muted"), Icon.BADGE)
