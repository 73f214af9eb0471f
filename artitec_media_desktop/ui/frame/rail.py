"""The left edge of the window: its pages, the connection, and who is signed in."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ...domain.permissions import Account
from ..panels import PanelEntry
from ..theme import Mode, Space, Width, theme
from ..widgets import icon_button, line, menu
from .account import AccountRow
from .connection import ConnectionRow
from .rail_button import RailButton


class Rail(QWidget):
    """160 wide, or 56 when it is collapsed."""

    chosen = Signal(str)
    toggled = Signal()
    mode_chosen = Signal(str)

    def __init__(self, pages: Sequence[PanelEntry], account: Account) -> None:
        super().__init__()
        self._collapsed = False
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Pages"))
        self.buttons: dict[str, RailButton] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        self._box.setSpacing(Space.XS)
        group = QButtonGroup(self)
        for page in pages:
            button = self._page_button(page)
            group.addButton(button)
            self._box.addWidget(button)
        self._box.addStretch(1)
        self.connection = ConnectionRow()
        self.account = AccountRow(account)
        self._gear = icon_button("gear-six", self.tr("Settings"), "Ctrl+,", "muted")
        self._gear.clicked.connect(self.open_settings)
        self._expand = icon_button("caret-double-right", self.tr("Show names"), "Ctrl+B", "muted")
        self._expand.clicked.connect(self.toggled)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.account, 1)
        self._box.addWidget(self.connection)
        self._box.addWidget(line())
        self._box.addSpacing(Space.XS)
        self._box.addLayout(self._foot)
        self._arrange()

    @property
    def is_collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons only, or names too."""
        self._collapsed = collapsed
        self._arrange()

    def set_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)

    def open_settings(self) -> None:
        """Drop the menu of the gear, above it."""
        shown = self._settings_menu()
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self._gear.mapToGlobal(QPoint(0, 0))
        shown.popup(corner - QPoint(0, shown.sizeHint().height()))

    def _page_button(self, page: PanelEntry) -> RailButton:
        button = RailButton(QCoreApplication.translate("Pages", page.title), page.icon)
        if page.factory is None:
            button.setEnabled(False)
            button.setToolTip(self.tr("Comes with a later version"))
        button.clicked.connect(lambda _=False: self.chosen.emit(page.name))
        self.buttons[page.name] = button
        return button

    def _settings_menu(self) -> QMenu:
        made = menu(self)
        group = QActionGroup(made)
        for mode, text in (
            (Mode.SYSTEM, self.tr("Theme of the system")),
            (Mode.LIGHT, self.tr("Light")),
            (Mode.DARK, self.tr("Dark")),
        ):
            action = QAction(text, made)
            action.setCheckable(True)
            action.setChecked(theme().mode is mode)
            action.triggered.connect(lambda _=False, mode=mode: self.mode_chosen.emit(mode.value))
            group.addAction(action)
            made.addAction(action)
        made.addSeparator()
        words = self.tr("Show names") if self._collapsed else self.tr("Icons only")
        made.addAction(words, self.toggled.emit)
        return made

    def _arrange(self) -> None:
        narrow = self._collapsed
        self.setFixedWidth(Width.RAIL_COLLAPSED if narrow else Width.RAIL)
        for button in self.buttons.values():
            button.set_narrow(narrow)
        self.connection.set_narrow(narrow)
        self.account.set_narrow(narrow)
        self._expand.setVisible(narrow)
        # The gear stands beside the name, or below the circle.
        self._foot.removeWidget(self._gear)
        self._box.removeWidget(self._gear)
        self._box.removeWidget(self._expand)
        if narrow:
            for part in (self._gear, self._expand):
                self._box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._foot.addWidget(self._gear)
