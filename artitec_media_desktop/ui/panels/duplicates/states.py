"""What stands where there is no group to be compared: why, and what to do."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from ....domain.errors import MediaError, Transient
from ....domain.limits import size_text
from ...widgets import EmptyState, button
from .clean_up import CleanUp
from .words import counted, tr


def show_state(
    state: EmptyState,
    clean_up: CleanUp,
    lower: Callable[[], None],
    compute: Callable[[], None],
    *,
    is_computing: bool,
) -> None:
    """``lower`` lets look-alikes be further apart, ``compute`` makes fingerprints."""
    if clean_up.error is not None:
        show_error(state, clean_up.error, clean_up.compare)
    elif clean_up.is_comparing:
        words = tr("All fingerprints are compared with each other. A large library takes a moment.")
        state.show_state("copy-simple", tr("Looking for copies"), words)
    elif clean_up.comparison is None:
        start = button(tr("Compare"), "copy-simple", "primary")
        start.clicked.connect(clean_up.compare)
        words = tr("Groups of copies are listed here once everything was compared.")
        state.show_state("copy-simple", tr("Nothing was compared yet"), words, buttons=[start])
    elif clean_up.done:
        words = counted(clean_up.done, "{count} group was decided", "{count} groups were decided")
        freed = tr("{size} freed").format(size=size_text(clean_up.freed))
        again = button(tr("Compare again"), "arrow-clockwise")
        again.clicked.connect(clean_up.compare)
        state.show_state(
            "check-circle", tr("All done"), f"{words}, {freed}.", "success", buttons=[again]
        )
    elif is_computing:
        words = tr("All is compared again once they are there. What is stopped goes on next time.")
        state.show_state("fingerprint", tr("Computing fingerprints"), words)
    elif clean_up.comparison.unprinted:
        _show_unprinted(state, clean_up.comparison.unprinted, compute)
    else:
        _show_none(state, clean_up, lower)


def show_error(state: EmptyState, error: MediaError, try_again: Callable[[], None]) -> None:
    """It could not be compared, or a group could not be read."""
    again = button(tr("Try again"), "arrow-clockwise", "primary")
    again.clicked.connect(try_again)
    copy = button(tr("Copy details"), "copy-simple")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
    passes = isinstance(error, Transient)
    state.show_state(
        "wifi-slash" if passes else "warning-circle",
        tr("The library did not answer") if passes else tr("It could not be compared"),
        error.message,
        "warning" if passes else "danger",
        [again, copy],
    )


def _show_unprinted(state: EmptyState, count: int, compute: Callable[[], None]) -> None:
    one = "{count} file has no fingerprint yet, so it was not compared."
    many = "{count} files have no fingerprint yet, so they were not compared."
    start = button(tr("Compute fingerprints"), "fingerprint", "primary")
    start.clicked.connect(compute)
    words = counted(count, one, many)
    state.show_state("fingerprint", tr("No duplicates so far"), words, buttons=[start])


def _show_none(state: EmptyState, clean_up: CleanUp, lower: Callable[[], None]) -> None:
    words = tr("No two of them are alike at {count} of 64 bits.").format(count=clean_up.threshold)
    further = button(tr("Look further apart"), "sliders-horizontal")
    further.clicked.connect(lower)
    state.show_state("check-circle", tr("No duplicates here"), words, "success", buttons=[further])
