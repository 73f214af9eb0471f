"""What is selected, in two lines, and the way to its neighbours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from .....domain.limits import size_text
from .....domain.media import MediaType
from ....theme import Height, Space
from ....widgets import ElidedLabel, icon_button
from .position import Position
from .reading import Read
from .words import days, number, things, tr


class Header(QWidget):
    """One selected: to the last and the next; several: a cross that folds the pane away."""

    #: -1 or 1.
    step_wanted = Signal(int)
    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.HEADER - Space.S)
        self.title = ElidedLabel("", "section")
        self.subtitle = ElidedLabel("", "small")
        self.title.setFixedHeight(20)
        self.subtitle.setFixedHeight(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        words.addStretch(1)
        self.last = icon_button("caret-left", tr("Last photo"), color="muted")
        self.next = icon_button("caret-right", tr("Next photo"), color="muted")
        self.hide_button = icon_button("x", tr("Hide the inspector"), "Ctrl+I", color="muted")
        self.last.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        self.hide_button.clicked.connect(self.close_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.S, 0)
        row.setSpacing(0)
        row.addLayout(words, 1)
        for each in (self.last, self.next, self.hide_button):
            row.addWidget(each)

    def say(self, title: str, subtitle: str, *, steps: tuple[bool, bool] | None = None) -> None:
        """``steps`` tells whether there is one before and one behind; None for several."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))  # alone, the title is on one line with the cross
        self.last.setVisible(steps is not None)
        self.next.setVisible(steps is not None)
        if steps is not None:
            self.last.setEnabled(steps[0])
            self.next.setEnabled(steps[1])

    def show_read(self, count: int, read: Read | None, position: Position | None) -> None:
        """What is selected, as far as it is read."""
        only = read.selection.only if read is not None and not read.is_sample else None
        if only is not None and count == 1:
            title = _title(only.media_type is MediaType.VIDEO, position)
            self.say(title, only.original_filename, steps=_steps(position))
        elif read is None or read.is_sample:
            words = tr("Reading…") if read is None else tr("Too many to compare what they hold")
            self.say(things(count), words)
        else:
            parts = (size_text(read.selection.total_bytes), days(read.selection))
            words = " · ".join(part for part in parts if part)
            self.say(things(read.count, read.kinds), words)


def _title(video: bool, at: Position | None) -> str:
    if at is None:
        return tr("Video") if video else tr("Photo")
    of = tr("Video {at} of {of}") if video else tr("Photo {at} of {of}")
    return of.format(at=number(at.first + 1), of=number(at.of))


def _steps(at: Position | None) -> tuple[bool, bool]:
    return (False, False) if at is None else (at.first > 0, at.last + 1 < at.of)
