"""What opens over the page: figures, and the reasons and rules."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from .figures import FiguresDialog
from .header import Header
from .policy_dialog import PolicyDialog
from .sidebar import Sidebar

if TYPE_CHECKING:
    from ....bootstrap import App


class Dialogs(QObject):
    """One at a time, over ``page``; what was saved is shown in the sidebar at once."""

    def __init__(self, app: "App", page: QWidget, header: Header, sidebar: Sidebar) -> None:
        super().__init__(page)
        self._app, self._page, self._sidebar = app, page, sidebar
        header.figures_wanted.connect(self.show_figures)
        header.policy_wanted.connect(self.show_policy)

    def show_figures(self) -> QDialog:
        """How much was decided, and how quickly."""
        dialog = FiguresDialog(self._app, self._page)
        dialog.open()
        return dialog

    def show_policy(self) -> QDialog:
        """Edit what all moderators share."""
        dialog = PolicyDialog(self._app, self._page)
        dialog.saved.connect(self._sidebar.show_policy)
        dialog.open()
        return dialog
