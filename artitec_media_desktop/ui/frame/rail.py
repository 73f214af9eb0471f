"""The left edge of the window: its pages, the connection, and who is signed in."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ...domain.permissions import Account
from ..panels import PanelEntry
from ..theme import Icon, Space, Width, icon
from ..widgets import icon_button, line
from .account import AccountRow
from .connection import ConnectionRow
from .rail_button import RailButton


class Rail(QWidget):
    """160 wide, or 56 when it is collapsed."""

    chosen = Signal(str)
    toggled = Signal()
    settings_wanted = Signal()
    account_wanted = Signal()

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
        self._pages = list(pages)
        self._group = QButtonGroup(self)
        for page in pages:
            button = self._page_button(page)
            self._group.addButton(button)
            self._box.addWidget(button)
        self._box.addStretch(1)
        self.connection = ConnectionRow()
        self.account = AccountRow(account)
        self.account.clicked.connect(self.account_wanted)
        self.gear = self._make_gear()
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
        """Mark the page that is shown; for any other name it is the settings."""
        self.gear.setChecked(name not in self.buttons)
        # A group that allows only one lets nobody take the mark away.
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == name)
        self._group.setExclusive(True)

    def set_pages_on(self, on: bool) -> None:
        """Whether there is a library for the pages to show."""
        for page in self._pages:
            self.buttons[page.name].setEnabled(on and page.factory is not None)

    def _page_button(self, page: PanelEntry) -> RailButton:
        button = RailButton(QCoreApplication.translate("Pages", page.title), page.icon)
        if page.factory is None:
            button.setEnabled(False)
            button.setToolTip(self.tr("Comes with a later version"))
        button.clicked.connect(lambda _=False: self.chosen.emit(page.name))
        self.buttons[page.name] = button
        return button

    def _make_gear(self) -> QToolButton:
        gear = icon_button("gear-six", self.tr("Settings"), "Ctrl+,", "muted")
        gear.setIcon(icon("gear-six", "muted", on="accent", filled_on=True))
        gear.setIconSize(QSize(Icon.ROW, Icon.ROW))
        gear.setCheckable(True)
        gear.clicked.connect(self._gear_clicked)
        return gear

    def _gear_clicked(self) -> None:
        self.gear.setChecked(True)  # a second click does not take the mark away
        self.settings_wanted.emit()

    def _arrange(self) -> None:
        narrow = self._collapsed
        self.setFixedWidth(Width.RAIL_COLLAPSED if narrow else Width.RAIL)
        for button in self.buttons.values():
            button.set_narrow(narrow)
        self.connection.set_narrow(narrow)
        self.account.set_narrow(narrow)
        self._expand.setVisible(narrow)
        # The gear stands beside the name, or below the circle.
        self._foot.removeWidget(self.gear)
        self._box.removeWidget(self.gear)
        self._box.removeWidget(self._expand)
        if narrow:
            for part in (self.gear, self._expand):
                self._box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._foot.addWidget(self.gear)
