"""What stands where there are no rows: nothing there, nothing found, a fault, or not yet."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ....domain.errors import MediaError, Transient
from ...theme import Height, Radius, theme
from ...widgets import EmptyState, button
from .columns import columns
from .words import tr

_BAR = 12


class TrashState(EmptyState):
    """Says why there are no rows, and what to do next."""

    again_wanted = Signal()
    library_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("trash", "", "")

    def show_empty(self) -> None:
        """Nothing was deleted."""
        go = button(tr("Open Library"), "image")
        go.clicked.connect(self.library_wanted)
        text = tr("What you delete in the Library waits here for 30 days and can be put back.")
        self.show_state("trash", tr("The trash is empty"), text, buttons=[go])

    def show_nothing_found(self, search: str) -> None:
        """The search finds nothing."""
        clear = button(tr("Clear the search"), "x")
        clear.clicked.connect(self.clear_wanted)
        text = tr("No name, alt text, place or person in the trash has “{search}” in it.")
        search = " ".join(search.split())
        shown = search if len(search) <= 24 else f"{search[:23]}…"
        self.show_state(
            "magnifying-glass", tr("Nothing found"), text.format(search=shown), buttons=[clear]
        )

    def show_error(self, error: MediaError) -> None:
        """The list could not be read; what passes by itself is a matter of the connection."""
        again = button(tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.again_wanted)
        copy = button(tr("Copy details"), "copy-simple")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
        passes = isinstance(error, Transient)
        title = tr("The library did not answer") if passes else tr("The trash did not load")
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
        self.setAccessibleName(tr("The trash is being read"))

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
            painter.drawRoundedRect(at.thumb, Radius.THUMB, Radius.THUMB)
            for box, share in ((at.name, 0.6), (at.place, 0.7), (at.deleted, 0.5), (at.kept, 0.7)):
                y = top + (high - _BAR) / 2
                bar = QRectF(box.left(), y, box.width() * share, _BAR)
                painter.drawRoundedRect(bar, Radius.THUMB, Radius.THUMB)
