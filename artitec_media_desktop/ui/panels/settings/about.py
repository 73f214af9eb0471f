"""Which version this is, and whether newer ones are looked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from .... import __version__
from ....config.resources import resource
from ....config.settings import UPDATE_FEED
from ....domain.errors import MediaError
from ...panel import Notice
from ...theme import Space
from ...widgets import FormRow, button, label
from ...widgets.section import Section

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....tasks.runner import Task

_NAME_WIDE = 144


class Updates(Section):
    """The address that is asked; empty, and nothing is ever asked."""

    def __init__(self, app: "App") -> None:
        super().__init__(self.tr("Newer versions"))
        self._app = app
        self.state = label(role="emphasis")
        words = label(
            self.tr(
                "You are told when there is a newer version. Nothing is downloaded or installed, "
                "and nothing about you or the library is sent."
            ),
            "small",
        )
        words.setWordWrap(True)
        self.address = QLineEdit(app.settings.get(UPDATE_FEED, ""))
        self.address.setPlaceholderText("https://")
        hint = self.tr("Whoever looks after Artitec Media for you knows it. Empty: off.")
        self.row = FormRow(self.tr("Address to ask"), self.address, hint, _NAME_WIDE)
        self.address.editingFinished.connect(self._typed)
        for part in (self.state, words, self.row):
            self.box.addWidget(part)
        self._show()

    def _typed(self) -> None:
        text = self.address.text().strip()
        try:
            if text:
                from ....services.updates import check_feed

                check_feed(text)
        except MediaError as error:
            self.row.set_error(error.message)
            return
        self.row.set_error("")
        self._app.settings.set(UPDATE_FEED, text)
        self._show()

    def _show(self) -> None:
        self.state.setText(
            self.tr("Check for updates: once a day")
            if self._app.settings.get(UPDATE_FEED, "")
            else self.tr("Check for updates: off")
        )


class About(Section):
    """The version, the licences, and the tour once more."""

    tour_wanted = Signal()
    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App") -> None:
        super().__init__(self.tr("About"))
        self._app = app
        self.version = label(
            self.tr("Artitec Media Desktop {version}").format(version=__version__), "emphasis"
        )
        self.copy = button(self.tr("Copy details"), "copy-simple", small=True)
        self.licences = button(self.tr("Licences"), "file-text", small=True)
        self.tour = button(self.tr("Show me around"), "map-trifold", small=True)
        self.copy.clicked.connect(self._copy)
        self.licences.clicked.connect(self._show_licences)
        self.tour.clicked.connect(self.tour_wanted)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.version, 1)
        for each in (self.copy, self.licences, self.tour):
            row.addWidget(each)
        self.box.addLayout(row)

    def _copy(self) -> None:
        self._app.runner.run(_details, self._copied, lambda _error: None)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.noticed.emit(Notice(self.tr("Versions were copied")))

    def _show_licences(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(resource("LICENSES.md"))))


def _details(_task: "Task") -> str:
    from ....config.versions import versions

    return "\n".join(f"{name}: {version}" for name, version in versions().items())
