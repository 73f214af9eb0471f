"""The cards that are no charts: key figures, what can be freed, the check, the largest."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ....domain.limits import size_text
from ....domain.media import MediaType
from ....domain.search import Search, Term
from ...theme import Height, Icon, Space, theme
from ...theme.icons import pixmap
from ...upload_words import number
from ...widgets import ElidedLabel, button, label, line
from .figures import LARGE, Figures
from .words import ago, counted, files, month, tr

if TYPE_CHECKING:
    from ....services.check import Findings

#: So many media are named in one search.
_NAMED = 200


class Card(QFrame):
    """A titled box; ``legend`` names the colours of a chart in it."""

    def __init__(self, title: str, legend: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.S)
        self.head.addWidget(label(title, "section"))
        self.head.addStretch(1)
        for token, words in legend:
            self.head.addWidget(_Dot(token))
            self.head.addWidget(label(words, "small", "muted"))
            self.head.addSpacing(Space.S)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self.body.setSpacing(Space.S)
        self.body.addLayout(self.head)


class _Dot(QLabel):
    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(Space.S, Space.S)
        theme().changed.connect(self._dye)
        self._dye()

    def _dye(self) -> None:
        ink = theme().color(self._token).name()
        self.setStyleSheet(f"background: {ink}; border-radius: 2px;")


class Tiles(QFrame):
    """Four key figures side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.L)
        self._tiles: list[tuple[QLabel, QLabel, QLabel]] = []
        for at in range(4):
            if at:
                row.addWidget(line("v"))
            tile = (label(role="small"), label(role="figure"), ElidedLabel(role="small"))
            column = QVBoxLayout()
            column.setSpacing(0)
            for part in tile:
                column.addWidget(part)
            row.addLayout(column, 1)
            self._tiles.append(tile)

    def show_figures(self, figures: Figures) -> None:
        """Say how much there is, came lately, can go, and is usual."""
        sums, smaller = figures.sums, figures.smaller_bytes
        now = f"{figures.at:%Y-%m}"
        added, added_bytes = figures.of_month(now)
        images, image_bytes = figures.of_kind(MediaType.IMAGE)
        videos, video_bytes = figures.of_kind(MediaType.VIDEO)
        held = tr("{files} and their smaller sizes") if smaller else tr("{files}, originals only")
        average = (
            tr("Videos {size}").format(size=size_text(video_bytes // videos)) if videos else ""
        )
        self._say(
            (
                tr("In use"),
                size_text(sums.total_bytes + smaller),
                held.format(files=files(sums.total_files)),
            ),
            (
                tr("Added in {month}").format(month=month(now, short=False).split(" ")[0]),
                size_text(added_bytes),
                tr("{files} so far").format(files=files(added)),
            ),
            (tr("Can be freed"), size_text(figures.trash[1]), tr("In the trash")),
            (
                tr("Average photo"),
                size_text(image_bytes // images) if images else "–",
                average or tr("No videos"),
            ),
        )

    def _say(self, *tiles: tuple[str, str, str]) -> None:
        for parts, words in zip(self._tiles, tiles, strict=True):
            for part, text in zip(parts, words, strict=True):
                part.setText(text)


class Row(QWidget):
    """An icon, a title with a sentence below it, a size, and a button."""

    def __init__(self, icon_name: str, title: str, act: str, on_act: Callable[[], None]) -> None:
        super().__init__()
        self._icon, self._title = icon_name, title
        self.mark, self.words, self.amount = (
            QLabel(),
            ElidedLabel(role="small"),
            label("", "emphasis"),
        )
        self.button = button(act, small=True)
        self.button.setAccessibleName(f"{act}: {title}")
        self.button.clicked.connect(on_act)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(title, "emphasis"))
        column.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.XS, 0, Space.XS)
        row.setSpacing(Space.M)
        row.addWidget(self.mark)
        row.addLayout(column, 1)
        row.addWidget(self.amount)
        row.addWidget(self.button)
        theme().changed.connect(self._draw)
        self._draw()

    def say(self, words: str, amount: str, can: bool) -> None:
        """``can``: whether there is anything to show."""
        self.words.setText(words)
        self.amount.setText(amount)
        self.button.setEnabled(can)

    def _draw(self) -> None:
        ink = theme().color("muted")
        self.mark.setPixmap(pixmap(self._icon, Icon.RAIL, ink, self.devicePixelRatioF()))


class Freeing(Card):
    """What can be freed, as far as it is known."""

    trash_wanted = Signal()
    #: Search
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("What can be freed"))
        self._figures: Figures | None = None
        self.trash = Row("trash", tr("Trash"), tr("Open"), self.trash_wanted.emit)
        title = tr("Originals over {size}").format(size=size_text(LARGE))
        self.large = Row("image", title, tr("Show"), self._show_large)
        for row in (self.trash, self.large):
            self.body.addWidget(line())
            self.body.addWidget(row)
        self.body.addStretch(1)

    def show_figures(self, figures: Figures) -> None:
        """Say how much."""
        self._figures = figures
        count, total = figures.trash
        kept = tr("{files}, each kept for 30 days").format(files=files(count))
        self.trash.say(kept if count else tr("Empty"), size_text(total), True)
        count, total = figures.large
        words = counted(
            count, "{count} picture that could be smaller", "{count} pictures that could be smaller"
        )
        self.large.say(words if count else tr("None"), size_text(total), bool(count))

    def _show_large(self) -> None:
        if self._figures is not None:
            self.chosen.emit(self._figures.scoped(("type", "image"), ("size", f">{LARGE >> 20}mb")))


