"""What accepting all exact copies would do, before anything is done."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ....domain.duplicates import Outcome, Report, ReportLine
from ....domain.limits import size_text
from ...theme import Height, Space
from ...widgets import ProgressStrip, button, label
from .words import counted, tr

if TYPE_CHECKING:
    from ....tasks.runner import Task

_SIZE: Final = QSize(560, 480)
Index = QModelIndex | QPersistentModelIndex


class ReportModel(QAbstractListModel):
    """The lines of a report; words are made for those in view."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ReportLine, ...] = ()

    def show_report(self, report: Report) -> None:
        """Replace them; what is kept needs no line of its own."""
        self.beginResetModel()
        self._lines = tuple(each for each in report.lines if each.outcome is not Outcome.KEPT)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One a file."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What becomes of a file."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, Height.TREE_ROW)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _words(self._lines[index.row()])
        return None


class BatchDialog(QDialog):
    """Counts first; Enter does nothing before it has been counted."""

    #: Report: is to be saved.
    save_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Accept all exact copies"))
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.report: Report | None = None
        self._task: Task | None = None
        self.title = label(tr("Counting the copies"), "title")
        self.text = label(role="muted")
        self.text.setWordWrap(True)
        self.lines = ReportModel()
        self.list = QListView()
        self.list.setModel(self.lines)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("ground", "surface")
        self.list.setAccessibleName(tr("What becomes of each file"))
        self.strip = ProgressStrip()
        self.save = button(tr("Save as CSV…"), "download-simple")
        self.cancel = button(tr("Cancel"))
        self.go = button(tr("Accept"), kind="primary")
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.report))
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.strip.cancel.clicked.connect(self.reject)
        for made in (self.save, self.go):
            made.setEnabled(False)
        self._lay_out()

    def watch(self, task: "Task") -> None:
        """What is stopped when it is closed while counting."""
        if self.report is None:
            self._task = task
            self.strip.begin(tr("Counting"))
            self.strip.watch(task)
            self.finished.connect(self._stop)

    def tell(self, done: int, total: int, text: str = "") -> None:
        """So many are counted."""
        self.strip.tell(done, total, text)

    def show_report(self, report: Report) -> None:
        """Say what would be done."""
        self.report, self._task = report, None
        self.strip.end()
        self.lines.show_report(report)
        groups = counted(report.resolved, "{count} group", "{count} groups")
        if not report.trashed:
            self.title.setText(tr("No exact copies to accept"))
            self.text.setText(tr("Copies on different places are decided one by one."))
            self.list.hide()
            self.save.hide()
            self.adjustSize()
            return
        self.title.setText(tr("Accept {groups}?").format(groups=groups))
        goes = counted(report.trashed, "{count} file goes to Trash", "{count} files go to Trash")
        freed = tr("{size} freed").format(size=size_text(report.freed_bytes))
        words = tr("In each, one file with the same bytes stays, with all roles, text and tags.")
        stays = tr("Copies on other places stay. It can be undone as a whole.")
        self.text.setText(f"{goes} · {freed}\n{words} {stays}")
        self.go.setText(tr("Accept {groups}").format(groups=groups))
        for made in (self.save, self.go):
            made.setEnabled(True)
        self.go.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        down.setSpacing(Space.M)
        for part in (self.title, self.text):
            down.addWidget(part)
        down.addWidget(self.list, 1)
        down.addWidget(self.strip)
        down.addLayout(foot)
        self.resize(_SIZE)


def _words(line: ReportLine) -> str:
    fates = {
        Outcome.TRASHED: tr("to Trash"),
        Outcome.LEFT: tr("stays"),
        Outcome.FAILED: tr("not done"),
        Outcome.KEPT: tr("kept"),
    }
    parts = (line.media.original_filename, fates[line.outcome], size_text(line.media.file_size))
    return " · ".join(filter(None, (*parts, line.note)))
