"""Two pictures compared: side by side, flicked, divided, or what differs between them."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ....domain.errors import MediaError
from ....domain.media import Media
from ...theme import Space
from ...viewer.canvas import STEP, size_of
from ...viewer.picture import Picture
from ...viewer.pictures import Pictures
from ...viewer.view import View
from .difference import Difference, difference
from .heads import Fate, MediaHead
from .stage import Stage
from .turning import Turning
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: What is asked for before it is known how large it is shown.
_WIDTH: Final = 1600
#: Originals are asked for, and differences made, once the view has rested.
_RESTS_MS: Final = 120
_WIDEST: Final = 2_400


class Mode(StrEnum):
    """How two pictures are compared; in the order that M goes through."""

    SIDE = "side"
    FLICK = "flick"
    SWIPE = "swipe"
    DIFFERENCE = "difference"


class Compare(QWidget):
    """The keeper on the left, the one it is compared with on the right."""

    #: Zoom or mode are others.
    viewed = Signal()

    def __init__(self, app: "App", pictures: Pictures) -> None:
        super().__init__()
        self._app, self._pictures = app, pictures
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", True)
        self.setAccessibleName(tr("The two that are compared"))
        self.mode = Mode.SIDE
        self.is_locked = True
        self._media: tuple[Media, Media] | None = None
        self._next: tuple[Media, ...] = ()
        self._is_flicked = False
        self._difference: tuple[tuple[int, int], int, Difference] | None = None
        self._computing: tuple[tuple[int, int], int] | None = None
        self.heads = (MediaHead(), MediaHead())
        self.stages = (Stage(), Stage())
        self._turning = Turning(app, self)
        self._turning.made.connect(self._made)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._rested)
        self._lay_out()
        for stage in self.stages:
            stage.viewed.connect(self._follow)
        pictures.arrived.connect(self._arrived)

    # ---- what is compared

    def show_pair(
        self,
        pair: tuple[Media, Media],
        fates: tuple[Fate, Fate],
        places: tuple[str, str],
        orientation: int = 0,
    ) -> None:
        """Compare two others; the same two may come again with other fates.

        Where both are seen at one spot, the second one is turned by its ``orientation``.
        """
        is_new = self._media is None or [e.id for e in self._media] != [e.id for e in pair]
        self._media = pair
        for head, media, fate, place in zip(self.heads, pair, fates, places, strict=True):
            head.show_media(media, fate, place)
        if is_new:
            self._is_flicked = False
            self._difference = None
            self._turning.begin(orientation)
            for stage, media in zip(self.stages, pair, strict=True):
                stage.show_media(media)
            self._want(_WIDTH)
            self._show()
            self._rest.start()

    def show_next(self, media: tuple[Media, ...]) -> None:
        """What will be compared next, read ahead."""
        if media != self._next:
            self._next = media
            self._want(_WIDTH)

    def clear(self) -> None:
        """Nothing is compared."""
        self._media, self._next, self._difference = None, (), None
        self._rest.stop()
        self._pictures.want((), (), _WIDTH, _WIDTH)

    def try_again(self) -> None:
        """Ask anew for pictures that did not come."""
        for media in self._media or ():
            self._pictures.try_again(media.id)
        self._want(_WIDTH)

    # ---- how

    def set_mode(self, mode: Mode) -> None:
        """Compare in another way."""
        self.mode, self._is_flicked = mode, False
        self._show()
        self._rest.start()
        self.viewed.emit()

    def next_mode(self) -> None:
        """In a circle."""
        modes = list(Mode)
        self.set_mode(modes[(modes.index(self.mode) + 1) % len(modes)])

    def set_locked(self, locked: bool) -> None:
        """Zoom and move both as one, or each by itself."""
        self.is_locked = locked
        if locked:
            self.stages[1].set_view(self.stages[0].view)
        self.viewed.emit()

    def flick(self, on: bool) -> None:
        """While it is held, the other one is seen in the place of the first."""
        if self._media is not None and on is not self._is_flicked:
            self._is_flicked = on
            self._show()

    def move_split(self, by: float) -> None:
        """Move the divider by a share of the room."""
        split = self.stages[0].split
        if split is not None:
            self.stages[0].set_split(split + by)

    @property
    def scale(self) -> float:
        """Pixels of the screen for a pixel of the larger picture."""
        return self.stages[0].scale

    def fit(self) -> None:
        """All of both."""
        self._each(lambda stage: stage.fit())

    def actual(self) -> None:
        """One pixel of the larger one on one of the screen."""
        self._each(lambda stage: stage.actual())

    def zoom_in(self) -> None:
        """Larger by a step."""
        self._each(lambda stage: stage.zoom(STEP))

    def zoom_out(self) -> None:
        """Smaller by a step."""
        self._each(lambda stage: stage.zoom(1 / STEP))

    def _each(self, act: Callable[[Stage], None]) -> None:
        act(self.stages[0])
        if not self.is_locked and self.mode is Mode.SIDE:
            act(self.stages[1])

    def _follow(self, view: View) -> None:
        if self.is_locked:
            for stage in self.stages:
                stage.set_view(view)  # tells nothing where it is the same already
        self._rest.start()
        self.viewed.emit()

    # ---- pictures

    def _want(self, full: int) -> None:
        shown = self._media or ()
        near = [each for each in self._next if each not in shown]
        self._pictures.want(shown, near, _WIDTH, full)

    def _rested(self) -> None:
        if self._media is None:
            return
        self._want(self.stages[0].pixels)
        self._compute()

    def _arrived(self, key: int) -> None:
        if self._media is not None and key in [each.id for each in self._media]:
            self._show()
            self._compute()

    def _made(self) -> None:
        self._show()
        self._compute()

    def _show(self) -> None:
        """Give every stage what the mode has on it."""
        if self._media is None:
            return
        pair, found = self._media, [self._pictures.get(each.id) for each in self._media]
        sizes = [size_of(*each) for each in zip(pair, found, strict=True)]
        longer = max(max(each.width(), each.height()) for each in sizes)
        is_side = self.mode is Mode.SIDE
        shown = 1 if self._is_flicked and self.mode in (Mode.SIDE, Mode.FLICK) else 0
        first, second = self.stages
        for stage in self.stages:
            stage.set_longer(longer)
        second.setVisible(is_side)
        first.media, second.media = pair[shown], pair[1]
        at_one_spot = shown == 1 or not is_side
        turned = self._turning.get(found[1]) if at_one_spot else None
        pictures = (turned if shown else found[0], found[1])
        first.set_picture(pictures[0])
        second.set_picture(pictures[1])
        first.set_other(pair[1], turned)
        is_swipe = self.mode is Mode.SWIPE
        first.set_split((first.split if first.split is not None else 0.5) if is_swipe else None)
        for stage, at, picture in zip(self.stages, (shown, 1), pictures, strict=True):
            stage.say(self._words(self._pictures.error(pair[at].id), picture))
        self.heads[0].set_pale(shown == 1)
        self.heads[1].set_pale(self.mode is Mode.FLICK and shown == 0)
        if self.mode is Mode.DIFFERENCE:
            self._show_difference()
        self.viewed.emit()

    def _words(self, error: MediaError | None, picture: Picture | None) -> str:
        if picture is not None:
            return ""
        return tr("Loading…") if error is None else error.message

    # ---- what differs

    def _show_difference(self) -> None:
        first = self.stages[0]
        if self._difference is None:
            first.set_picture(None)
            if not first.has_picture and all(self._found()):
                first.say(tr("Comparing…"))
            return
        first.set_picture(self._difference[2].picture)
        share = round(100 * self._difference[2].share)
        none = tr("No pixel differs at this size")
        some = tr("{share} % of the pixels differ").format(share=share)
        tiny = tr("Less than 1 % of the pixels differ")
        first.say(none if not self._difference[2].share else some if share else tiny)

    def _found(self) -> list[Picture | None]:
        return [self._pictures.get(each.id) for each in self._media or ()]

    def _compute(self) -> None:
        """Make what differs, in the size that it is shown in."""
        if self.mode is not Mode.DIFFERENCE or self._media is None:
            return
        one, plain = self._found()
        other = self._turning.get(plain)
        if one is None or plain is None or other is None or not self._turning.is_made(plain):
            return
        key = (self._media[0].id, self._media[1].id)
        width = min(_WIDEST, one.width, max(64, self.stages[0].pixels))
        known = self._difference
        if known is not None and known[0] == key and known[1] >= width:
            return
        if self._computing == (key, width):
            return
        self._computing = (key, width)

        def done(made: Difference) -> None:
            self._computing = None
            if self._media is not None and key == (self._media[0].id, self._media[1].id):
                self._difference = (key, width, made)
                self._show()

        def failed(_error: MediaError) -> None:
            self._computing = None

        self._app.runner.run(
            lambda _: difference(one, other, width), done, failed, None, lambda: None
        )

    # ---- putting it together

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room may need other pictures."""
        super().resizeEvent(event)
        self._rest.start()

    def _lay_out(self) -> None:
        heads, below = QHBoxLayout(), QHBoxLayout()
        for head, stage in zip(self.heads, self.stages, strict=True):
            heads.addWidget(head, 1)
            below.addWidget(stage, 1)
        for row in (heads, below):
            row.setSpacing(Space.M)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        down.setSpacing(Space.S)
        down.addLayout(heads)
        down.addLayout(below, 1)
