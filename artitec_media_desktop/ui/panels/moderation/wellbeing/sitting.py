"""How much somebody has looked at, for how long in a row, and when a break would do good."""

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from .wellbeing import Wellbeing, keep_wellbeing, wellbeing_of

if TYPE_CHECKING:
    from .....bootstrap import App

#: What was looked at today, for each account, in the settings of this computer.
_TODAY: Final = "wellbeing.today/{email}"
_TICK_MS: Final = 30_000
#: Seconds without a new item that count as a break.
_IDLE: Final = 5 * 60
#: Who puts a break off is asked again after this share of the way to it.
_LATER: Final = 1 / 3


class Sitting(QObject):
    """Known to nobody but this window; ``looked`` and ``acted`` are for it to be told."""

    #: Wellbeing: other wishes count from now on.
    wishes_changed = Signal(object)
    #: A break is due.
    break_due = Signal()
    #: Another figure is to be told.
    counted = Signal()

    def __init__(
        self, app: "App", parent: QObject | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self._app, self._clock = app, clock
        self._views = 0
        self._began: float | None = None
        self._acted = 0.0
        #: From which share of what calls for a break on it is due.
        self._due = 1.0
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._ask)

    @property
    def wishes(self) -> Wellbeing:
        """Those of who is signed in."""
        return wellbeing_of(self._app)

    def wish(self, wishes: Wellbeing) -> None:
        """Others from now on."""
        if wishes != self.wishes:
            keep_wellbeing(self._app, wishes)
            self.wishes_changed.emit(wishes)
            self._ask()

    @property
    def views_today(self) -> int:
        """How often veiled content was seen clear today."""
        saved = self._app.settings.get(_TODAY.format(email=self._app.email), {})
        count = saved.get("views") if saved.get("day") == date.today().isoformat() else 0
        return count if isinstance(count, int) else 0

    @property
    def minutes(self) -> int:
        """For how long items were looked at without a break."""
        return 0 if self._began is None else int((self._clock() - self._began) / 60)

    def looked(self) -> None:
        """A clear view of veiled content began."""
        self.acted()  # first: a new sitting begins without looks
        day = {"day": date.today().isoformat(), "views": self.views_today + 1}
        self._app.settings.set(_TODAY.format(email=self._app.email), day)
        self._views += 1
        self._ask()

    def acted(self) -> None:
        """An item was shown or decided: the person is at work."""
        now = self._clock()
        if self._began is None or now - self._acted > _IDLE:
            self.rest()
            self._began = now
        self._acted = now
        if not self._tick.isActive():
            self._tick.start()
        self._ask()

    def later(self) -> None:
        """Not now; ask again in a while."""
        self._due = self._share() + _LATER

    def rest(self) -> None:
        """A break begins: count anew after it."""
        self._views, self._began, self._due = 0, None, 1.0
        self._tick.stop()
        self.counted.emit()

    def _share(self) -> float:
        """How far it is to a break: 1 where it is due."""
        wishes = self.wishes
        views = self._views / wishes.views if wishes.views else 0.0
        return max(views, self.minutes / wishes.minutes if wishes.minutes else 0.0)

    def _ask(self) -> None:
        if self._began is not None and self._share() >= self._due:
            self._due = float("inf")  # until it is answered
            self.break_due.emit()
        self.counted.emit()
