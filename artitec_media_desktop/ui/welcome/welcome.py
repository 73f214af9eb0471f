"""The page of the first start: try it with the sample library, or connect to the platform."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...domain.profiles import Profile, Secret
from ..drops import DropZone
from ..profiles.env_import import EnvImport
from ..profiles.profile_form import ProfileForm
from ..theme import Space
from ..widgets import button, label
from ..widgets.disc import Disc
from ..widgets.scrolled import scrolled
from .guide import TOUR_DUE

if TYPE_CHECKING:
    from ...bootstrap import App

_CARD: Final = 332
_FORM: Final = 640


class Welcome(QStackedWidget):
    """Two cards, and in place of them the forms of a library; Esc leads back to the cards."""

    #: The sample library is to be opened.
    trial_wanted = Signal()
    #: The name of the profile that was added.
    library_wanted = Signal(str)

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.form: ProfileForm | EnvImport | None = None
        self.try_it = button(self.tr("Try it"), kind="primary")
        self.connect_it = button(self.tr("Connect…"))
        self.try_it.clicked.connect(self._try)
        self.connect_it.clicked.connect(self.show_import)
        self.addWidget(self._cards())
        drops = DropZone(self, lambda dragged, _at: len(dragged.paths) == 1)
        drops.dropped.connect(lambda dragged, _at: self._read(Path(dragged.paths[0])))

    def showEvent(self, event: QShowEvent) -> None:
        """Enter tries it."""
        super().showEvent(event)
        (self.try_it if self.form is None else self.form.first).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, the text of an .env can be pasted, the arrows go between the cards."""
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            self.show_cards()
        elif event.matches(QKeySequence.StandardKey.Paste) and self.form is None:
            self._paste()
        elif event.key() == Qt.Key.Key_Right and self.form is None:
            self.connect_it.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Left and self.form is None:
            self.try_it.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def show_cards(self) -> None:
        """The two ways again."""
        self._drop_form()
        self.connect_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_import(self) -> None:
        """Ask for the .env of the platform's server."""
        form = EnvImport(self._app)
        form.read.connect(self._found)
        by_hand = button(self.tr("No such file? Fill it in"), kind="link")
        by_hand.clicked.connect(self.show_form)
        self._show(form, by_hand)

    def show_form(self) -> None:
        """Ask for the parts of a library, one by one."""
        form = ProfileForm(self._app)
        form.ok.setText(self.tr("Save and open"))
        form.saved.connect(self._saved)
        self._show(form)

    # ---- the ways

    def _try(self) -> None:
        for each in (self.try_it, self.connect_it):
            each.setEnabled(False)
        self.try_it.setText(self.tr("Opening…"))
        self._app.settings.set(TOUR_DUE, True)
        self.trial_wanted.emit()

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.show_import()
            if isinstance(self.form, EnvImport):
                self.form.text.setPlainText(text)

    def _read(self, path: Path) -> None:
        if not isinstance(self.form, EnvImport):
            self.show_import()
        if isinstance(self.form, EnvImport):
            self.form.import_from(path)

    def _found(self, profile: Profile, secrets: dict[Secret, str]) -> None:
        self.show_form()
        if isinstance(self.form, ProfileForm):
            self.form.fill(profile, secrets)

    def _saved(self, profile: Profile, _lasting: bool) -> None:
        self._app.settings.set(TOUR_DUE, True)
        # Whoever leaves before signing in is asked to the next time, and not shown the samples.
        self._app.settings.set("profile", profile.name)
        self.library_wanted.emit(profile.name)

    # ---- what is shown

    def _show(self, form: ProfileForm | EnvImport, below: QPushButton | None = None) -> None:
        self._drop_form()
        self.form = form
        form.cancelled.connect(self.show_cards)
        held = QWidget()
        box = QVBoxLayout(held)
        box.setContentsMargins(0, Space.XL, 0, 0)
        box.setSpacing(Space.M)
        box.addWidget(label(self.tr("Connect to the platform"), "title"))
        box.addWidget(form)
        if below is not None:
            box.addWidget(below, 0, Qt.AlignmentFlag.AlignRight)
        self.addWidget(scrolled(held, _FORM, centred=True))
        self.setCurrentIndex(1)
        form.first.setFocus(Qt.FocusReason.TabFocusReason)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.form.leave()
            self.form = None
        if (held := self.widget(1)) is not None:
            self.removeWidget(held)
            held.deleteLater()

    def _cards(self) -> QWidget:
        made = QWidget()
        across = QHBoxLayout()
        across.setSpacing(Space.L)
        across.addStretch(1)
        across.addWidget(
            _card(
                "house-line",
                self.tr("Try it with the sample library"),
                self.tr(
                    "Homes and communities that are made up, in a library on this computer. "
                    "Whatever you add, change or delete stays here."
                ),
                self.try_it,
            )
        )
        across.addWidget(
            _card(
                "share-network",
                self.tr("Connect to the platform"),
                self.tr(
                    "Work on the photos and videos that everybody sees. Drop the .env file of "
                    "the platform’s server here, paste its text, or fill it in."
                ),
                self.connect_it,
            )
        )
        across.addStretch(1)
        title = label(self.tr("Welcome to Artitec Media"), "title")
        words = label(self.tr("Which library shall it be? You can always add others."), "muted")
        later = label(self.tr("Libraries are changed in the settings."), "small")
        box = QVBoxLayout(made)
        box.addStretch(2)
        for part, gap in ((title, Space.XS), (words, Space.XL)):
            box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            box.addSpacing(gap)
        box.addLayout(across)
        box.addSpacing(Space.L)
        box.addWidget(later, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        return made


def _card(icon_name: str, title: str, text: str, action: QPushButton) -> QFrame:
    made = QFrame()
    made.setProperty("ground", "card")
    made.setFixedWidth(_CARD)
    made.setAccessibleName(title)
    action.setAccessibleDescription(f"{title}. {text}")
    box = QVBoxLayout(made)
    box.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
    box.setSpacing(Space.S)
    box.addWidget(Disc(icon_name))
    box.addSpacing(Space.XS)
    box.addWidget(label(title, "section"))
    box.addWidget(_wrapped(text))
    box.addStretch(1)
    box.addSpacing(Space.S)
    box.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _wrapped(text: str) -> QLabel:
    words = label(text, "muted")
    words.setWordWrap(True)
    wide = _CARD - 2 * Space.XL - 2
    words.ensurePolished()  # or its height would be that of another font
    words.setMinimumHeight(words.heightForWidth(wide))
    return words
