"""Where header and sidebar lead: figures, reasons and rules, a place, a look-alike."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ....domain.search import Search, Term
from .figures import FiguresDialog
from .policy import PolicyDialog

if TYPE_CHECKING:
    from ....bootstrap import App
    from .panel import ModerationPanel


class Dialogs(QObject):
    """One at a time, over the page; what was saved is shown in the sidebar at once."""

    def __init__(self, app: "App", page: "ModerationPanel") -> None:
        super().__init__(page)
        self._app, self._page = app, page
        header, sidebar = page.header, page.sidebar
        header.figures_wanted.connect(self.show_figures)
        header.policy_wanted.connect(self.show_policy)
        header.batch_wanted.connect(page.strip.select_open)
        header.left.connect(page.take_focus)
        sidebar.place_wanted.connect(lambda ref: page.page_requested.emit("library", ref))
        sidebar.similar_opened.connect(self._show_media)

    def show_figures(self) -> FiguresDialog:
        """How much was decided, and how quickly."""
        dialog = FiguresDialog(self._app, self._page)
        dialog.open()
        return dialog

    def show_policy(self) -> PolicyDialog:
        """Edit what all moderators share."""
        dialog = PolicyDialog(self._app, self._page)
        dialog.saved.connect(self._page.sidebar.show_policy)
        dialog.open()
        return dialog

    def _show_media(self, public_id: str) -> None:
        self._page.page_requested.emit("library", Search((Term("", (public_id,)),)))
