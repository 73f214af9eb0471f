"""The strip at the foot that sums up the batch which finished last."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ....domain.uploads import UploadState
from ...theme import Icon, Space, theme
from ...theme.icons import pixmap
from ...upload_queue import Batch, UploadQueue
from ...upload_words import batch_title, clock_time, summary, tr
from ...widgets import ElidedLabel, button, icon_button, label

_HIGH = 52


class BatchReport(QWidget):
    """Hidden until a batch finishes, and again once it is closed."""

    #: An UploadItem of the batch, to be shown in the library.
    shown = Signal(object)
    #: list of the UploadItems of the batch, to be saved as a table.
    saved = Signal(object)

    def __init__(self, queue: UploadQueue) -> None:
        super().__init__()
        self._queue = queue
        self._batch: Batch | None = None
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HIGH)
        self._mark = QLabel()
        self._place = label(role="strong")
        self._words = ElidedLabel()
        show = button(tr("Show in Library"), small=True)
        save = button(tr("Save report…"), small=True)
        close = icon_button("x", tr("Close"))
        save.clicked.connect(self._save)
        show.clicked.connect(self._show_first)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._mark)
        row.addSpacing(Space.XS)
        row.addWidget(self._place)
        row.addWidget(self._words, 1)
        row.addWidget(show)
        row.addWidget(save)
        row.addWidget(close)
        self.hide()
        theme().changed.connect(self._draw_mark)

    def show_batch(self, batch: Batch) -> None:
        """Sum up a batch that has just finished."""
        self._batch = batch
        place = batch_title(self._queue, batch)
        times = [self._queue.items[each].finished_at for each in batch.ids]
        finished = clock_time(max((time for time in times if time), default=None))
        words = summary(self._queue, batch)
        if finished:
            place += ","
            words = tr("finished {time}. {words}").format(time=finished, words=words)
        self._place.setText(place)
        self._words.setText(words + ".")
        self.setAccessibleName(f"{place} {words}")
        self._draw_mark()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline above."""
        QPainter(self).fillRect(0, 0, self.width(), 1, theme().color("border"))

    def _draw_mark(self) -> None:
        failed = self._batch is not None and self._batch.counts[UploadState.FAILED]
        name, token = (
            ("warning-circle-fill", "danger") if failed else ("check-circle-fill", "success")
        )
        ink = theme().color(token)
        self._mark.setPixmap(pixmap(name, Icon.RAIL, ink, self.devicePixelRatioF()))

    def _save(self) -> None:
        if self._batch is not None:
            items = self._queue.items
            self.saved.emit([items[each] for each in self._batch.ids if each in items])

    def _show_first(self) -> None:
        batch = self._batch
        item = self._queue.items.get(batch.ids[0]) if batch and batch.ids else None
        if item is not None and item.place is not None:
            self.shown.emit(item)
