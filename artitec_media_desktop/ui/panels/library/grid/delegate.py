"""How a cell of the grid looks, in each of its states."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .....domain.media import Media, MediaType, ModerationStatus
from .....domain.uploads import UploadItem
from ....painting import fill, focus_frame, frame, picture, text
from ....theme import Height, Icon, Radius, font, theme
from ....theme.icons import draw
from ....theme.tokens import Cell
from ..pixmap_cache import Miss
from ..thumbnails import height_of
from ..words import length, number, tr
from .rows import GridRows

Index = QModelIndex | QPersistentModelIndex
_TEXT_INSET: Final = 2
_BADGE_PADDING: Final = 4
_BADGE_GAP: Final = 4
_UPLOAD_BAR: Final = 4
_UPLOAD_INSET: Final = 8
_UPLOAD_VEIL: Final = 0.55
_CENTER = Qt.AlignmentFlag.AlignCenter
#: Status → icon and ink on the overlay.
_STATUSES: Final = {
    ModerationStatus.PENDING: ("clock-bold", "overlay_pending"),
    ModerationStatus.FLAGGED: ("flag-fill", "overlay_flagged"),
    ModerationStatus.REJECTED: ("x-circle-fill", "overlay_flagged"),
}
#: Code of an error → what stands where the picture would.
_MISSES: Final = {
    "not_in_storage": str(QT_TRANSLATE_NOOP("Library", "Not in storage")),
    "elsewhere": str(QT_TRANSLATE_NOOP("Library", "Stored elsewhere")),
    "link": str(QT_TRANSLATE_NOOP("Library", "Only a link")),
    "damaged": str(QT_TRANSLATE_NOOP("Library", "Damaged file")),
    "unreadable": str(QT_TRANSLATE_NOOP("Library", "Damaged file")),
}
_UNSHOWN: Final = str(QT_TRANSLATE_NOOP("Library", "Can't be shown"))


class GridDelegate(QStyledItemDelegate):
    """``pixmap`` gives the thumbnail of a key, why there is none, or None while it loads.

    What a cell shows is taken out of the rows: to ask an index for it is a way through Qt and back.
    """

    def __init__(self, rows: GridRows, pixmap: Callable[[int], QPixmap | Miss | None]) -> None:
        super().__init__()
        self._rows = rows
        self._pixmap = pixmap

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell; the view says by the option's state what it is."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            fill(painter, cell, theme().color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill(painter, cell, theme().color("hover"))
        key = self._rows.key_at(index.row())
        item = self._rows.item(key)
        self._thumb(painter, thumb_rect(option.rect), key, item)
        self._caption(painter, caption_rect(option.rect), index.row() + 1, item)
        if selected:
            frame(painter, cell, theme().color("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            ring = cell.adjusted(-3, -3, 3, 3) if selected else cell.adjusted(-2, -2, 2, 2)
            focus_frame(painter, ring, Radius.CARD + 2)
        painter.restore()

    def paint_loading(self, painter: QPainter, cell: QRect) -> None:
        """A cell of which nothing is known yet, not even whether it will be."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, QRectF(thumb_rect(cell)), theme().color("sunken"), Radius.THUMB)
        self._bar(painter, caption_rect(cell))
        painter.restore()

    # ---- the picture

    def _thumb(
        self, painter: QPainter, rect: QRect, key: int, item: Media | UploadItem | None
    ) -> None:
        found = self._pixmap(key)
        area = QRectF(rect)
        if isinstance(found, QPixmap):
            picture(painter, area, found)
        else:
            fill(painter, area, theme().color("sunken"), Radius.THUMB)
            if isinstance(found, Miss):
                self._missing(painter, rect, item, found)
            else:
                name = "link" if isinstance(item, Media) and item.is_link else "image"
                draw(painter, rect, name, theme().color("muted"), Icon.RAIL)
        if isinstance(item, UploadItem):
            self._uploading(painter, rect, self._rows.progress_of(key))
        elif item is not None:
            self._badges(painter, rect, item)

    def _missing(
        self, painter: QPainter, rect: QRect, item: Media | UploadItem | None, miss: Miss
    ) -> None:
        if isinstance(item, UploadItem) or (item and item.media_type is MediaType.VIDEO):
            name = "film-strip" if isinstance(item, Media) else "image"
            draw(painter, rect, name, theme().color("muted"), Icon.RAIL)
            return
        frame(painter, QRectF(rect), theme().color("border"), 1.0, Radius.THUMB)
        middle = rect.center().y()
        icon = QRect(rect.left(), middle - 20, rect.width(), Icon.RAIL)
        draw(painter, icon, "warning-circle", theme().color("danger"), Icon.RAIL)
        words = tr(_MISSES.get(miss.code, _UNSHOWN))
        line = QRect(rect.left(), middle + 4, rect.width(), 16)
        text(painter, line, words, font("caption"), theme().color("text"), _CENTER)

    def _uploading(self, painter: QPainter, rect: QRect, share: float) -> None:
        veil = QColor(theme().color("raised"))
        veil.setAlphaF(_UPLOAD_VEIL)
        fill(painter, QRectF(rect), veil, Radius.THUMB)
        bar = QRectF(
            rect.left() + _UPLOAD_INSET,
            rect.bottom() + 1 - _UPLOAD_INSET - _UPLOAD_BAR,
            rect.width() - 2 * _UPLOAD_INSET,
            _UPLOAD_BAR,
        )
        fill(painter, bar, theme().color("overlay"), _UPLOAD_BAR / 2)
        bar.setWidth(max(_UPLOAD_BAR, bar.width() * min(1.0, share)))
        fill(painter, bar, theme().color("overlay_text"), _UPLOAD_BAR / 2)

    # ---- badges

    def _badges(self, painter: QPainter, rect: QRect, media: Media) -> None:
        inset = Cell.BADGE_INSET
        low = rect.bottom() + 1 - inset - Height.BADGE
        white = theme().color("overlay_text")
        if media.is_primary:
            word = tr("Primary") if rect.width() >= Cell.PRIMARY_WORD_FROM else ""
            self._badge(painter, rect.left() + inset, rect.top() + inset, "star-fill", word, white)
        right = rect.right() + 1 - inset - Height.BADGE
        if media.moderation_status in _STATUSES:
            name, ink = _STATUSES[media.moderation_status]
            self._badge(painter, right, rect.top() + inset, name, "", theme().color(ink))
            right -= _BADGE_GAP + Height.BADGE
        if media.unread:
            self._badge(painter, right, rect.top() + inset, "warning-fill", "", white)
        if not media.is_public:
            self._badge(painter, rect.left() + inset, low, "lock-simple-fill", "", white)
        if media.media_type is MediaType.VIDEO:
            words = "" if media.duration is None else length(media.duration)
            left = rect.right() + 1 - inset - badge_width(words)
            self._badge(painter, left, low, "play-fill", words, white)

    def _badge(
        self, painter: QPainter, left: int, top: int, name: str, words: str, ink: QColor
    ) -> None:
        box = QRect(left, top, badge_width(words), Height.BADGE)
        fill(painter, QRectF(box), theme().color("overlay"), Radius.THUMB)
        icon = QRect(box.left() + _BADGE_PADDING, box.top(), Icon.BADGE, box.height())
        draw(painter, icon, name, ink, Icon.BADGE)
        if words:
            rest = box.adjusted(_BADGE_PADDING + Icon.BADGE + _BADGE_GAP, 0, 0, 0)
            text(painter, rest, words, font("badge"), theme().color("overlay_text"))

    # ---- the caption

    def _caption(
        self, painter: QPainter, rect: QRect, order: int, item: Media | UploadItem | None
    ) -> None:
        muted, plain = theme().color("muted"), font("caption")
        if not isinstance(item, UploadItem):
            rect = rect.adjusted(text(painter, rect, number(order), plain, muted) + 4, 0, 0, 0)
        if item is None:
            self._bar(painter, rect)
        elif isinstance(item, UploadItem):
            text(painter, rect, item.name, plain, muted)
        elif item.alt_text:
            text(painter, rect, item.alt_text, plain, theme().color("text"))
        else:
            italic = font("caption")
            italic.setItalic(True)
            text(painter, rect, tr("Add alt text"), italic, muted)

    def _bar(self, painter: QPainter, rect: QRect) -> None:
        bar = QRectF(rect.left(), rect.center().y() - 3, rect.width() * 0.55, 8)
        fill(painter, bar, theme().color("sunken"), Radius.THUMB)


def thumb_rect(cell: QRect) -> QRect:
    """Where the picture is."""
    width = cell.width() - 2 * Cell.PADDING
    return QRect(cell.left() + Cell.PADDING, cell.top() + Cell.PADDING, width, height_of(width))


def caption_rect(cell: QRect) -> QRect:
    """Where the words are."""
    thumb = thumb_rect(cell)
    top = thumb.bottom() + 1 + Cell.CAPTION_GAP
    wide = thumb.width() - 2 * _TEXT_INSET
    return QRect(thumb.left() + _TEXT_INSET, top, wide, Cell.CAPTION)


def badge_width(words: str) -> int:
    """Of a badge with an icon and perhaps a word."""
    if not words:
        return Height.BADGE
    wide = QFontMetrics(font("badge")).horizontalAdvance(words)
    return 2 * _BADGE_PADDING + Icon.BADGE + _BADGE_GAP + wide + 2
