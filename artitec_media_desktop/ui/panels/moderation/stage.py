"""The item that is decided, as large as there is room, below its veil."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ....domain.moderation import Waiting
from ...theme import Space
from ...viewer.states import show_link
from ...widgets import EmptyState, Sharpness
from .stage_canvas import StageCanvas
from .stage_fault import show_fault
from .stage_pictures import StagePictures
from .stage_pill import Pill
from .veil import CLEAR, Veil
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: An original is fetched, and frames for another room are made, once nothing moved for so long.
_RESTS_MS: Final = 120


class Stage(QWidget):
    """Nothing clear of a veiled item is ever given to what paints it, except while one looks."""

    #: The public id of an item whose picture is on the screen for the first time.
    painted = Signal(str)
    #: The public id of a veiled item of which a clear view began.
    cleared = Signal(str)

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: Waiting | None = None
        self._veil = CLEAR
        self._near: tuple[tuple[Waiting, Veil], ...] = ()
        self._is_held = self._is_looking = self._is_told = False
        self._pictures = StagePictures(app, self)
        self.canvas, self.state = StageCanvas(), EmptyState("image", "", "")
        self._stack = QStackedWidget()
        self.zoomed, self.hidden = Pill("", self), Pill("eye-slash", self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_RESTS_MS)
        self._lay_out()
        self._pictures.arrived.connect(self._arrived)
        self._rest.timeout.connect(self._want)
        self.canvas.viewed.connect(lambda _: self._viewed())
        self.canvas.painted.connect(self._painted)
        Sharpness(self, self._viewed)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_moved)

    # ---- what is shown

    @property
    def item(self) -> Waiting | None:
        """What is on the stage."""
        return self._item

    @property
    def is_looking(self) -> bool:
        """Whether a veiled item is seen clear now."""
        return self._is_looking

    def show_item(self, item: Waiting | None, veil: Veil) -> None:
        """Turn to another item, or put another veil on this one; nobody looks below it yet."""
        self._is_held = False
        is_new = item is None or self._item is None or item.media.id != self._item.media.id
        self._item, self._veil = item, veil
        if is_new:
            self._is_told = False
            if item is not None:
                self.canvas.show_media(item.media)
        self._dress()
        self._want()

    def prefetch(self, items: Sequence[tuple[Waiting, Veil]]) -> None:
        """What is likely shown next, the likeliest first; replaces what was said before."""
        self._near = tuple(items)
        self._want()

    def look(self, on: bool) -> None:
        """See a veiled item clear for as long as this is on."""
        if on is not self._is_held:
            self._is_held = on
            self._dress()
            self._rest.start()

    def toggle_zoom(self) -> None:
        """Between all of it and 1:1."""
        if self.canvas.view.zoom > 1:
            self.canvas.fit()
        else:
            self.canvas.actual()

    def _dress(self) -> None:
        """Give the canvas what may be seen now, and say what is hidden: the only place for it."""
        item = self._item
        began = self._lift()
        if item is None:
            self._stack.hide()
        elif item.media.is_link:
            show_link(self.state, item.media)
            self._bring(self.state)
        elif (error := self._pictures.error(item.media.id)) is not None:
            show_fault(self.state, item.media, error, self._try_again)
            self._bring(self.state)
        else:
            face = self._pictures.face(item.media.id, self._veil)
            clear = self._pictures.clear(item.media.id)
            if self._is_looking:
                self.canvas.show_face(clear, None)
            elif face is not None:
                self.canvas.show_face(face.picture, face.frame)
            else:
                self.canvas.show_face(clear if self._veil == CLEAR else None, None)
            self._bring(self.canvas)
        self._place()
        if began and item is not None:
            self.cleared.emit(item.public_id)

    def _lift(self) -> bool:
        """Say whether one looks below the veil now; whether that has just begun."""
        was, key = self._is_looking, None if self._item is None else self._item.media.id
        can = key is not None and self._veil != CLEAR and self._pictures.clear(key) is not None
        self._is_looking = self._is_held and can
        return self._is_looking and not was

    def _bring(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self._stack.show()

    # ---- pictures

    def _want(self) -> None:
        item = self._item
        room = self.canvas.room.toSize()
        unveiled = self._veil == CLEAR or not self._veil.blur or self._is_looking
        full = self.canvas.pixels if unveiled and not self._rest.isActive() else 1
        near = [each for each in self._near if item is None or each[0].media.id != item.media.id]
        self._pictures.want(None if item is None else (item, self._veil), near, room, full)

    def _arrived(self, key: int) -> None:
        if self._item is not None and key == self._item.media.id:
            self._dress()

    def _try_again(self) -> None:
        if self._item is not None:
            self._pictures.try_again(self._item.media.id)
            self._dress()
            self._want()

    def _painted(self) -> None:
        if self._item is not None and not self._is_told and self.canvas.has_picture:
            self._is_told = True
            self.painted.emit(self._item.public_id)

    # ---- pills, size, focus

    def _viewed(self) -> None:
        self._place()
        self._rest.start()

    def _place(self) -> None:
        """The pills lie on the picture: its zoom at the top right, what is hidden in the middle."""
        shown = self._item is not None and self._stack.currentWidget() is self.canvas
        has_picture = shown and self.canvas.has_picture
        percent = tr("{percent} %").format(percent=round(100 * self.canvas.scale))
        fits = self.canvas.view.zoom == 1
        self.zoomed.say((tr("Fit") if fits else percent) if has_picture else "")
        veiled = shown and self._veil.blur and not self._is_looking
        self.hidden.say(tr("Hidden. Hold B to look") if veiled else "")
        area = self.canvas.area.toRect().intersected(self.canvas.rect())
        area.moveTopLeft(self.canvas.mapTo(self, area.topLeft()))
        inset = QPoint(self.zoomed.width() + Space.S, -Space.S)
        self.zoomed.move(area.topRight() - inset)
        self.hidden.move(area.center() - self.hidden.rect().center())
        for pill in (self.zoomed, self.hidden):
            pill.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pills stay on the picture."""
        super().resizeEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """The veil falls with the page."""
        super().hideEvent(event)
        self.look(False)

    def event(self, event: QEvent) -> bool:
        """The veil falls where another window comes to the front: B may be let go there."""
        if event.type() is QEvent.Type.WindowDeactivate:
            self.look(False)
        return super().event(event)

    def _focus_moved(self) -> None:
        self.look(False)

    def _lay_out(self) -> None:
        self.setProperty("ground", "sunken")
        for each in (self.canvas, self.state):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.addWidget(self._stack, 1)
        self._stack.hide()
        self.setAccessibleName(tr("The item that is decided"))
