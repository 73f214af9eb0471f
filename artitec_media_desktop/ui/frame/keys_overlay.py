"""What a page does by which key, over the page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ..theme import Space, theme
from ..widgets import KeyHint, icon_button, label, line

_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Question, Qt.Key.Key_Return, Qt.Key.Key_Space)
_WIDE = 560


class KeysOverlay(QWidget):
    """Covers the window until a key or a click ends it; the focus goes back where it was."""

    def __init__(
        self,
        window: QWidget,
        title: str,
        page: Sequence[tuple[str, str]],
        everywhere: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(window)
        self._before = window.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(f"{text}: {keys}" for text, keys in page))
        card = QFrame()
        card.setProperty("ground", "card")
        card.setFixedWidth(_WIDE)
        box = QVBoxLayout(card)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.M, Space.S, Space.M)
        head.addWidget(label(title, "section"), 1)
        close = icon_button("x", self.tr("Close"), color="muted")
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        box.addLayout(head)
        box.addWidget(line())
        if page:
            box.addLayout(_columns(page))
        box.addWidget(line())
        everywhere_title = label(self.tr("On every page"), "small_strong", "muted")
        everywhere_title.setContentsMargins(Space.L, Space.M, Space.L, 0)
        box.addWidget(everywhere_title)
        box.addLayout(_columns(everywhere))
        around = QVBoxLayout(self)
        around.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def open(self) -> None:
        """Show it and take the keyboard."""
        self.show()
        self.raise_()
        self.setFocus()

    def dismiss(self) -> None:
        """Go away for good."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, ?, Enter and Space close it."""
        if event.key() in _CLOSING:
            self.dismiss()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window at any size."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is behind."""
        QPainter(self).fillRect(self.rect(), theme().color("scrim"))


def _columns(keys: Sequence[tuple[str, str]]) -> QHBoxLayout:
    """Two columns of words and badges, of the same width whatever is in them."""
    across = QHBoxLayout()
    across.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
    across.setSpacing(Space.XL)
    half = (len(keys) + 1) // 2
    for part in (keys[:half], keys[half:]):
        column = QWidget()
        column.setFixedWidth((_WIDE - 2 * Space.L - Space.XL) // 2)
        down = QVBoxLayout(column)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(Space.XS)
        for text, spelled in part:
            row = QHBoxLayout()
            row.addWidget(label(text, "small", "text"), 1)
            row.addWidget(KeyHint(spelled))
            down.addLayout(row)
        down.addStretch(1)
        across.addWidget(column)
    return across
