"""Starts the tour: once after the first start, and whenever somebody asks for it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ...bootstrap import App
    from ..main_window import MainWindow
    from .tour import Tour

#: The setting that asks for the tour once a library is open.
TOUR_DUE: Final = "tour/due"


class Guide(QObject):
    """Knows what the tour tells of; the window shows it."""

    def __init__(self, app: "App", window: "MainWindow") -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self.tour: Tour | None = None
        window.session.opened.connect(self._opened)

    def start(self) -> None:
        """Show it from the beginning, over the library."""
        if self.tour is not None or not self._window.is_open:
            return
        from .tour import Step, Tour

        self._app.settings.set(TOUR_DUE, False)
        window = self._window
        window.show_page("library")
        steps = (
            Step(
                self.tr("A place, then the files"),
                self.tr(
                    "Choose a home or a community here. Then drop photos and videos on its page, "
                    "from a folder, a mail or a browser. They can also be dropped right here, on "
                    "a name."
                ),
                lambda: [] if window.current_panel is None else [window.current_panel.landmark()],
            ),
            Step(
                self.tr("The queue never forgets"),
                self.tr(
                    "Whatever you add goes through Uploads. If the line breaks or the computer is "
                    "turned off, it goes on where it was. What needs you waits there."
                ),
                lambda: [window.rail.buttons["uploads"]],
            ),
            Step(
                self.tr("All by keyboard"),
                self.tr(
                    "Ctrl+K finds every command and every place. ? shows the keys of the page "
                    "that you are on. Try one now."
                ),
                lambda: window.status.keys,
            ),
        )
        self.tour = Tour(window, steps, ("Ctrl+K", "?", "Ctrl+Q"))
        self.tour.destroyed.connect(self._over)
        self.tour.open()

    def _opened(self) -> None:
        if self._app.settings.get(TOUR_DUE, False):
            QTimer.singleShot(0, self, self.start)  # once the page is there

    def _over(self) -> None:
        self.tour = None
