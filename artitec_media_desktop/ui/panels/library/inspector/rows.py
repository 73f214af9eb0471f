"""The bodies of the folded sections: facts, files with their links, what happened."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from .....domain.changes import Change
from .....domain.media import Media
from .....domain.overview import MediaOverview
from ....theme import Icon, Space
from ....widgets import ElidedLabel, button, icon_button, label
from .facts import Facts, variants
from .history_words import happened
from .words import day, moment, tr

_HIGH: Final = 24
_NAME_WIDE: Final = 72
_VARIANT_WIDE: Final = 66
_SIZE_WIDE: Final = 52
_BUTTON_WIDE: Final = 20
_MOST: Final = 50


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def fill_facts(layout: QVBoxLayout, facts: Facts) -> None:
    """A word and what it says, a line each; what is said can be selected."""
    empty(layout)
    for word, text in facts:
        said = ElidedLabel(text, "small", Qt.TextElideMode.ElideMiddle)
        said.setProperty("tone", "text")
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setAccessibleName(f"{word}: {text}")
        layout.addWidget(_row(label(word, "small"), said))


def _row(first: QWidget, *rest: QWidget) -> QWidget:
    made = QWidget()
    made.setFixedHeight(_HIGH)
    first.setFixedWidth(_NAME_WIDE)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    row.addWidget(first)
    for at, each in enumerate(rest):
        row.addWidget(each, 1 if at == 0 else 0)
    return made


def fill_variants(layout: QVBoxLayout, media: Media) -> None:
    """Each file with its size, and a way to its link."""
    empty(layout)
    for word, pixels, size, address in variants(media):
        bytes_ = label(size, "small")
        bytes_.setFixedWidth(_SIZE_WIDE)
        bytes_.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name = label(word, "small", "text")
        made = _row(name, ElidedLabel(pixels, "small"), bytes_)
        name.setFixedWidth(_VARIANT_WIDE)
        row = made.layout()
        assert isinstance(row, QHBoxLayout)  # noqa: S101  # _row made it
        row.setSpacing(2)
        row.addWidget(_copying(word, address))
        row.addWidget(_opening(word, address))
        layout.addWidget(made)


def _copying(word: str, address: str) -> QWidget:
    made = icon_button("link", tr("Copy the link: {name}").format(name=word), color="muted")
    made.setIconSize(QSize(Icon.BADGE + 2, Icon.BADGE + 2))
    made.setFixedSize(_BUTTON_WIDE, _HIGH)
    made.setStyleSheet("min-width: 0; min-height: 0; padding: 0;")
    made.setEnabled(bool(address))
    made.clicked.connect(lambda: QGuiApplication.clipboard().setText(address))
    return made


def _opening(word: str, address: str) -> QWidget:
    made = icon_button("arrow-square-out", tr("Open: {name}").format(name=word), color="muted")
    made.setIconSize(QSize(Icon.BADGE + 2, Icon.BADGE + 2))
    made.setFixedSize(_BUTTON_WIDE, _HIGH)
    made.setStyleSheet("min-width: 0; min-height: 0; padding: 0;")
    # Only what a browser shows; an address of another kind may start a program.
    made.setEnabled(address.startswith(("https://", "http://")))
    made.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
    return made


class History(QWidget):
    """What happened to a media, newest first, with Undo where that may be."""

    #: Change
    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)

    def show_overview(self, overview: MediaOverview | None) -> None:
        """Show another media's."""
        empty(self._column)
        past = () if overview is None else tuple(reversed(overview.history))
        for each in past[:_MOST]:
            assert overview is not None  # noqa: S101  # there is no past without it
            self._column.addWidget(self._entry(each, overview))
        if not past:
            words = tr("Reading…") if overview is None else tr("Nothing is written down here.")
            self._column.addWidget(label(words, "small"))

    def _entry(self, change: Change, overview: MediaOverview) -> QWidget:
        made = QWidget()
        who = overview.names.get(change.account, change.account)
        what = ElidedLabel(happened(change, overview.reasons.get(change.id or 0)), "small")
        what.setProperty("tone", "text")
        when = ElidedLabel(f"{who}, {moment(change.at)}", "caption")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(what)
        words.addWidget(when)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        if change.id in overview.undoable:
            undo = button(tr("Undo"), kind="link", small=True)
            undo.setToolTip(tr("Undoes this change, on every photo that it touched"))
            # It goes with its line once that is undone; a click leaves the keyboard where it is.
            undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            undo.clicked.connect(lambda: self.undo_wanted.emit(change))
            row.addWidget(undo)
        return made


def newest(changes: Sequence[Change], names: dict[str, str]) -> str:
    """``Alt text by Priya, Oct 12``: the head of the history; empty where there is none."""
    if not changes:
        return ""
    last = changes[-1]
    who = names.get(last.account, last.account)
    return tr("{what} by {who}, {day}").format(what=happened(last), who=who, day=day(last.at))
