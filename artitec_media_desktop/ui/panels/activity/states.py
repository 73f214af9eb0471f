"""What stands where there are no rows: nothing happened, nothing found, a fault, or not yet."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ....domain.errors import MediaError, Transient
from ...theme import Height, Radius, theme
from ...widgets import EmptyState, button
from .columns import columns
from .words import tr

_BAR = 12


class ActivityState(EmptyState):
    """Says why there are no rows, and what to do next."""

    again_wanted = Signal()
    library_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("clock-counter-clockwise", "", "")

    def show_empty(self) -> None:
        """Nothing was done."""
        go = button(tr("Open Library"), "image")
        go.clicked.connect(self.library_wanted)
        text = tr("What anybody adds, edits, moves or deletes is written down here.")
        title = tr("Nothing has happened yet")
        self.show_state("clock-counter-clockwise", title, text, buttons=[go])

    def show_nothing_found(self) -> None:
        """The filters let nothing through."""
        clear = button(tr("Clear the filters"), "x")
        clear.clicked.connect(self.clear_wanted)
        text = tr(
            "No change is like that. Words are looked for in names of people, places and files."
        )
        self.show_state("magnifying-glass", tr("Nothing found"), text, buttons=[clear])

    def show_error(self, error: MediaError) -> None:
        """The list could not be read; what passes by itself is a matter of the connection."""
        again = button(tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.again_wanted)
        copy = button(tr("Copy details"), "copy-simple")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
        passes = isinstance(error, Transient)
        title = tr("The library did not answer") if passes else tr("The history did not load")
        self.show_state(
            "wifi-slash" if passes else "warning-circle",
            title,
            error.message,
            "warning" if passes else "danger",
            [again, copy],
        )


class LoadingRows(QWidget):
    """The shapes of rows that are still to come."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The history is being read"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint rows of bars down to the end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = Height.UPLOAD_ROW
        for top in range(0, self.height(), high):
            row = QRect(0, top, self.width(), high)
            painter.fillRect(0, row.bottom(), self.width(), 1, theme().color("border"))
            painter.setBrush(theme().color("sunken"))
            at = columns(row)
            painter.drawRoundedRect(at.thumbs[0], Radius.THUMB, Radius.THUMB)
            for box, share in ((at.what, 0.7), (at.place, 0.6), (at.who, 0.7), (at.time, 1.0)):
                y = top + (high - _BAR) / 2
                bar = QRectF(box.left(), y, box.width() * share, _BAR)
                painter.drawRoundedRect(bar, Radius.THUMB, Radius.THUMB)
