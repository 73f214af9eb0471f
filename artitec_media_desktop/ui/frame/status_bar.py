"""The foot of the window: what is selected, how the uploads are getting on, where the keys are."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ...domain.uploads import UploadState
from ..overall import Overall, overall
from ..theme import Height, Icon, Space, icon, theme
from ..theme.icons import draw
from ..upload_queue import UploadQueue
from ..upload_words import number, time_left, tr
from ..widgets import ElidedLabel, KeyHint, TrackBar, label, line
from ..widgets.buttons import ToolButton

#: The words of what is being added may leave so many pixels before them empty.
_AIR: Final = 24
#: What nothing happens to before a person has done something.
_NEEDY: Final = (UploadState.FAILED, UploadState.ASKING, UploadState.UNPLACED)


class StatusBar(QWidget):
    """Always there, 28 high."""

    uploads_wanted = Signal()
    keys_wanted = Signal()
    commands_wanted = Signal()

    def __init__(self, queue: UploadQueue) -> None:
        super().__init__()
        self._queue = queue
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(Height.STATUS_BAR)
        self.left = ElidedLabel(role="small")
        self._busy = _UploadMark()
        self.words = label(role="small")
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.words.setFixedHeight(self.words.minimumHeight())
        self.bar = TrackBar(self.tr("Adding files"))
        self.needs_you = _status_button()
        self.needs_you.setIcon(icon("warning-circle", "warning"))
        self.needs_you.setProperty("tone", "warning")
        self.needs_you.clicked.connect(self.uploads_wanted)
        commands, keys = _KeysButton("Ctrl+K", tr("Commands")), _KeysButton("?", tr("Keys"))
        commands.clicked.connect(self.commands_wanted)
        keys.clicked.connect(self.keys_wanted)
        #: What keys do is found here.
        self.keys = (commands, keys)
        separator = line("v")
        separator.setFixedHeight(Space.L)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 1, Space.M, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.left, 1)
        for part in (self._busy, self.words, self.bar, self.needs_you, separator, commands, keys):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        queue.totals_changed.connect(self.refresh)
        queue.names_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say how the uploads are getting on; nothing while none moves by itself."""
        now = overall(self._queue)
        for part in (self._busy, self.words, self.bar):
            part.setVisible(now is not None)
        if now is not None:
            parts = [self._adding(now)]
            left = time_left(self._queue.totals().seconds_left)
            parts += [left[:1].lower() + left[1:]] if left else []
            self._say(" · ".join(parts))
            self.bar.set_share(now.share)
        needy = sum(map(self._queue.count, _NEEDY))
        self.needs_you.setVisible(needy > 0)
        if needy:
            needs = tr("{count} needs you") if needy == 1 else tr("{count} need you")
            self.needs_you.setText(needs.format(count=number(needy)))

    def _say(self, words: str) -> None:
        """In a width that is another only now and then: with it the whole window is laid out."""
        self.words.setText(words)
        wide, had = self.words.sizeHint().width(), self.words.width()
        if not had - _AIR <= wide <= had:
            self.words.setFixedWidth(wide)

    def _adding(self, now: Overall) -> str:
        ends = [
            self._queue.items[i] for batch in now.batches for i in (batch.ids[0], batch.ids[-1])
        ]
        names = {self._queue.entity_name(item) for item in ends}
        place = names.pop() if len(names) == 1 else tr("several places")
        words = tr("Adding {done} of {total} to {place}")
        return words.format(done=number(now.done), total=number(now.total), place=place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme().color("border"))


def _status_button() -> ToolButton:
    made = ToolButton()
    made.setProperty("kind", "status")
    made.setIconSize(QSize(Icon.ROW + Space.XS, Icon.ROW))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


class _UploadMark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(Icon.ROW, Icon.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw(QPainter(self), self.rect(), "upload-simple", theme().color("accent"))


class _KeysButton(QPushButton):
    """A key badge and a word, which do what the key does."""

    def __init__(self, hint: str, text: str) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XS, 0, Space.XS, 0)
        row.setSpacing(Space.XS)
        for part in (KeyHint(hint), label(text, "small")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        self.setFixedHeight(Height.STATUS_BAR - 4)
        self.setFixedWidth(row.sizeHint().width() + 2)
