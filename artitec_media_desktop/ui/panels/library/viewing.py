"""From the grid into the viewer, and back to where one went in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt

if TYPE_CHECKING:
    from ....bootstrap import App
    from .page import MediaPage


def open_viewer(app: "App", page: "MediaPage", key: int) -> None:
    """Show a media of the grid as large as the window."""
    from ...viewer import Viewer  # when one is looked at, not before the window is painted

    viewer = Viewer(app, page.window(), page.model, page.title, page.grid.selected_keys())
    viewer.closed.connect(lambda last: _go_to(page, last))
    viewer.open(key)


def _go_to(page: "MediaPage", key: int) -> None:
    """Where one is now is what is selected, unless it was one of several before."""
    grid = page.grid
    grid.setFocus(Qt.FocusReason.OtherFocusReason)
    row = page.model.row_of(key)
    if row is None:
        return
    index = page.model.index(row)
    flags = QItemSelectionModel.SelectionFlag
    among = grid.selectionModel().isSelected(index)
    grid.selectionModel().setCurrentIndex(index, flags.NoUpdate if among else flags.ClearAndSelect)
    grid.scrollTo(index)