class Largest(Card):
    """The places that take most."""

    #: EntityRef
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Largest"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_figures(self, figures: Figures) -> None:
        """A line a place."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for entity, group in figures.places:
            made = QWidget()
            made.setFixedHeight(Height.TREE_ROW)
            row = QHBoxLayout(made)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Space.L)
            name = button(entity.name, kind="link", small=True)
            name.setAccessibleName(
                f"{entity.name}, {files(group.count)}, {size_text(group.total_bytes)}"
            )
            name.clicked.connect(lambda _=False, ref=entity.ref: self.chosen.emit(ref))
            row.addWidget(name)
            row.addStretch(1)
            row.addWidget(label(files(group.count), "small", "muted"))
            row.addWidget(label(size_text(group.total_bytes), "emphasis"))
            self._rows.addWidget(made)


class Held(Card):
    """The store's own count, and the database held against it."""

    check_wanted = Signal()
    #: Search
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Database against storage"))
        self.check = button(tr("Check now"), small=True)
        self.check.clicked.connect(self.check_wanted)
        self.head.addWidget(self.check)
        self.counted = label(role="small")
        self.counted.setWordWrap(True)
        self.body.addWidget(line())
        self.body.addWidget(self.counted)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_figures(self, figures: Figures) -> None:
        """What the store said when it was counted."""
        found = figures.counted
        if found is None:
            self.counted.setText(tr("The storage was not counted yet. “Count again” does it."))
            return
        words = tr("{objects} objects, {size} in the storage, counted {ago}. {hint}")
        self.counted.setText(
            words.format(
                objects=number(found.objects),
                size=size_text(found.total_bytes),
                ago=ago(found.at),
                hint=tr("“Check now” reads every one of them."),
            )
        )

    def show_findings(self, found: "Findings") -> None:
        """A line a kind of fault, each with a way to what it is about."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for good, bad, entries in (
            (
                tr("Every entry has its file"),
                tr("Entries without their file"),
                found.missing_objects,
            ),
            (tr("Every file has its entry"), tr("Files no entry points to"), found.orphan_objects),
            (tr("All sizes are right"), tr("Files of another size"), found.mismatched),
            (tr("Nothing private is open"), tr("Private files that are open"), found.private_leaks),
            (tr("No location in files"), tr("Location left in files"), found.gps_found),
        ):
            self._rows.addWidget(self._line(bad if entries else good, entries))

    def _line(self, words: str, entries: "list[dict[str, object]]") -> QWidget:
        made = QWidget()
        made.setFixedHeight(Height.TREE_ROW)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        mark = QLabel()
        name, ink = ("warning-fill", "warning") if entries else ("check-circle-fill", "success")
        mark.setPixmap(pixmap(name, Icon.ROW, theme().color(ink), self.devicePixelRatioF()))
        row.addWidget(mark)
        row.addWidget(label(words), 1)
        row.addWidget(label(number(len(entries)) if entries else tr("None"), "body", "muted"))
        ids = tuple(
            dict.fromkeys(str(each["public_id"]) for each in entries if "public_id" in each)
        )
        if ids:
            show = button(tr("Show"), kind="link", small=True)
            search = Search((Term("", ids[:_NAMED]),))
            show.clicked.connect(lambda: self.chosen.emit(search))
            row.addWidget(show)
        elif entries:
            copy = button(tr("Copy names"), kind="link", small=True)
            text = "\n".join(str(each["key"]) for each in entries)
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
            row.addWidget(copy)
        made.setAccessibleName(f"{words}: {len(entries)}")
        return made
