"""The facts of an item: what it is, where, by whom, since when."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from .....domain.moderation import Policy, Waiting
from .....domain.review_facts import ItemFacts
from ....theme import Space
from ....widgets import Flow, label
from ..facts_words import (
    LONG,
    age,
    breakable,
    file_line,
    lasting,
    look_text,
    moment,
    person,
    reason_text,
    slot_name,
)
from ..parts import Link, MarkedLine, Pill, Section, fact_row, wrapped
from ..words import tr

_TICK_MS: Final = 30_000


class Facts(QWidget):
    """Title, caption, why it is here, and a row a fact."""

    #: EntityRef
    place_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._item: Waiting | None = None
        self._facts: ItemFacts | None = None
        self._policy = Policy()
        self.title, self.caption = wrapped("strong"), wrapped()
        self.second, self.alike = MarkedLine(), MarkedLine()
        self.place, self.slot, self.by = Link(), label("", "muted"), wrapped()
        self.when, self.waiting, self.file = wrapped(), Pill(), wrapped()
        self.alt, self.location = wrapped(), MarkedLine()
        self.place.clicked.connect(self._open_place)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tell_age)
        self._lay_out()

    def show_item(self, item: Waiting | None, policy: Policy) -> None:
        """Say what the item itself knows; the names come with ``show_facts``."""
        self._item, self._facts, self._policy = item, None, policy
        if item is None:
            return
        one = item.media
        self.title.setText(breakable(one.original_filename))
        caption = (one.caption or "").strip()
        self.caption.setText(breakable(tr("“{text}”").format(text=caption)) if caption else "")
        self.caption.setVisible(bool(caption))
        self.second.say(look_text(item), "users", "info")
        self.alike.say("")
        self.place.say("")
        self.place.setEnabled(False)
        self.slot.setText(slot_name(one))
        self.by.setText("…")
        self.when.setText(moment(one.created_at) if one.created_at is not None else "")
        self.file.setText(breakable(file_line(one)))
        alt = (one.alt_text or "").strip()
        self.alt.setText(breakable(alt or tr("None yet")))
        self.location.say("…", "", "muted", "muted")
        self._tell_age()

    def show_facts(self, facts: ItemFacts) -> None:
        """Say the names, the location, and what it looks like."""
        self._facts = facts
        self.place.say(facts.entity_name or tr("an entity that is gone"))
        self.place.setEnabled(facts.entity_ref is not None)
        self.by.setText(breakable(person(facts.uploader_name, facts.uploader_role)))
        if facts.gps_removed is None:
            self.location.say(tr("Not known"), "", "muted", "muted")
        elif facts.gps_removed:
            words = tr("GPS data was removed")
            self.location.say(words, "check", "success", "success")
        else:
            self.location.say(tr("None in the file"), "", "muted", "text")
        bad = facts.known_bad
        if bad is not None:
            words = tr("Looks like a rejected picture")
            if why := reason_text(bad.reason, self._policy):
                words = tr("{words}: {reason}").format(words=words, reason=why)
            self.alike.say(words, "warning", "warning")

    def _tell_age(self) -> None:
        if self._item is not None:
            waited = age(self._item.since)
            self.waiting.say(lasting(waited), urgent=waited > LONG)

    def _open_place(self) -> None:
        if self._facts is not None and self._facts.entity_ref is not None:
            self.place_wanted.emit(self._facts.entity_ref)

    def showEvent(self, event: QShowEvent) -> None:
        """Ages grow while they are looked at."""
        super().showEvent(event)
        self._tell_age()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self) -> None:
        rows = Section()
        for row in (
            fact_row(tr("Posted in"), _in_lines(self.place, self.slot)),
            fact_row(tr("By"), self.by),
            fact_row(tr("When"), self.when),
            fact_row(tr("Waiting"), self.waiting),
            fact_row(tr("File"), self.file),
            fact_row(tr("Alt text"), self.alt),
            fact_row(tr("Location"), self.location),
        ):
            rows.body.addWidget(row)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(Space.S)
        for part in (self.title, self.caption, self.second, self.alike):
            down.addWidget(part)
        down.addWidget(rows)


def _in_lines(*parts: QWidget) -> QWidget:
    """Side by side where there is room, else one below the other."""
    made = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    lines = Flow(Space.XS)
    for each in parts:
        lines.addWidget(each)
    made.setLayout(lines)
    return made
