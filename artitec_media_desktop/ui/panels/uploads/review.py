"""Files that look like media of the library: both pictures, and what is to become of each file."""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ....domain.errors import MediaError
from ....domain.limits import size_text
from ....domain.media import Media
from ....domain.uploads import OnDuplicate, UploadItem, UploadState
from ...panel import Notice
from ...theme import Height, Space
from ...upload_queue import UploadQueue
from ...upload_words import clock_time, files, number
from ...widgets import CheckBox, KeyHint, button, label, line
from ...widgets.shortcuts import key_in
from .likes import Facts, Like, read_facts, read_like
from .pair import Pair

if TYPE_CHECKING:
    from ....bootstrap import App

_PIXELS: Final = 1600
_LIST_WIDE: Final = 200
_SIZE: Final = (1040, 680)


class ReviewDialog(QDialog):
    """Goes from file to file until none is left; closing it leaves the rest for later."""

    #: Notice
    noticed = Signal(object)

    def __init__(
        self, app: "App", queue: UploadQueue, ids: Collection[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._queue = app, queue
        self._batches = {queue.items[each].batch for each in ids if each in queue.items}
        self._decided: set[int] = set()
        #: Requests that were not answered yet; the dialog stays, to say what became of them.
        self._under_way = 0
        self._shown: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Already here?"))
        self.setProperty("ground", "raised")
        self._make_parts()
        self._lay_out()
        self._add_keys()
        for each in ids:
            self._list_item(each)
        queue.changed.connect(self._changed)
        queue.removed.connect(self._drop)
        self.list.currentRowChanged.connect(self._show_current)
        self._show_current()

    @property
    def item(self) -> UploadItem | None:
        """The file that is compared."""
        row = self.list.currentItem()
        return None if row is None else self._queue.items.get(row.data(Qt.ItemDataRole.UserRole))

    # ---- what is on the list

    def _list_item(self, item_id: int) -> None:
        row = QListWidgetItem(self._queue.items[item_id].name)
        row.setData(Qt.ItemDataRole.UserRole, item_id)
        row.setSizeHint(QSize(0, Height.TREE_ROW))
        self.list.addItem(row)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _ids(self) -> list[int]:
        return [
            self.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.list.count())
        ]

    def _changed(self, ids: Collection[int]) -> None:
        listed = set(self._ids())
        for each in ids:
            item = self._queue.items.get(each)
            if item is None:
                continue
            if item.state is not UploadState.ASKING:
                self._decided.discard(each)  # it may ask again
            elif each not in listed and each not in self._decided and item.batch in self._batches:
                self._list_item(each)
        self._drop([each for each in ids if not self._asks(each)])

    def _asks(self, item_id: int) -> bool:
        item = self._queue.items.get(item_id)
        return item is not None and item.state is UploadState.ASKING

    def _drop(self, ids: Collection[int]) -> None:
        """Take files off the list; the next one is shown, and after the last one it is done."""
        gone = set(ids)
        for at in reversed(range(self.list.count())):
            if self.list.item(at).data(Qt.ItemDataRole.UserRole) in gone:
                self.list.takeItem(at)
        self._say_count()
        self._end()

    def _end(self) -> None:
        if not self.list.count() and not self._under_way:
            self.accept()

    # ---- what is shown

    def _show_current(self) -> None:
        item = self.item
        if item is None or item.id == self._shown:
            return
        self._shown = item.id
        self.pair.show_whole()
        self._say_new(item, None)
        self.pair.here.say("", "")
        for side in (self.pair.new, self.pair.here):
            side.picture.set_image(None, self.tr("Loading…"))
        self._say_alike(item)
        self._offer(None, is_known=False)
        self._say_count()
        self._load(item)

    def _say_new(self, item: UploadItem, facts: Facts | None) -> None:
        goes_to = self.tr("Goes to {place}").format(place=self._queue.place(item))
        known = "" if facts is None else _size_facts(facts.wide, facts.high, facts.size)
        self.pair.new.say(item.name, f"{goes_to}\n{known}")

    def _load(self, item: UploadItem) -> None:
        app, number_of = self._app, item.id

        def load_new(_: object) -> tuple[Facts, QImage | None]:
            return read_facts(item.path), _image(app.uploads.preview(item, _PIXELS))

        def load_like(_: object) -> tuple[Like | None, QImage | None]:
            like = read_like(app.library, item)
            if like is None:
                return None, None
            try:
                return like, _image(app.library.picture(like.media, _PIXELS))
            except MediaError:
                return like, None  # its objects are gone or out of reach, and that is said

        def new_came(found: tuple[Facts, QImage | None]) -> None:
            if self._shown == number_of:
                facts, image = found
                self._say_new(item, facts)
                self.pair.new.picture.set_image(image, self.tr("There is no picture of this file."))

        def like_came(found: tuple[Like | None, QImage | None]) -> None:
            if self._shown == number_of:
                self._show_like(*found)

        def failed(error: MediaError) -> None:
            if self._shown == number_of:
                self.pair.here.picture.set_image(None, error.message)

        app.runner.run(load_new, new_came, failed)
        app.runner.run(load_like, like_came, failed)

    def _show_like(self, like: Like | None, image: QImage | None) -> None:
        if like is None:
            self.pair.here.say("", self.tr("It was deleted meanwhile, so this one can be kept."))
            self.pair.here.picture.set_image(None, self.tr("No longer here"))
        else:
            self.pair.here.say(like.media.original_filename, _facts(like))
            self.pair.here.picture.set_image(image, self.tr("Its picture can't be shown."))
        self._offer(like)

    def _say_alike(self, item: UploadItem) -> None:
        distance = item.distance or 0
        one = self.tr("They look alike: 1 of 64 bits differs.")
        many = self.tr("They look alike: {count} of 64 bits differ.")
        none = self.tr("They look the same: none of 64 bits differs.")
        words = many if distance > 1 else one if distance else none
        self.alike.setText(words.format(count=number(distance)))

    def _offer(self, like: Like | None, *, is_known: bool = True) -> None:
        """Offer to replace it where that can be done, and say what happens then, or why not."""
        may_go = like is not None and like.may_go
        self.replace.setEnabled(may_go)
        self.replace.setVisible(may_go or not is_known)
        self._replace_hint.setVisible(self.replace.isVisibleTo(self))
        if like is None:
            words = ""
        elif may_go:
            words = self.tr(
                "Replace: the new file takes its place in the order, its primary role and its "
                "words; the old one goes to Trash."
            )
        elif like.is_here:
            words = self.tr("It can't be replaced: {reason}").format(reason=like.keeps)
        else:
            words = self.tr("It lies in another place, so it is not replaced.")
        self._consequence.setText(words)

    def _say_count(self) -> None:
        left = self.list.count()
        one = self.tr("1 file looks like a picture that is here")
        many = self.tr("{count} files look like pictures that are here")
        self._title.setText((one if left == 1 else many).format(count=number(left)))
        same = len(self._of_batch())
        words = self.tr("The same for all {count} of this batch").format(count=number(same))
        self.for_all.setText(words)
        self.for_all.setVisible(same > 1)

    # ---- decisions

    def _of_batch(self) -> list[int]:
        item = self.item
        if item is None:
            return []
        return [each for each in self._ids() if self._queue.items[each].batch == item.batch]

    def decide(self, decision: OnDuplicate) -> None:
        """Decide on the file that is shown, or on all of its batch."""
        item = self.item
        if item is None or (decision is OnDuplicate.REPLACE and not self.replace.isEnabled()):
            return
        all_of_it = self.for_all.isChecked() and self.for_all.isVisibleTo(self)
        ids = self._of_batch() if all_of_it else [item.id]
        if decision is OnDuplicate.REPLACE and len(ids) > 1:
            self._replace_all(ids)
        else:
            self._tell(ids, decision)

    def _replace_all(self, ids: list[int]) -> None:
        """Those that can be; the others go on asking."""
        items = [self._queue.items[each] for each in ids]

        def look(_: object) -> list[int]:
            likes = ((each.id, read_like(self._app.library, each)) for each in items)
            return [item_id for item_id, like in likes if like is not None and like.may_go]

        def found(those: list[int]) -> None:
            self._tell(those, OnDuplicate.REPLACE)
            if rest := len(ids) - len(those):
                words = self.tr("{files} can't take the place of what is here").format(
                    files=files(rest)
                )
                self.noticed.emit(Notice(words, self.tr("Skip or keep them."), "info"))

        self._app.runner.run(look, found, self._failed)

    def _tell(self, ids: list[int], decision: OnDuplicate) -> None:
        self._decided.update(ids)
        self._under_way += 1
        self._drop(ids)
        request = lambda uploads: uploads.decide(ids, decision)  # noqa: E731
        self._app.pump.ask(request, lambda error: self._refused(error, ids), self._accepted)

    def _accepted(self) -> None:
        self._under_way -= 1
        self._end()

    def _refused(self, error: MediaError, ids: list[int]) -> None:
        self._under_way -= 1
        self._decided.difference_update(ids)
        self._failed(error)
        self._changed(ids)
        self._end()

    def _failed(self, error: MediaError) -> None:
        self.noticed.emit(Notice(self.tr("Nothing was decided"), error.message, "danger"))

    # ---- putting it together

    def _make_parts(self) -> None:
        self._title = label(role="title")
        self.alike = label(role="muted")
        self.list = QListWidget()
        self.list.setProperty("ground", "surface")
        self.list.setAccessibleName(self.tr("Files that ask"))
        self.list.setFixedWidth(_LIST_WIDE)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pair = Pair()
        self._consequence = label(role="small")
        self._consequence.setWordWrap(True)
        self.for_all = CheckBox()
        self.replace = button(self.tr("Replace"))
        self.keep = button(self.tr("Keep both"))
        self.skip = button(self.tr("Skip"))
        for made, decision in self._decisions():
            made.clicked.connect(lambda _=False, decision=decision: self.decide(decision))

    def _decisions(self) -> tuple[tuple[QPushButton, OnDuplicate], ...]:
        return (
            (self.replace, OnDuplicate.REPLACE),
            (self.keep, OnDuplicate.KEEP),
            (self.skip, OnDuplicate.SKIP),
        )

    def _lay_out(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        body.setSpacing(Space.S)
        body.addWidget(self._title)
        body.addWidget(self.alike)
        body.addWidget(self.pair, 1)
        body.addWidget(self._consequence)
        across = QHBoxLayout()
        across.setSpacing(0)
        beside = QWidget()
        beside.setProperty("ground", "surface")
        beside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        listed = QVBoxLayout(beside)
        listed.setContentsMargins(Space.S, Space.M, Space.S, Space.M)
        listed.addWidget(self.list)
        across.addWidget(beside)
        across.addWidget(line("v"))
        across.addLayout(body, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        foot.setSpacing(Space.XS)
        foot.addWidget(self.for_all)
        foot.addStretch(1)
        self._replace_hint = KeyHint("R")
        hints = (self._replace_hint, KeyHint("K"), KeyHint("S"))
        for hint, (made, _) in zip(hints, self._decisions(), strict=True):
            foot.addWidget(made)
            foot.addWidget(hint)
            foot.addSpacing(Space.S)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across, 1)
        down.addWidget(line())
        down.addLayout(foot)
        self.resize(*_SIZE)
        self.list.setFocus()

    def _add_keys(self) -> None:
        for keys, (_, decision) in zip("RKS", self._decisions(), strict=True):
            key_in(self, keys, partial(self.decide, decision))
        for keys, step in (("Left", -1), ("Right", 1)):
            key_in(self, keys, partial(self._step, step), repeats=True)

    def _step(self, step: int) -> None:
        self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))


def _image(data: bytes | None) -> QImage | None:
    image = QImage.fromData(data) if data else QImage()
    return None if image.isNull() else image


def _facts(like: Like) -> str:
    """``Willow Creek · Photos``, then size, when and by whom."""
    media: Media = like.media
    known = _size_facts(media.width or 0, media.height or 0, media.file_size)
    parts = (known, clock_time(media.created_at), like.by)
    return f"{like.place}\n" + " · ".join(part for part in parts if part)


def _size_facts(wide: int, high: int, size: int) -> str:
    """``4032 × 3024 · 4.1 MB``, as far as it is known."""
    sides = f"{wide} × {high}" if wide and high else ""
    return " · ".join(part for part in (sides, size_text(size) if size else "") if part)
