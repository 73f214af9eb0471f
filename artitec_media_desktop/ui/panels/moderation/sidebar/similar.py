"""Look-alikes that were decided already: small pictures with their status."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from .....domain.media import ModerationStatus
from .....domain.review_facts import Similar
from ....painting import picture
from ....small_pictures import SmallPictures
from ....status_words import status_word
from ....theme import Icon, Radius, Space, font, theme
from ....theme.icons import draw
from ....widgets.buttons import BareButton
from ..facts_words import STATUSES
from ..veil import Veil, veiled_file
from ..words import counted, tr

if TYPE_CHECKING:
    from .....bootstrap import App

THUMB: Final = QSize(80, 60)
_CAPTION: Final = 20
_MOST: Final = 3
#: What was found bad is not to be met unprepared.
_VEILED: Final = frozenset({ModerationStatus.REJECTED, ModerationStatus.FLAGGED})


class SimilarThumb(BareButton):
    """One of them; a click shows it large."""

    def __init__(self, pictures: SmallPictures) -> None:
        super().__init__()
        self.similar: Similar | None = None
        self._pictures = pictures
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(THUMB.width(), THUMB.height() + Space.XS + _CAPTION)

    def show_similar(self, similar: Similar | None) -> None:
        """Show another, or nothing."""
        self.similar = similar
        if similar is not None:
            status = status_word(similar.status)
            apart = counted(similar.distance, "{count} bit apart", "{count} bits apart")
            name = similar.media.original_filename
            words = tr("{status}, {apart}: {name}").format(status=status, apart=apart, name=name)
            self.setAccessibleName(words)
            self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture once it is there, and what was decided."""
        if self.similar is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(0, 0, THUMB.width(), THUMB.height())
        found = self._pictures.get(self.similar, self.devicePixelRatioF())
        if found is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("sunken"))
            painter.drawRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
            draw(painter, box, "image", theme().color("muted"), Icon.RAIL)
        else:
            picture(painter, QRectF(box), found)
        if self.similar.status in _VEILED:
            draw(painter, box, "eye-slash", theme().color("overlay_text"), Icon.RAIL)
        word = status_word(self.similar.status)
        icon, tone = STATUSES[self.similar.status]
        top = THUMB.height() + Space.XS
        draw(painter, QRect(0, top, Icon.BADGE, _CAPTION), icon, theme().color(tone), Icon.BADGE)
        painter.setFont(font("small"))
        painter.setPen(theme().color(tone))
        left = Icon.BADGE + Space.XS
        room = QRect(left, top, self.width() - left, _CAPTION)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), word)


class SimilarRow(QWidget):
    """The nearest of them side by side."""

    #: The public id of one that was clicked.
    opened = Signal(str)

    def __init__(self, app: "App") -> None:
        super().__init__()
        self.pictures = SmallPictures(
            app,
            THUMB,
            lambda similar: (similar.media.public_id, similar.status in _VEILED),
            lambda similar, box: _picture(app, similar, box),
            self,
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self.thumbs = [SimilarThumb(self.pictures) for _ in range(_MOST)]
        for thumb in self.thumbs:
            thumb.hide()
            thumb.clicked.connect(lambda _=False, thumb=thumb: self._open(thumb))
            row.addWidget(thumb)
        row.addStretch(1)
        self.pictures.arrived.connect(lambda _key: self._arrived())

    def show_similar(self, found: Sequence[Similar]) -> None:
        """Show others, the nearest first."""
        nearest = sorted(found, key=lambda each: each.distance)[:_MOST]
        for at, thumb in enumerate(self.thumbs):
            thumb.show_similar(nearest[at] if at < len(nearest) else None)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() + Space.M) // (THUMB.width() + Space.M)
        for at, thumb in enumerate(self.thumbs):
            thumb.setVisible(thumb.similar is not None and at < room)

    def _open(self, thumb: SimilarThumb) -> None:
        if thumb.similar is not None:
            self.opened.emit(thumb.similar.media.public_id)

    def _arrived(self) -> None:
        for thumb in self.thumbs:
            thumb.update()


def _picture(app: "App", similar: Similar, box: QSize) -> bytes:
    """For a worker: what was rejected is never clear, not for one frame."""
    data = app.library.picture(similar.media, box.width())
    return veiled_file(data, Veil(blur=True, grey=True)) if similar.status in _VEILED else data
