"""What lies over the grid while files are dragged: where they will go, before they are let go."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .....domain.entities import Entity
from .....domain.media import MediaType
from .....domain.permissions import ALLOWED, Decision
from .....domain.slots import Slot
from .....domain.uploads import shown_name
from ....drops import Dragged
from ....painting import fill, frame, text
from ....theme import Height, Space, font, theme
from ....theme.icons import draw
from ....widgets.key_hint import draw_key, key_text
from ..words import LINKS, NOT_HERE, counted, files, images, number, refusal, tr, videos

_CARD_WIDE: Final = 388
_CARD_HIGH: Final = 206
_VEIL: Final = 0.86
_ICON: Final = 40
_LINE: Final = 20
_CENTER = Qt.AlignmentFlag.AlignCenter


class DropOverlay(QWidget):
    """Sees no mouse, so that the drag goes on to the page below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title = ""
        self._text = ""
        self._possible = True
        self._hints: list[tuple[str, str]] = []
        self.hide()

    def show_drag(
        self, dragged: Dragged, entity: Entity, slot: Slot, may_add: Decision = ALLOWED
    ) -> None:
        """Say what would be added to which slot, or why it can't be."""
        fitting, total = dragged.fitting(slot), dragged.total
        if not may_add:
            self._say(False, tr(NOT_HERE), may_add.reason)
        elif not total:
            self._say(False, *map(tr, LINKS))
        elif dragged.later:
            self.show_unplaced(dragged)
        elif not dragged.fits(slot):
            title = tr("{slot}: {refusal}").format(slot=slot.label, refusal=refusal(slot))
            self._say(False, title, what(dragged))
        else:
            title = tr("Drop to add {what} to {slot}")
            parts = [entity.name, what(dragged), _when(dragged)]
            if fitting < total:
                some = tr("{count} of {total} fit").format(
                    count=number(fitting), total=number(total)
                )
                parts[1:2] = [some, refusal(slot)]
            title = title.format(what=files(fitting), slot=slot.label)
            self._say(True, title, " · ".join(part for part in parts if part))

    def show_unplaced(self, dragged: Dragged) -> None:
        """Say that a place is chosen later, or why nothing can be added."""
        if not dragged.total:
            self._say(False, *map(tr, LINKS))
            return
        parts = [what(dragged), tr("choose a place in Uploads"), _when(dragged)]
        title = tr("Drop to add {what}").format(what=files(dragged.total))
        self._say(True, title, " · ".join(part for part in parts if part), placed=False)

    def _say(self, possible: bool, title: str, words: str, *, placed: bool = True) -> None:
        self._possible, self._title, self._text = possible, title, words
        self._hints = [("Esc", tr("Cancel"))]
        if possible and placed:
            self._hints.insert(0, ("Alt", tr("Choose place later")))
        if possible:
            self._hints.insert(0, ("Shift", tr("Put first")))
        self.setAccessibleName(f"{self._title}. {self._text}")
        self.update()
        self.show()
        self.raise_()

    @property
    def title(self) -> str:
        """What it says."""
        return self._title

    @property
    def text(self) -> str:
        """The line below the title."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, an edge and a card in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selection" if self._possible else "sunken"
        edge = "accent" if self._possible else "control"
        veil = QColor(theme().color(ground))
        veil.setAlphaF(_VEIL)
        area = QRectF(self.rect())
        fill(painter, area, veil)
        frame(painter, area, theme().color(edge))
        self._card(painter, edge)

    def _card(self, painter: QPainter, edge: str) -> None:
        wide = min(_CARD_WIDE, self.width() - 2 * Space.XL)
        is_long = QFontMetrics(font("body")).horizontalAdvance(self._text) > wide - 2 * Space.L
        high = _CARD_HIGH + (_LINE if is_long else 0)
        card = QRect(0, 0, wide, min(high, self.height() - Space.L))
        card.moveCenter(self.rect().center())
        fill(painter, QRectF(card), theme().color("raised"))
        frame(painter, QRectF(card), theme().color(edge), 1.0)
        line = QRect(card.left(), card.top() + 26, wide, _ICON)
        name, ink = ("tray", "accent") if self._possible else ("prohibit", "muted")
        draw(painter, line, name, theme().color(ink), _ICON)
        inner = card.adjusted(Space.L, 0, -Space.L, 0)
        inner.setTop(line.bottom() + 12)
        inner.setHeight(28)
        text(painter, inner, self._title, font("title"), theme().color("text"), _CENTER)
        inner.translate(0, 30)
        inner.setHeight(_LINE)
        if is_long:
            inner.setHeight(2 * _LINE)
            painter.setFont(font("body"))
            painter.setPen(theme().color("text"))
            wrap = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(inner, wrap, self._text)
        else:
            text(painter, inner, self._text, font("body"), theme().color("text"), _CENTER)
        rule = inner.bottom() + Space.L
        painter.fillRect(
            QRect(card.left() + Space.L, rule, wide - 2 * Space.L, 1), theme().color("border")
        )
        self._hint(painter, QRect(card.left(), rule + 10, wide, Height.BUTTON_SMALL))

    def _hint(self, painter: QPainter, rect: QRect) -> None:
        small, caption = QFontMetrics(font("small")), QFontMetrics(font("caption"))
        sizes = [
            (caption.horizontalAdvance(key_text(key)) + 2 * 6, small.horizontalAdvance(words) + 2)
            for key, words in self._hints
        ]
        wide = sum(key + Space.S + words for key, words in sizes) + Space.L * (len(sizes) - 1)
        left, top = rect.center().x() - wide // 2, rect.center().y() - Height.KEY // 2
        for (key, words), (key_wide, words_wide) in zip(self._hints, sizes, strict=True):
            draw_key(painter, QRectF(left, top, key_wide, Height.KEY), key_text(key))
            left += key_wide + Space.S
            line = QRect(left, rect.top(), words_wide, rect.height())
            text(painter, line, words, font("small"), theme().color("text"))
            left += words_wide + Space.L


def _when(dragged: Dragged) -> str:
    return tr("first in the queue") if dragged.first else ""


def what(dragged: Dragged) -> str:
    """The name of a single file, or how many there are of each kind."""
    return shown_name(dragged.names[0]) if dragged.total == 1 else kinds(dragged)


def kinds(dragged: Dragged) -> str:
    """``55 images and 2 videos``; what has no known extension may well be a folder."""
    other = dragged.kinds[None]
    counts = (
        (dragged.kinds[MediaType.IMAGE], images),
        (dragged.kinds[MediaType.VIDEO], videos),
    )
    parts = [words(count) for count, words in counts if count]
    if other:
        parts.append(
            counted(other, "{count} folder or other file", "{count} folders or other files")
        )
    if len(parts) < 2:
        return "".join(parts)
    return tr("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])
