"""The panel beside the list: what is written with the files that are chosen, and where they go."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ....domain.uploads import Description, UploadItem, UploadState
from ...theme import Space, Width
from ...upload_queue import UploadQueue
from ...upload_words import files, tr
from ...widgets import ElidedLabel, EmptyState, Message, button, label, line, menu
from .actions import able
from .details_form import DetailsForm
from .templates import Templates

if TYPE_CHECKING:
    from ....bootstrap import App

#: What is written with a file can still be changed.
_OPEN: Final = frozenset(UploadState) - {
    UploadState.DONE,
    UploadState.DUPLICATE,
    UploadState.SKIPPED,
}

_LOOK_MS: Final = 250


class UploadDetails(QWidget):
    """Writes only touched fields: by its button, and before other files are shown."""

    #: tuple of ids, Description
    described = Signal(object, object)
    #: tuple[UploadItem, ...] that are to go elsewhere.
    place_wanted = Signal(object)
    #: A sentence about what could not be written.
    refused = Signal(str)

    def __init__(self, app: "App", queue: UploadQueue) -> None:
        super().__init__()
        self._queue = queue
        self._ids: tuple[int, ...] = ()
        self._known: frozenset[int] = frozenset()
        # Thousands may be chosen, and change all the time.
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._templates = Templates(app.settings)
        self.form = DetailsForm()
        self._title = ElidedLabel(role="strong")
        self._place = ElidedLabel(role="body")
        self._message = Message()
        self.change_place = button(tr("Change…"), small=True)
        self.template = button(tr("Templates"), "bookmark-simple", small=True)
        self.revert = button(tr("Revert"), small=True)
        self.apply = button(tr("Apply"), kind="primary", small=True)
        self._body = QWidget()
        self._pages = QStackedLayout(self)
        self._lay_out()
        self._connect()
        self.show_items(())

    def _lay_out(self) -> None:
        self.setMinimumWidth(Width.INSPECTOR_MIN)
        self.setMaximumWidth(Width.INSPECTOR_MAX)
        place = QHBoxLayout()
        place.setSpacing(Space.S)
        place.addWidget(self._place, 1)
        place.addWidget(self.change_place)
        box = QVBoxLayout(self._body)
        box.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        box.setSpacing(Space.XS)
        box.addWidget(self._title)
        box.addSpacing(Space.S)
        box.addWidget(label(tr("Goes to"), "small"))
        box.addLayout(place)
        box.addSpacing(Space.S)
        box.addWidget(self.form)
        box.addSpacing(Space.S)
        box.addWidget(self._message)
        box.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        self._body.setProperty("ground", "raised")
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        foot.setSpacing(Space.S)
        foot.addWidget(self.template)
        foot.addStretch(1)
        foot.addWidget(self.revert)
        foot.addWidget(self.apply)
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(scroll, 1)
        down.addWidget(line())
        down.addLayout(foot)
        nothing = EmptyState(
            "pencil-simple",
            tr("No file is chosen"),
            tr("Choose files to write alt text, a caption and tags that go along."),
        )
        self._pages.addWidget(nothing)
        self._pages.addWidget(whole)

    def _connect(self) -> None:
        self.apply.setToolTip(tr("Write what was changed  Ctrl+Return"))
        self.template.setToolTip(tr("Values that are remembered under a name"))
        self.change_place.clicked.connect(self._want_place)
        self.template.clicked.connect(self._open_templates)
        self.revert.clicked.connect(self._revert)
        self.apply.clicked.connect(self.write)
        self.form.submitted.connect(self.write)
        self.form.edited.connect(self._say)
        self._queue.changed.connect(self._changed)
        self._queue.names_changed.connect(self._say)

    def show_items(self, items: Sequence[UploadItem]) -> None:
        """Show other files; what was touched of those before is written first."""
        ids = tuple(item.id for item in items)
        if ids == self._ids:
            return
        self.write()
        self._ids, self._known = ids, frozenset(ids)
        self._pages.setCurrentIndex(1 if ids else 0)
        self.form.show_items(self._items(), anew=True)
        self._say()

    def write(self) -> None:
        """Write what was touched, to the files that can still take it."""
        ids = tuple(item.id for item in self._items() if item.state in _OPEN)
        if not self.form.is_touched or not ids:
            return
        if self.form.problem:
            self.refused.emit(self.form.problem)
            return
        description = self.form.touched()
        self.form.settle()
        self.described.emit(ids, description)
        self._say()

    def _items(self) -> list[UploadItem]:
        items = self._queue.items
        return [items[each] for each in self._ids if each in items]

    def _changed(self, ids: Iterable[int]) -> None:
        waits = self._looking.isActive() or not self.isVisible()
        if not waits and not self._known.isdisjoint(ids):
            self._looking.start()

    def _look(self) -> None:
        self.form.show_items(self._items(), anew=False)
        self._say()

    def _revert(self) -> None:
        self.form.show_items(self._items(), anew=True)
        self._say()

    def _say(self) -> None:
        items = self._items()
        if not items:
            return
        one = items[0]
        self._title.setText(one.name if len(items) == 1 else files(len(items)))
        # By their parts: whole targets take long to compare where there are thousands.
        places = {
            item.place and (item.place.entity_type, item.place.entity_id, item.place.slot.name)
            for item in items
        }
        count = self.locale().toString(len(places))
        differ = tr("{count} different places").format(count=count)
        self._place.setText(differ if len(places) > 1 else self._queue.place(one))
        unplaced = None in places
        self.change_place.setText(tr("Choose…") if unplaced else tr("Change…"))
        movable, writable = able("place", items), [item.state in _OPEN for item in items]
        self.change_place.setEnabled(bool(movable))
        self.change_place.setToolTip(
            "" if movable else tr("What is being added or is finished stays where it is.")
        )
        self.form.setEnabled(any(writable))
        self.template.setEnabled(any(writable))
        touched = self.form.is_touched and any(writable)
        self.apply.setEnabled(touched and not self.form.problem)
        self.revert.setEnabled(touched)
        if not any(writable):
            hint = tr("What is finished is changed in the Library.")
        elif not all(writable):
            hint = tr("Those that are finished stay as they are.")
        else:
            hint = ""
        problem = self.form.problem
        self._message.say(problem or hint, "danger" if problem else "muted")

    def _want_place(self) -> None:
        self.place_wanted.emit(tuple(able("place", self._items())))

    def _open_templates(self) -> None:
        shown = self.template_menu()
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self.template.mapToGlobal(self.template.rect().topLeft())
        corner.setY(corner.y() - shown.sizeHint().height())
        shown.popup(corner)

    def template_menu(self) -> QMenu:
        """The names that are remembered, and what can be done with them."""
        made = menu(self)
        names = self._templates.names()
        for name in names:
            made.addAction(name.replace("&", "&&"), partial(self._use, name))
        if names:
            made.addSeparator()
        save = made.addAction(tr("Save these values…"), self._ask_name)
        save.setEnabled(self.form.values() != Description())
        if names:
            deleting = menu(made)
            deleting.setTitle(tr("Delete"))
            for name in names:
                deleting.addAction(name.replace("&", "&&"), partial(self._templates.delete, name))
            made.addMenu(deleting)
        return made

    def _use(self, name: str) -> None:
        values = self._templates.get(name)
        if values is not None:
            self.form.fill(values)

    def _ask_name(self) -> None:
        asking = QInputDialog(self)
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setWindowTitle(tr("Save these values"))
        asking.setLabelText(tr("Name of the template"))
        asking.setOkButtonText(tr("Save"))
        asking.textValueSelected.connect(self.save_template)
        asking.open()

    def save_template(self, name: str) -> None:
        """Remember what the fields show."""
        if name.strip():
            self._templates.save(name.strip(), self.form.values())
