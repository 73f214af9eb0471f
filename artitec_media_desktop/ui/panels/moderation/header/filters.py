"""Which part of the queue is wanted: a menu, a field with chips, filters kept under a name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from .....domain.search import EVERYTHING, Search, Term
from .....services.searches import Searches
from ....filtering import Completion, FilterMenu, TermField
from ....filtering.words import search_text
from ....theme import Space, icon
from ....widgets import Message, icon_button, menu
from ..words import tr
from .ages import age_of, age_words, without_age
from .drop_button import DropButton

if TYPE_CHECKING:
    from .....bootstrap import App

#: The order of the menu.
_FIELDS: Final = ("entity", "type", "status", "look", "age", "score", "uploader", "added", "tag")


class Filters(QWidget):
    """The field is shown while there is a filter, or one is being typed."""

    #: Search
    search_wanted = Signal(object)
    #: Esc: the keyboard is wanted back by the picture.
    left = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self._search = EVERYTHING
        #: For the line above.
        self.button = DropButton()
        self.field, self.message = TermField(), Message()
        self.field.edit.setPlaceholderText(tr("Words, or status:flagged score:>0.6"))
        self.filters = FilterMenu(app, self, _FIELDS)
        self.filters.has_places = True
        self.completion = Completion(app, self.field.edit, lambda _text, _limit: ())
        self.field.edit.takes_enter = lambda: self.completion.is_open
        self.save = icon_button("star", tr("Save this filter"))
        self.clear = icon_button("x", tr("Clear the filter"))
        self.button.setMenu(self.filters.menu)
        # After the menu has been filled.
        self.filters.menu.aboutToShow.connect(self._add_saved)
        self._connect()
        self._lay_out()
        self.show_search(EVERYTHING)

    def show_search(self, search: Search) -> None:
        """Show another filter; without a signal."""
        self._search = self.filters.search = search
        self.field.set_search(search)
        self.message.say("")
        words = self._name() or _words(search) or tr("All places")
        self.button.say(words, tr("Filter: {words}").format(words=words))
        self._show()

    def begin(self) -> None:
        """Go to the field."""
        self.show()
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_name(self) -> None:
        """Have a name typed and keep the filter under it."""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setProperty("ground", "raised")
        dialog.setWindowTitle(tr("Save this filter"))
        dialog.setLabelText(tr("What it is called"))
        dialog.setTextValue(self._name() or _words(self._search))
        dialog.textValueSelected.connect(self.keep)
        dialog.open()

    def keep(self, name: str) -> None:
        """Keep the filter under a name; one of that name is replaced."""
        search = self._search
        self._do(lambda kept: kept.save(name, search))

    @property
    def saved(self) -> Searches:
        """Those of who is signed in."""
        return Searches(self._app.settings, f"moderation/{self._app.account.user_id}/filters")

    # ---- the parts

    def _name(self) -> str:
        search = self._search
        kept = self.saved.all() if search else {}
        return next((name for name, each in kept.items() if each == search), "")

    def _do(self, work: Callable[[Searches], None]) -> None:
        """It writes a file."""
        kept = self.saved
        self._app.runner.run(
            lambda _: work(kept),
            lambda _: self.show_search(self._search),
            lambda error: self._say(error.message),
        )

    def _add_saved(self) -> None:
        made, kept = self.filters.menu, self.saved.all()
        first = made.actions()[0]
        for name, search in kept.items():
            action = QAction(icon("star-fill", "accent"), name, made)
            made.insertAction(first, action)
            action.triggered.connect(lambda _=False, each=search: self.search_wanted.emit(each))
        if kept:
            inner = menu(made)
            inner.setTitle(tr("Remove a saved filter"))
            for name in kept:
                gone = inner.addAction(name)
                gone.triggered.connect(
                    lambda _=False, each=name: self._do(lambda all_: all_.remove(each))
                )
            made.addSeparator()
            made.addMenu(inner)
            made.insertSeparator(first)
        if self._search:
            clear = made.addAction(tr("Clear the filter"))
            clear.triggered.connect(lambda: self.search_wanted.emit(EVERYTHING))

    def _toggle(self, term: Term) -> None:
        self.field.commit()
        there = term in self._search.terms
        self.search_wanted.emit(self._search.without(term) if there else self._search.plus(term))

    def _type(self, text: str) -> None:
        self.show()
        self.field.take(text)

    def _leave(self) -> None:
        self._show()
        self.left.emit()

    def _say(self, sentence: str) -> None:
        self.message.say(sentence)
        self._show()

    def _show(self) -> None:
        wanted = bool(self._search) or self.field.faulty or bool(self.message.text)
        self.setVisible(wanted or self.field.edit.hasFocus())
        name = self._name()
        self.save.setIcon(icon("star-fill", "accent") if name else icon("star"))
        words = tr("Saved as “{name}”").format(name=name) if name else tr("Save this filter")
        self.save.setToolTip(words)
        for each in (self.save, self.clear):
            each.setVisible(bool(self._search))

    def _connect(self) -> None:
        self.field.changed.connect(self.search_wanted)
        self.field.faulted.connect(self._say)
        self.field.left.connect(self._leave)
        self.field.edit.focused.connect(lambda _: self._show())
        self.completion.completed.connect(self.field.commit)
        self.filters.toggled.connect(self._toggle)
        self.filters.typing_wanted.connect(self._type)
        self.save.clicked.connect(self.ask_name)
        self.clear.clicked.connect(lambda: self.search_wanted.emit(EVERYTHING))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.field, 1)
        row.addWidget(self.save)
        row.addWidget(self.clear)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.PANEL, 0, Space.PANEL, Space.S)
        down.setSpacing(Space.XS)
        down.addLayout(row)
        down.addWidget(self.message)


def _words(search: Search) -> str:
    """A filter in a few words; the ages of the header have words of their own."""
    key = age_of(search)
    if not key:
        return search_text(search)
    return ", ".join(filter(None, (search_text(without_age(search)), age_words(key))))
