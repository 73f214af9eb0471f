"""The viewer: a layer over the whole window."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...domain.errors import MediaError
from ...domain.media import Media
from ..frame.keys_overlay import KeysOverlay
from ..theme import Space, Width
from ..widgets import EmptyState, Sharpness, line
from .canvas import STEP, Canvas
from .facts import Facts
from .header import Header
from .keys import REPEATS, acting, everywhere, keys
from .layer import Layer
from .pictures import Pictures
from .player import MediaPlayer, Player
from .side_by_side import COUNTS, SideBySide
from .slideshow import Slideshow
from .states import show_fault, show_gone, show_link, show_loading
from .video import VideoStage
from .walk import Rows, Walk
from .words import is_video, position, size, tr

if TYPE_CHECKING:
    from ...bootstrap import App

Index = QModelIndex | QPersistentModelIndex
#: How many neighbours either way are read ahead.
_NEAR: Final = 2
#: An original is fetched once nobody has moved on or zoomed for this long.
_RESTS_MS: Final = 150
_FACTS: Final = "viewer.facts"


class Viewer(Layer):
    """Open it with ``open``; it goes away by itself when it is closed."""

    #: The id of the media that was shown last.
    closed = Signal(int)

    def __init__(
        self,
        app: "App",
        window: QWidget,
        rows: Rows,
        place: str = "",
        selected: Sequence[int] = (),
        make_player: Callable[[QObject], Player] = MediaPlayer,
    ) -> None:
        """``place`` is said among the facts; two to four ``selected`` may be compared."""
        super().__init__(window)
        self._app, self._place = app, place
        self._selected = list(selected)
        self._walk = Walk(rows)
        self._shown: Media | None = None
        self._pictures = Pictures(app, self)
        self._pictures.arrived.connect(self._arrived)
        self.header = Header()
        self.canvas = Canvas()
        self.video = VideoStage(app, make_player)
        self.compare = SideBySide()
        self.state = EmptyState("image", "", "")
        self.stack = QStackedWidget()
        self.facts = Facts(self, Width.INSPECTOR)
        self.show_on = Slideshow(self._advance, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(lambda: self._want(rested=True))
        self._acting = acting(self)
        self._build()
        self._connect(rows)
        Sharpness(self, self._want)

    # ---- opening and closing

    def open(self, key: int) -> None:
        """Show a media and take the keyboard."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_facts()
        self.show_key(key)

    def dismiss(self) -> None:
        """Go away for good; from side by side, back to one."""
        if self.is_comparing:
            self.toggle_compare()
            return
        self._rest.stop()
        self.show_on.stop()
        self.video.stop()
        self._pictures.clear()
        # First, so that the focus is where it belongs before Qt looks for a place for it.
        self.closed.emit(self.key)
        self.hide()
        self.deleteLater()

    @property
    def key(self) -> int:
        """The id of the media that is shown."""
        return self._walk.key

    @property
    def media(self) -> Media | None:
        """The media that is shown; None while it is being read, and when it is gone."""
        return self._walk.media

    @property
    def is_comparing(self) -> bool:
        """Whether several are side by side."""
        return self.stack.currentWidget() is self.compare

    # ---- what is shown

    def show_key(self, key: int) -> None:
        """Turn to a media."""
        self._walk.key = key
        self._pictures.try_again(key)  # it may be a neighbour whose fault has passed
        self.video.stop()
        self._show()

    def step(self, by: int) -> None:
        """Go to the next media, or the one before; files on their way are passed over."""
        found = self._walk.keys(by)
        if found and not self.is_comparing:
            self.show_key(found[0])
            self.show_on.wait()

    def _advance(self) -> bool:
        found = self._walk.keys(1)
        if found:
            self.show_key(found[0])
        return bool(found)

    def _show(self) -> None:
        media = self._shown = self.media
        self._say_which(media)
        if not self._walk.is_here:
            show_gone(self.state)
            self._turn_to(self.state)
        elif media is None:
            self._walk.rows.need_keys([self.key])
            show_loading(self.state)
            self._turn_to(self.state)
        elif media.is_link:
            show_link(self.state, media)
            self._turn_to(self.state)
        elif is_video(media):
            self.video.show_media(media)
            self._turn_to(self.video)
        else:
            self.canvas.show_media(media)
            self._turn_to(self.canvas)
        if media is not None:
            self._arrived(media.id)
        self._want()

    def _say_which(self, media: Media | None) -> None:
        count = self._walk.rows.rowCount()
        which = position(self._walk.row + 1, count) if count else ""
        name = "" if media is None else media.original_filename
        self.header.title.setText(name)
        about = (which, "" if media is None else size(media), self._place)
        self.header.detail.setText(" · ".join(filter(None, about)))
        self.setAccessibleName(tr("Viewer: {name}, {which}").format(name=name, which=which))
        self.setAccessibleDescription("" if media is None else media.alt_text or "")
        self.header.back.setEnabled(bool(self._walk.keys(-1)))
        self.header.next.setEnabled(bool(self._walk.keys(1)))
        if media is not None:
            self.facts.show_media(media, self._place)
            self._place_facts()

    def _turn_to(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        self.header.set_zoomable(part in (self.canvas, self.compare))
        self.header.compare.setChecked(part is self.compare)
        self.header.compare.setEnabled(self._may_compare())

    def _arrived(self, key: int) -> None:
        """A picture or a fault, for whichever media is shown it belongs to."""
        picture, error = self._pictures.get(key), self._pictures.error(key)
        if self.is_comparing:
            for canvas in self.compare.canvases:
                if canvas.media is not None and canvas.media.id == key:
                    canvas.set_picture(picture)
            if error is not None:
                self.compare.say(key, error.message)
        elif key == self.key and self.media is not None:
            if is_video(self.media):
                self.video.set_picture(picture)
            elif picture is not None:
                self.canvas.set_picture(picture)
                self._turn_to(self.canvas)
            elif error is not None:
                self._show_fault(error)
        self._viewed()

    def _show_fault(self, error: MediaError) -> None:
        show_fault(self.state, error, self._try_again)
        self._turn_to(self.state)

    def _try_again(self) -> None:
        self._pictures.try_again(self.key)
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
        self._show()

    # ---- reading ahead

    def _want(self, *, rested: bool = False) -> None:
        comparing = self.is_comparing
        canvases = self.compare.canvases if comparing else [self.canvas]
        one = None if self.media is None or self.media.is_link else self.media
        shown = [each.media for each in canvases if each.media] if comparing else [one]
        near = [] if comparing else [each for each in self._walk.near(_NEAR) if not each.is_link]
        width = round(max(each.width() for each in canvases) * self.devicePixelRatioF())
        full = max(each.pixels for each in canvases) if rested else 0
        self._pictures.want([each for each in shown if each is not None], near, width, full)

    def _viewed(self) -> None:
        self.header.set_scale(self._in_charge.scale)
        self._rest.start()

    def _rows_changed(self, *_: object) -> None:
        if self.is_comparing:
            return
        if (self.media is None) != (self._shown is None):
            self._show()
        else:
            self._say_which(self.media)

    def _data_changed(self, first: Index, last: Index, *_: object) -> None:
        if self._walk.is_here and first.row() <= self._walk.row <= last.row():
            self._rows_changed()

    # ---- what keys and buttons do

    @property
    def _in_charge(self) -> Canvas:
        comparing = self.is_comparing and self.compare.canvases
        return self.compare.canvases[0] if comparing else self.canvas

    def fit(self) -> None:
        """All of the picture."""
        self._in_charge.fit()

    def actual(self) -> None:
        """One pixel of the picture on one of the screen."""
        self._in_charge.actual()

    def zoom(self, steps: int) -> None:
        """Larger, or smaller where negative."""
        self._in_charge.zoom(STEP**steps)

    def turn(self, quarters: int) -> None:
        """Clockwise, to look at only."""
        self._in_charge.turn(quarters)

    def toggle_facts(self) -> None:
        """Show or hide the facts; it is remembered."""
        self._app.settings.set(_FACTS, not self._app.settings.get(_FACTS, False))
        self._show_facts()

    def _show_facts(self) -> None:
        shown = bool(self._app.settings.get(_FACTS, False))
        self.facts.setVisible(shown and not self.is_comparing)
        self.compare.show_facts(shown)
        self.header.facts.setChecked(shown)
        self._place_facts()

    def toggle_play(self) -> None:
        """Play or pause a video; of pictures, begin or end to go on by itself."""
        if self.stack.currentWidget() is self.video and not self.show_on.is_running:
            self.video.toggle()
        elif not self.is_comparing:
            self.show_on.toggle()
        self.header.play.setChecked(self.show_on.is_running)

    def toggle_mute(self) -> None:
        """Hear a video, or not."""
        if self.stack.currentWidget() is self.video:
            self.video.toggle_mute()

    def space(self) -> None:
        """Play or pause a video; go back from anything else."""
        if self.stack.currentWidget() is self.video:
            self.video.toggle()
        else:
            self.dismiss()

    def toggle_compare(self) -> None:
        """Put what is selected side by side, or go back to one."""
        if self.is_comparing:
            self.stack.setCurrentWidget(self.canvas)
            self._show()
            self._show_facts()
        elif self._may_compare():
            self.show_on.stop()
            self.video.stop()
            self.compare.show_media(self._pictures_selected(), self._place)
            self._turn_to(self.compare)
            self._show_facts()
            self.header.title.setText(tr("Side by side"))
            self.header.detail.setText(self._place)
            self.header.back.setEnabled(False)
            self.header.next.setEnabled(False)
            for canvas in self.compare.canvases:
                if canvas.media is not None:
                    self._arrived(canvas.media.id)
            self._want()
        else:
            self.header.compare.setChecked(False)

    def show_keys(self) -> None:
        """What can be done here by which key."""
        KeysOverlay(self.window(), tr("Keys in the viewer"), keys(), everywhere()).open()

    def _may_compare(self) -> bool:
        return len(self._pictures_selected()) in COUNTS

    def _pictures_selected(self) -> list[Media]:
        found = [self._walk.media_of(key) for key in self._selected]
        return [each for each in found if each and not (each.is_link or is_video(each))]

    # ---- the window system

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See keys.py."""
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        key = Qt.Key(event.key())
        act = None if plain else self._acting.get(key)
        if act is not None and not (event.isAutoRepeat() and key not in REPEATS):
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The facts stay in their corner."""
        super().resizeEvent(event)
        self._place_facts()

    def _place_facts(self) -> None:
        self.facts.adjustSize()
        area = self.stack.geometry()
        corner = area.topRight()
        self.facts.move(corner.x() - self.facts.width() - Space.L, corner.y() + Space.L)
        self.facts.raise_()

    # ---- putting it together

    def _build(self) -> None:
        for each in (self.canvas, self.video, self.compare, self.state):
            self.stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(line())
        column.addWidget(self.stack, 1)

    def _connect(self, rows: Rows) -> None:
        rows.dataChanged.connect(self._data_changed)
        rows.rows_changed.connect(self._rows_changed)
        for part in (self.canvas, self.compare):
            part.viewed.connect(lambda _: self._viewed())
        self.video.failed.connect(self._show_fault)
        header = self.header
        header.stepped.connect(self.step)
        header.turned.connect(self.turn)
        header.fit_wanted.connect(self.fit)
        header.actual_wanted.connect(self.actual)
        header.facts_toggled.connect(self.toggle_facts)
        header.compare_toggled.connect(self.toggle_compare)
        header.play_toggled.connect(self.toggle_play)
        self.show_on.changed.connect(header.play.setChecked)
        header.closed.connect(self.dismiss)
