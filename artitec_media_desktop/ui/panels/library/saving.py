"""Keeps searches under a name: saves, renames and removes what stands in the browser's list."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ....domain.errors import MediaError
from ....domain.search import Search
from ....services.searches import Searches
from ...filtering.words import search_text
from ...panel import Notice
from .browser.searches import SearchList
from .page import MediaPage
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App


class Saving(QObject):
    """What is saved finds the same from anywhere: its place is a part of it."""

    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App", shown: SearchList, page: MediaPage, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._list, self._page = app, shown, page
        self._searches = Searches(app.settings)
        page.save_wanted.connect(self.save)
        page.turned.connect(self._show_saved)
        shown.renamed.connect(self._rename)
        shown.remove_wanted.connect(self.remove)
        self._show()

    def save(self) -> None:
        """Keep what is searched for, and ask for a name in the list itself."""
        search = self._whole()
        name = self._list.name_of(search)
        if name:
            self._list.rename(name)
        elif search:
            name = self._free(search_text(search))
            self._do(lambda: self._searches.save(name, search), lambda: self._list.rename(name))

    def remove(self, name: str) -> None:
        """Forget one; the toast brings it back."""
        search = self._searches.all().get(name)

        def restore() -> None:
            if search is not None:
                self._do(lambda: self._searches.save(name, search))

        def removed() -> None:
            text = tr("“{name}” removed").format(name=name)
            self.noticed.emit(Notice(text, "", "muted", tr("Undo"), restore))

        self._do(lambda: self._searches.remove(name), removed)

    def _rename(self, name: str, new: str) -> None:
        self._do(lambda: self._searches.rename(name, new))

    def _do(self, work: Callable[[], None], then: Callable[[], None] = lambda: None) -> None:
        """It writes a file."""

        def done(_: None) -> None:
            self._show()
            then()

        self._app.runner.run(lambda _: work(), done, self._failed)

    def _failed(self, error: MediaError) -> None:
        self.noticed.emit(Notice(tr("The search was not saved"), error.message, "danger"))

    def _show(self) -> None:
        self._list.set_saved(self._searches.all())
        self._show_saved()

    def _show_saved(self) -> None:
        self._page.bar.show_saved(self._list.name_of(self._whole()))

    def _whole(self) -> Search:
        """What is shown, as a search of the whole library."""
        page = self._page
        terms = () if page.scope is None else page.scope.terms(page.entity)
        return Search((*terms, *page.search.terms), page.search.order)

    def _free(self, name: str) -> str:
        taken = self._list.names
        names = [name, *(f"{name} {number}" for number in range(2, len(taken) + 3))]
        return next(each for each in names if each not in taken)
