"""What stands where there is no picture to be decided: why, and what to do."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ....domain.errors import Forbidden, MediaError, Transient
from ....domain.review_queue import QueueFilter
from ...widgets import EmptyState, button
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
    if session.error is None and not session.is_on:
        go_on = button(tr("Go on"), kind="primary")
        go_on.clicked.connect(try_again)
        words = tr("Nothing is held for you. Others may look at what waits.")
        state.show_state("coffee", tr("Take your time"), words, buttons=[go_on])
    elif session.error is not None:
        _show_error(state, session.error, try_again)
    elif not session.is_at_end:
        words = tr("The oldest item comes first.")
        state.show_state("shield-check", tr("Looking for what waits"), words)
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


def _show_error(state: EmptyState, error: MediaError, try_again: Callable[[], None]) -> None:
    if isinstance(error, Forbidden):
        state.show_state("lock-simple", tr("You can't decide here"), error.message, "warning")
        return
    passes = isinstance(error, Transient)
    title = tr("The library did not answer") if passes else tr("The queue could not be read")
    icon, tone = ("wifi-slash", "warning") if passes else ("warning-circle", "danger")
    state.show_state(icon, title, error.message, tone, _ways_on(error, try_again))


def _ways_on(error: MediaError, try_again: Callable[[], None]) -> list[QPushButton]:
    again = button(tr("Try again"), "arrow-clockwise", "primary")
    again.clicked.connect(try_again)
    copy = button(tr("Copy details"), "copy-simple")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
    return [again, copy]
