"""What is said over every page: that the library can only be looked at, or does not answer."""

from PySide6.QtCore import QDateTime, QLocale, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...tasks.connection import ConnectionState, ConnectionWatch
from ..widgets import Banner, button

_TICK_MS = 1000


class Banners(QWidget):
    """Nothing while all is well."""

    def __init__(self, watch: ConnectionWatch) -> None:
        super().__init__()
        self._watch = watch
        self._since = ""
        self.read_only = Banner("eye")
        again = button(self.tr("Try now"), small=True)
        again.clicked.connect(watch.look_now)
        self.offline = Banner("wifi-slash", again)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for banner in (self.read_only, self.offline):
            box.addWidget(banner)
        watch.changed.connect(self._changed)

    def show_read_only(self, reason: str) -> None:
        """Say why nothing can be changed; nothing hides it."""
        self.read_only.say(self.tr("You can only look.") if reason else "", reason)

    def _changed(self, state: ConnectionState, _reason: str) -> None:
        if state is not ConnectionState.OFFLINE:
            self._tick.stop()
            self._since = ""
            self.offline.say("")
            return
        if not self._since:
            now = QDateTime.currentDateTime().time()
            self._since = QLocale().toString(now, QLocale.FormatType.ShortFormat)
        self._tick.start()
        self._count()

    def _count(self) -> None:
        left = round(self._watch.seconds_left)
        following = (
            self.tr("Next try in {count} s.").format(count=left) if left else self.tr("Trying now…")
        )
        reason = self._watch.reason.removesuffix("Trying again.").strip()
        self.offline.say(
            self.tr("Offline since {time}.").format(time=self._since),
            f"{reason} {following}".strip(),
        )
