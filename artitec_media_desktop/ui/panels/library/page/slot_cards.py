"""The slots of an entity as cards: what is in them, which one is shown, where a drag may land."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from .....domain.media import Media, MediaType
from .....domain.overview import SlotSummary
from .....domain.slots import Slot
from ....drops import Dragged
from ....painting import fill, frame, picture, text
from ....theme import Height, Icon, Radius, Space, font, theme
from ....theme.icons import draw
from ....widgets import Sharpness
from ....widgets.buttons import BareButton
from ..thumbnails import Thumbnails
from ..words import refusal, slot_contents, tr

_THUMB: Final = QSize(52, 39)
_WIDE: Final = 196
_NARROW: Final = 88
#: From this width on there is room for the picture beside the words.
_PICTURED: Final = 136
#: From this width on there is room for a mark beside the words.
_ROOMY: Final = 180
_PLAY: Final = 20
_FADED: Final = 0.45
_OWNER: Final = "slots"


class Drop(Enum):
    """What a card is to the drag that is under way."""

    NONE = "none"
    POSSIBLE = "possible"
    HERE = "here"
    IMPOSSIBLE = "impossible"


class SlotCard(BareButton):
    """One slot. Checked means that the grid shows it."""

    def __init__(
        self, summary: SlotSummary, pixmap: Callable[[Media | None], QPixmap | None]
    ) -> None:
        super().__init__()
        self._pixmap = pixmap
        self._drop = Drop.NONE
        self._may_add = True
        self.summary = summary
        self.setCheckable(True)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(Height.SLOT_CARD)
        self.setMinimumWidth(_NARROW)
        self.setMaximumWidth(_WIDE)
        self.set_summary(summary)

    @property
    def drop(self) -> Drop:
        """What it is to the drag that is under way."""
        return self._drop

    def set_summary(self, summary: SlotSummary, may_add: bool = True) -> None:
        """Show what is in the slot now, and whether files may be added to it."""
        self.summary, self._may_add = summary, may_add
        self.setText(summary.slot.label)
        self.setAccessibleName(f"{summary.slot.label}, {self._contents()}")
        self.setToolTip(self.accessibleName())
        self.update()

    def set_drop(self, drop: Drop) -> None:
        """Look as the drag that is under way asks for."""
        if drop is not self._drop:
            self._drop = drop
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(_WIDE, Height.SLOT_CARD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        impossible = self._drop is Drop.IMPOSSIBLE
        top = (self.height() - _THUMB.height()) // 2
        thumb = QRect(QPoint(Space.S, top), _THUMB)
        left, pictured = Space.M, self.width() >= _PICTURED
        if pictured:
            painter.setOpacity(_FADED if impossible else 1.0)
            self._picture(painter, thumb)
            painter.setOpacity(1.0)
            left = thumb.right() + 1 + Space.S
        beside = impossible and self.width() >= _ROOMY
        wide = self.width() - left - Space.S - (Icon.ROW + Space.XS if beside else 0)
        words = self._refusal() if impossible else self._contents()
        ink, small = theme().color("text"), theme().color("muted")
        if impossible:
            ink = small
            mark = QRect(self.width() - Space.S - Icon.ROW, 0, Icon.ROW, self.height())
            if pictured:
                draw(painter, mark if beside else thumb, "prohibit", small)
        elif self._is_marked():
            small = ink
        text(painter, QRect(left, 9, wide, 20), self.text(), font("emphasis"), ink)
        text(painter, QRect(left, 30, wide, 16), words, font("small"), small)

    def _contents(self) -> str:
        empty = not self.summary.count and not self._may_add
        return tr("Nothing here") if empty else slot_contents(self.summary)

    def _refusal(self) -> str:
        return refusal(self.summary.slot) if self._may_add else tr("Not allowed")

    def _is_marked(self) -> bool:
        return self._drop is Drop.HERE or (self.isChecked() and self._drop is Drop.NONE)

    def _ground(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        if self._is_marked():
            fill(painter, area, theme().color("selection"))
            frame(painter, area, theme().color("accent"))
        elif self._drop is Drop.IMPOSSIBLE:
            fill(painter, area, theme().color("surface"))
            frame(painter, area, theme().color("border"), 1.0)
        elif self._drop is Drop.POSSIBLE:
            frame(painter, area, theme().color("accent"), 1.0, style=Qt.PenStyle.DashLine)
        else:
            # After a drag Qt still believes the mouse to be where it came in.
            if self.underMouse() and self.rect().contains(self.mapFromGlobal(QCursor.pos())):
                fill(painter, area, theme().color("hover"))
            if self.summary.count or not self._may_add:
                frame(painter, area, theme().color("border"), 1.0)
            else:
                edge = theme().color("border_strong")
                frame(painter, area, edge, 1.0, style=Qt.PenStyle.DashLine)

    def _picture(self, painter: QPainter, rect: QRect) -> None:
        cover = self.summary.cover
        pixmap = self._pixmap(cover)
        if pixmap is None:
            fill(painter, QRectF(rect), theme().color("sunken"), Radius.THUMB)
            sign = "plus" if cover is None and self._may_add else "image"
            draw(painter, rect, sign, theme().color("muted"))
        else:
            picture(painter, QRectF(rect), pixmap)
        if cover is not None and cover.media_type is MediaType.VIDEO:
            box = QRect(0, 0, _PLAY, _PLAY)
            box.moveCenter(rect.center())
            fill(painter, QRectF(box), theme().color("overlay"), Radius.THUMB)
            draw(painter, box, "play-fill", theme().color("overlay_text"), Icon.BADGE)


class SlotStrip(QWidget):
    """The cards side by side; as in every group of buttons, arrow keys go from one to the next."""

    #: Slot
    chosen = Signal(object)

    def __init__(self, thumbnails: Thumbnails, after: QWidget) -> None:
        """``after`` stands behind the last card."""
        super().__init__()
        self._thumbnails = thumbnails
        self._may_add = True
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.PANEL, Space.XS, Space.PANEL, Space.S)
        self._row.setSpacing(Space.S)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setFixedHeight(Height.SLOT_STRIP)
        self._row.addWidget(after)
        self.cards: list[SlotCard] = []
        thumbnails.arrived.connect(self._arrived)
        Sharpness(self, self._want)

    def set_may_add(self, may_add: bool) -> None:
        """Whether files may be added to any of the slots."""
        self._may_add = may_add
        for card in self.cards:
            card.set_summary(card.summary, may_add)

    def set_summaries(self, summaries: Sequence[SlotSummary], current: Slot | None) -> None:
        """Show these slots, with ``current`` checked, if any."""
        if [each.slot for each in summaries] == [card.summary.slot for card in self.cards]:
            for card, summary in zip(self.cards, summaries, strict=True):
                card.set_summary(summary, self._may_add)
        else:
            self._rebuild(summaries)
        self.set_current(current)
        self._want()

    def _want(self) -> None:
        covers = [card.summary.cover for card in self.cards]
        found = [each for each in covers if each is not None]
        self._thumbnails.want(_OWNER, found, self._pixels())

    def set_current(self, current: Slot | None) -> None:
        """Check a card; None checks none."""
        self._group.setExclusive(current is not None)
        for card in self.cards:
            card.setChecked(card.summary.slot == current)

    def card_at(self, position: QPoint) -> SlotCard | None:
        """The card at a point of the strip."""
        return next((card for card in self.cards if card.geometry().contains(position)), None)

    def show_drag(self, dragged: Dragged | None, over: Slot | None) -> None:
        """Look as a drag asks for that would land in ``over``; None ends it."""
        for card in self.cards:
            slot = card.summary.slot
            if dragged is None:
                card.set_drop(Drop.NONE)
            elif not (self._may_add and dragged.fits(slot)):
                card.set_drop(Drop.IMPOSSIBLE)
            else:
                card.set_drop(Drop.HERE if slot == over else Drop.POSSIBLE)

    def _rebuild(self, summaries: Sequence[SlotSummary]) -> None:
        for card in self.cards:
            self._group.removeButton(card)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [SlotCard(each, self._pixmap) for each in summaries]
        self.set_may_add(self._may_add)
        for at, card in enumerate(self.cards):
            self._row.insertWidget(at, card)
            self._group.addButton(card)
            card.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        card = self.sender()
        if isinstance(card, SlotCard):
            self.chosen.emit(card.summary.slot)

    def _pixels(self) -> int:
        return round(_THUMB.width() * self.devicePixelRatioF())

    def _pixmap(self, cover: Media | None) -> QPixmap | None:
        found = None if cover is None else self._thumbnails.get(cover.id, self._pixels())
        return found if isinstance(found, QPixmap) else None

    def _arrived(self, keys: Sequence[int]) -> None:
        for card in self.cards:
            if card.summary.cover is not None and card.summary.cover.id in keys:
                card.update()
