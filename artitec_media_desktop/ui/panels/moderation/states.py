"""What stands where there is no picture to be decided: why, and what to do."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QLocale, QTime
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ....domain.errors import Forbidden, MediaError, Transient
from ....domain.review_queue import QueueFilter
from ...upload_words import number
from ...widgets import EmptyState, button
from ...widgets.key_button import KeyButton
from .session import Session
from .words import tr


def show_state(
    state: EmptyState,
    session: Session,
    last: str,
    try_again: Callable[[], None],
    show_all: Callable[[], None],
) -> None:
    """``last`` says what was decided last, ``show_all`` takes the filter off."""
    if session.error is None and session.is_resting:
        go_on = KeyButton(tr("Go on"), "Return", "primary")
        go_on.clicked.connect(try_again)
        words = tr("Nothing is held for you. Others may look at what waits.")
        state.show_state("coffee", tr("Take your time"), words, buttons=[go_on])
    elif session.error is not None:
        _show_error(state, session.error, try_again)
    elif not session.is_at_end:
        words = tr("The oldest item comes first.")
        state.show_state("shield-check", tr("Looking for what waits"), words)
    elif session.held.until is not None:
        _show_held(state, session, session.held.until)
    elif session.filter != QueueFilter(by_score=session.filter.by_score):
        every = button(tr("Show all that waits"), "funnel")
        every.clicked.connect(show_all)
        words = tr("What waits besides is left out by the filter.")
        state.show_state("funnel", tr("Nothing waits in this filter"), words, buttons=[every])
    elif session.passed:
        words = tr("What you flagged waits for somebody else.")
        state.show_state("check-circle", tr("Nothing else waits"), words, "success")
    else:
        words = last or tr("New items come here by themselves.")
        state.show_state("check-circle", tr("Nothing waits"), words, "success")


def _show_held(state: EmptyState, session: Session, until: datetime) -> None:
    held = session.held
    one, many = "{count} is held elsewhere until {time}", "{count} are held elsewhere until {time}"
    count, local = held.own + held.others, until.astimezone()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    words = tr(one if count == 1 else many).format(count=number(count), time=time)
    left = tr("What is not decided by then comes here by itself.")
    over = KeyButton(tr("Take over my own"), "Return", "primary")
    over.clicked.connect(session.take_over)
    if held.own:
        theirs = tr("Another window of yours holds {count}. If it is gone, take them over.")
        left = theirs.format(count=number(held.own))
    state.show_state("users", words, left, buttons=[over] if held.own else [])


def _show_error(state: EmptyState, error: MediaError, try_again: Callable[[], None]) -> None:
    if isinstance(error, Forbidden):
        state.show_state("lock-simple", tr("You can't decide here"), error.message, "warning")
        return
    passes = isinstance(error, Transient)
    title = tr("The library did not answer") if passes else tr("The queue could not be read")
    icon, tone = ("wifi-slash", "warning") if passes else ("warning-circle", "danger")
    state.show_state(icon, title, error.message, tone, _ways_on(error, try_again))


def _ways_on(error: MediaError, try_again: Callable[[], None]) -> list[QPushButton]:
    again = KeyButton(tr("Try again"), "Return", "primary", "arrow-clockwise")
    again.clicked.connect(try_again)
    copy = button(tr("Copy details"), "copy-simple")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
    return [again, copy]
