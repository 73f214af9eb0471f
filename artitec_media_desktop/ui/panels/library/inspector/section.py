"""A part of the inspector that can be folded; folded, it says the most important of it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ....theme import Height, Icon, Space, font, theme
from ....theme.icons import draw
from ....widgets.buttons import BareButton
from .words import tr

if TYPE_CHECKING:
    from .....bootstrap import App

_OPEN: Final = "library.inspector.open"


class Section(QWidget):
    """``body`` is made by whoever owns the section; which are open is remembered by ``name``."""

    #: It was opened.
    unfolded = Signal()

    def __init__(self, app: "App", name: str, title: str, *, is_open: bool = False) -> None:
        super().__init__()
        self._app = app
        self._name = name
        self.head = _Head(title)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(Space.L + Space.XS, 0, 0, Space.S)
        self.content.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.body)
        known = app.settings.get(_OPEN, {})
        self.head.setChecked(bool(known.get(name, is_open)))
        self.body.setVisible(self.head.isChecked())
        self.head.toggled.connect(self._toggle)

    @property
    def is_open(self) -> bool:
        """Whether its body is shown."""
        return self.head.isChecked()

    def set_summary(self, text: str) -> None:
        """What is said at the end of its head."""
        self.head.set_summary(text)

    def _toggle(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        known = dict(self._app.settings.get(_OPEN, {}))
        self._app.settings.set(_OPEN, known | {self._name: is_open})
        if is_open:
            self.unfolded.emit()


class _Head(BareButton):
    def __init__(self, title: str) -> None:
        super().__init__()
        self._summary = ""
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(Height.SECTION + Space.XS)
        self.toggled.connect(self._explain)
        self._explain()

    def set_summary(self, text: str) -> None:
        self._summary = text
        self._explain()
        self.update()

    def _explain(self) -> None:
        state = tr("open") if self.isChecked() else tr("folded")
        self.setAccessibleDescription(f"{state}. {self._summary}" if self._summary else state)

    def sizeHint(self) -> QSize:
        return QSize(0, Height.SECTION)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mark = "caret-down" if self.isChecked() else "caret-right"
        draw(painter, QRect(0, 0, Icon.ROW, self.height()), mark, theme().color("muted"), 12)
        left = Icon.ROW + Space.XS
        words = font("emphasis")
        wide = QFontMetrics(words).horizontalAdvance(self.text())
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(words)
        painter.setPen(theme().color("text"))
        painter.drawText(QRect(left, 0, wide + 2, self.height()), middle, self.text())
        rest = self.rect().adjusted(left + wide + Space.M, 0, 0, 0)
        painter.setFont(font("small"))
        painter.setPen(theme().color("muted"))
        shown = painter.fontMetrics().elidedText(
            self._summary, Qt.TextElideMode.ElideRight, rest.width()
        )
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(rest, right, shown)
