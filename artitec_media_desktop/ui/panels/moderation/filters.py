"""Which part of the queue is wanted: a menu, a field, and filters kept under a name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ....domain.errors import MediaError
from ....domain.search import EVERYTHING, Search, parse
from ...theme import Space
from ...widgets import Message, button, icon_button
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App


class Filters(QWidget):
    """The field is shown while there is a filter, or one is being typed."""

    #: Search
    search_wanted = Signal(object)
    #: The key of an age; empty for all.
    age_wanted = Signal(str)

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self._search = EVERYTHING
        #: For the line above.
        self.button = button(tr("All places"), "funnel-simple", small=True)
        self.field, self.message = QLineEdit(), Message()
        self.field.setAccessibleName(tr("Filter"))
        self.clear = icon_button("x", tr("Clear the filter"))
        self.field.returnPressed.connect(self._read)
        self.clear.clicked.connect(lambda: self.search_wanted.emit(EVERYTHING))
        self.button.clicked.connect(self.begin)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.clear)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.PANEL, 0, Space.PANEL, Space.S)
        down.addLayout(row)
        down.addWidget(self.message)
        self.hide()

    def show_search(self, search: Search) -> None:
        """Show another filter; without a signal."""
        self._search = search
        self.field.setText(search.text)
        self.message.say("")
        self.setVisible(bool(search))

    def begin(self) -> None:
        """Go to the field."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _read(self) -> None:
        try:
            search = parse(self.field.text())
        except MediaError as error:
            self.message.say(error.message)
            return
        self.search_wanted.emit(search)
