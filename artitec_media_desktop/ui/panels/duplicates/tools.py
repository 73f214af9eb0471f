"""Over the pictures: how they are compared, and how large they are."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...theme import Height, Space
from ...widgets import Segments, icon_button, label
from ...widgets.key_button import KeyButton
from .compare import Compare, Mode
from .words import tr

_PERCENT: Final = 48
#: Below these widths keys are left out, then the size.
_ROOMY: Final = 720
_SPARSE: Final = 620


class Tools(QWidget):
    """Modes, zoom, fit, and whether both are seen alike."""

    #: Reasons are to be shown or hidden.
    reasons_wanted = Signal()

    def __init__(self, compare: Compare) -> None:
        super().__init__()
        self._compare = compare
        self.setFixedHeight(Height.HEADER_TOOLS)
        self.setMinimumWidth(1)
        self.modes = Segments(
            (
                (Mode.SIDE.value, tr("Side by side"), "columns"),
                (Mode.FLICK.value, tr("Flick")),
                (Mode.SWIPE.value, tr("Swipe")),
                (Mode.DIFFERENCE.value, tr("Difference")),
            )
        )
        self.modes.setAccessibleName(tr("How they are compared"))
        self.smaller = icon_button("magnifying-glass-minus", tr("Smaller"), "-", "muted")
        self.larger = icon_button("magnifying-glass-plus", tr("Larger"), "+", "muted")
        self.percent = label(role="body")
        self.percent.setFixedWidth(_PERCENT)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit = KeyButton(tr("Fit"), "0")
        self.same = KeyButton(tr("Same view"), "L", icon_name="lock-simple")
        self.same.setCheckable(True)
        self.reasons = icon_button("info", tr("Why, and what happens"), "Ctrl+I", "muted")
        self.reasons.setCheckable(True)
        for made in (self.fit, self.same):
            made.setProperty("compact", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.modes)
        row.addStretch(1)
        for part in (self.smaller, self.percent, self.larger):
            row.addWidget(part)
        row.addSpacing(Space.S)
        row.addWidget(self.fit)
        row.addSpacing(Space.XS)
        row.addWidget(self.same)
        row.addWidget(self.reasons)
        self._connect()
        self.show_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keys go where there is little room, then the size; both still work by key and wheel."""
        super().resizeEvent(event)
        for made in (self.fit, self.same):
            made.set_short(self.width() < _ROOMY)
        for part in (self.smaller, self.percent, self.larger):
            part.setVisible(self.width() >= _SPARSE)

    def show_view(self) -> None:
        """Say how large it is now."""
        compare = self._compare
        self.modes.set_value(compare.mode.value)
        self.percent.setText(tr("{count}%").format(count=round(100 * compare.scale)))
        self.same.setChecked(compare.is_locked)
        self.same.setEnabled(compare.mode is Mode.SIDE)

    def _connect(self) -> None:
        compare = self._compare
        self.modes.chosen.connect(lambda value: compare.set_mode(Mode(value)))
        self.smaller.clicked.connect(compare.zoom_out)
        self.larger.clicked.connect(compare.zoom_in)
        self.fit.clicked.connect(compare.fit)
        self.same.toggled.connect(compare.set_locked)
        self.reasons.clicked.connect(self.reasons_wanted)
        compare.viewed.connect(self.show_view)
