"""What can be done with the media that are selected in the grid: by keys, menu and mouse."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from ....domain.changes import Change
from ....domain.edits import MediaEdit
from ....domain.errors import MediaError
from ....domain.media import Media
from ....domain.search import Order
from ....domain.targets import Target
from ....domain.work import Work
from ...edits import Edit, Edits
from ...panel import Notice
from ...widgets import key_of
from .copies import Copies
from .originals import MOST, Originals
from .rights import EditRights
from .words import things, tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from .page import MediaPage

Act = Callable[[], object]
#: Only these go on while they are held.
_REPEATS: Final = frozenset({"Alt+Up", "Alt+Down"})


class GridActions(QObject):
    """Adds its keys to the grid of a page; every change goes through ``edits``."""

    #: Notice
    noticed = Signal(object)
    #: What is selected is to go to the trash.
    trash_wanted = Signal()

    def __init__(self, app: "App", page: "MediaPage", edits: Edits, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._page, self._edits = app, page, edits
        self._grid, self._model = page.grid, page.model
        self.rights = EditRights(app, page)
        self.copies = Copies(app, page, self)
        self.copies.noticed.connect(self.noticed)
        grid = self._grid
        grid.mime_of = lambda keys: Originals(app, keys)
        grid.may_reorder = lambda: not self._no_order()
        grid.reorder_wanted.connect(self.reorder)
        grid.alt_text.may_begin = self.allows
        grid.alt_text.edited.connect(self.write_alt_text)
        grid.menu_wanted.connect(self._open_menu)
        self._add_keys()

    # ---- edits

    def write_alt_text(self, key: int, words: str) -> None:
        """Of one media, unless somebody has written another one meanwhile."""
        media = self._model.media(key)
        if media is None:
            return
        self._edit(
            [key],
            MediaEdit(alt_text=words),
            (tr("Writing alt text"), tr("Alt text written"), tr("The alt text was not written")),
            {media.public_id: media},
        )

    def make_primary(self) -> None:
        """The one that is selected is the one that stands for its place."""
        keys = self._keys()
        if len(keys) == 1 and self.allows():
            words = (tr("Making primary"), tr("Made primary"), tr("Nothing was changed"))
            self._edit(keys, MediaEdit(is_primary=True), words)

    def switch_visibility(self) -> None:
        """All private, if any of them is public for sure; else all public."""
        keys = self._keys()
        known = [each for each in map(self._model.media, keys[:MOST]) if each is not None]
        if not keys or not self.allows():
            return
        private = any(each.is_public for each in known)
        done = tr("{things} made private") if private else tr("{things} made public")
        words = (tr("Changing visibility"), self._said(done, keys), tr("Nothing was changed"))
        self._edit(keys, MediaEdit(is_public=not private), words)

    def move(self) -> None:
        """Ask for another place, and put them there."""
        from ...place_picker import PlacePicker

        keys = self._keys()
        if not keys or not self.allows():
            return
        known = [each for each in map(self._model.media, keys[:MOST]) if each is not None]
        picker = PlacePicker(
            self._app, {each.media_type for each in known}, len(keys), self._grid.window()
        )
        picker.chosen.connect(lambda place, name: self._move(keys, place, name))
        picker.open()

    def _move(self, keys: Sequence[int], place: Target, name: str) -> None:
        done = self._said(tr("{things} moved to {place}"), keys, place=name)
        words = (tr("Moving"), done, tr("Nothing was moved"))
        self._edit(keys, MediaEdit(place=place), words)

    def _edit(
        self,
        keys: Sequence[int],
        edit: MediaEdit,
        words: tuple[str, str, str],
        seen: dict[str, Media] | None = None,
    ) -> None:
        def act(work: Work) -> Change:
            return self._app.editing.edit(self._public_ids(keys), edit, seen, work)

        doing, done, not_done = words
        self._edits.carry_out(Edit(doing, act, lambda _: done, not_done))

    def _said(self, words: str, keys: Sequence[int], **more: str) -> str:
        return words.format(things=things(len(keys), self._model.kinds_of(keys)), **more)

    def _public_ids(self, keys: Sequence[int]) -> list[str]:
        found = self._app.library.media_by_ids(keys)
        return [found[key].public_id for key in keys if key in found]

    # ---- order

    def reorder(self, keys: Sequence[int], before: int | None) -> None:
        """Shown at once; taken back if it can't be done."""
        reason, place = self._no_order() or self.rights.refusal(), self._model.place
        if reason or place is None:
            self._say(tr("Nothing was moved"), reason)
            return
        entity, slot = place
        shown = self._model.reorder(keys, before)

        def act(_: Work) -> Change:
            ids = self._public_ids([*keys, *([] if before is None else [before])])
            mark = None if before is None else ids.pop()
            return self._app.editing.reorder(entity, slot.field, ids, mark)

        def failed(_: MediaError) -> None:
            self._model.restore(shown)
            self._model.read_order()

        done = self._said(tr("{things} moved"), keys)
        words = tr("Nothing was moved")
        self._edits.carry_out(
            Edit(tr("Changing the order"), act, lambda _: done, words, on_error=failed)
        )

    def step(self, by: int) -> None:
        """Earlier (-1) or later (1) by one."""
        rows = self._rows()
        if rows is None:
            return
        first, last = rows
        if by < 0 and first > 0:
            self._reorder_to(first - 1)
        elif by > 0 and last + 1 < len(self._model):
            self._reorder_to(last + 2)

    def to_end(self, *, last: bool) -> None:
        """First or last."""
        if self._rows() is not None:
            self._reorder_to(len(self._model) if last else 0)

    def _rows(self) -> tuple[int, int] | None:
        runs = self._grid.selected_runs()
        return (runs[0][0], runs[-1][1]) if runs else None

    def _reorder_to(self, row: int) -> None:
        before = self._model.key_at(row) if row < len(self._model) else None
        self.reorder(list(self._keys()), before)
        self._grid.scrollTo(self._grid.currentIndex())

    # ---- what may be done

    def _keys(self) -> Sequence[int]:
        return self._grid.selected_keys()

    def _no_order(self) -> str:
        """Why these can't be put in another order; empty where they can."""
        query = self._model.query
        if self._model.place is None or query is None:
            return tr("Open one slot of a place to change its order.")
        if query.search or query.order is not Order.PLACE:
            return tr("Take the filter away and sort by gallery order to change the order.")
        return self.rights.refusal()

    def allows(self) -> bool:
        """Whether what is selected may be changed, as far as is known; says why not."""
        reason = self.rights.refusal()
        if reason:
            self._say(tr("Nothing was changed"), reason)
        return not reason

    def _say(self, title: str, text: str, tone: str = "warning") -> None:
        self.noticed.emit(Notice(title, text, tone))

    # ---- keys and menu

    def _list(self) -> list[tuple[str, str, Act, str]]:
        """Words, keys, what is done, and why not; an empty word is a line between."""
        count, refusal, order = len(self._keys()), self.rights.refusal(), self._no_order()
        one = "" if count == 1 else tr("Select one photo.")
        current = self._grid.currentIndex()
        return [
            (tr("View"), "Space", lambda: self._grid.activate(current), ""),
            (tr("Edit alt text"), "F2", self._grid.alt_text.begin, refusal),
            (tr("Set as primary"), "P", self.make_primary, refusal or one),
            (tr("Public or private"), "V", self.switch_visibility, refusal),
            (tr("Move to…"), "M", self.move, refusal),
            ("", "", bool, ""),
            (tr("Earlier"), "Alt+Up", lambda: self.step(-1), order),
            (tr("Later"), "Alt+Down", lambda: self.step(1), order),
            (tr("To the beginning"), "Alt+Home", lambda: self.to_end(last=False), order),
            (tr("To the end"), "Alt+End", lambda: self.to_end(last=True), order),
            ("", "", bool, ""),
            (tr("Copy"), "Ctrl+C", self.copies.copy, ""),
            (tr("Copy link"), "Ctrl+Shift+C", self.copies.copy_link, ""),
            (tr("Save a copy…"), "Ctrl+S", self.copies.ask, ""),
            ("", "", bool, ""),
            (tr("Move to Trash"), "Del", self.trash_wanted.emit, refusal),
        ]

    def _add_keys(self) -> None:
        for _words, keys, act, _reason in self._list():
            if keys and keys not in ("Space", "F2", "Del"):  # those are the grid's and the page's
                key_of(self._grid, keys, act, repeats=keys in _REPEATS)

    def menu(self) -> QMenu:
        """All of it; what can't be done is grey and says why."""
        made = QMenu(self._grid)
        made.setToolTipsVisible(True)
        for words, keys, act, reason in self._list():
            if not words:
                made.addSeparator()
                continue
            action = made.addAction(f"{words}\t{QKeySequence(keys).toString()}")
            action.triggered.connect(lambda _=False, act=act: act())
            action.setEnabled(not reason)
            action.setToolTip(reason)
        return made

    def _open_menu(self, at: QPoint) -> None:
        if self._keys():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._grid.viewport().mapToGlobal(at))
