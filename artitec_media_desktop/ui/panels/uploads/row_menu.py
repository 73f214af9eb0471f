"""The context menu of the uploads: what can be done about the files that are chosen, in words."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ....domain.uploads import UploadItem
from ...upload_words import tr
from ...widgets import menu
from .actions import able

#: Name of the action (empty: a line), words, key, why it is greyed.
_ENTRIES = (
    ("show", "Show in Library", "Return", "No place was chosen yet."),
    ("reveal", "Show in folder", "", ""),
    ("", "", "", ""),
    ("pause", "Pause", "Space", "Only what waits or is being added can be paused."),
    ("resume", "Go on", "Space", "Nothing of this is paused."),
    ("first", "Upload next", "Alt+Home", "Only what waits has an order."),
    ("last", "Upload last", "Alt+End", "Only what waits has an order."),
    ("place", "Change place…", "G", "What is being added or is finished stays where it is."),
    ("", "", "", ""),
    ("compare", "Compare…", "", "None of this looks like a picture that is here."),
    ("retry", "Try again", "", "Nothing of this failed that could end differently now."),
    ("copy", "Copy error", "Ctrl+C", "Nothing of this has an error."),
    ("", "", "", ""),
    ("cancel", "Cancel", "Del", "All of this is finished."),
)


def row_menu(
    parent: QWidget, items: Sequence[UploadItem], act: Callable[[str, Sequence[UploadItem]], None]
) -> QMenu:
    """Made anew each time it is opened; what can't be done is greyed, with the reason on hover."""
    made = menu(parent)
    made.setToolTipsVisible(True)
    # One of a pair is enough, and most files look like nothing else.
    left_out = {name for name in ("resume", "compare") if not able(name, items)}
    if "resume" not in left_out and not able("pause", items):
        left_out.add("pause")
    for name, words, keys, why_not in _ENTRIES:
        if not name:
            made.addSeparator()
            continue
        if name in left_out:
            continue
        action = made.addAction(tr(words), partial(act, name, items))
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setEnabled(bool(able(name, items)))
        action.setToolTip("" if action.isEnabled() else tr(why_not))
    return made
