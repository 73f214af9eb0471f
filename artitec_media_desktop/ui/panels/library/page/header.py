"""The upper part of the page: what is shown, and what can be done with it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from .....domain.entities import Entity
from .....domain.overview import EntityOverview
from .....domain.permissions import ALLOWED, Decision
from ....entity_words import singular
from ....theme import Height, Icon, Space, icon
from ....widgets import ElidedLabel, button, menu
from ..words import library_subtitle, page_subtitle, place_of, tr

_TITLE_TOP = 10


class PageHeader(QWidget):
    """Title, facts, Add files, and a menu of the rest."""

    #: Choose files (False) or a folder (True).
    files_wanted = Signal(bool)
    paste_wanted = Signal()
    copy_id_wanted = Signal()
    reload_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(Height.HEADER)
        self.title = ElidedLabel("", "title")
        self.subtitle = ElidedLabel("", "small")
        self.title.setFixedHeight(28)
        self.subtitle.setFixedHeight(16)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        words.addStretch(1)
        self.add = add = button(tr("Add files"), "plus", "primary")
        add.clicked.connect(lambda: self.files_wanted.emit(False))
        more = button("", "dots-three")
        more.setIconSize(QSize(Icon.ROW, Icon.ROW))
        more.setFixedWidth(Height.BUTTON)
        more.setStyleSheet("padding: 0;")
        more.setAccessibleName(tr("More"))
        more.setToolTip(tr("More"))
        more.setMenu(self._menu(more))
        self.set_may_add(ALLOWED)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, _TITLE_TOP, Space.PANEL, 0)
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        for each in (add, more):
            row.addSpacing(Space.XS if each is add else 0)
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
            each.setContentsMargins(0, 0, 0, 0)

    def show_entity(self, entity: Entity) -> None:
        """What is known before the overview is read."""
        self._copy.setVisible(True)
        self.title.setText(entity.name)
        self.subtitle.setText(f"{singular(entity.ref.type)} · {place_of(entity)}")

    def show_overview(self, overview: EntityOverview) -> None:
        """With the number and size of its files."""
        self.title.setText(overview.entity.name)
        self.subtitle.setText(page_subtitle(overview))

    def show_all(self, total: int | None = None) -> None:
        """The whole library, once it is known with how many files."""
        self.title.setText(tr("All media"))
        self._copy.setVisible(False)
        self.subtitle.setText(library_subtitle(total))

    def offer_adding(self, offered: bool) -> None:
        """Files are added to a slot; of a wider scope nobody knows which one is meant."""
        self.add.setVisible(offered)
        for each in (self._folder, self._paste):
            each.setVisible(offered)

    def set_may_add(self, may_add: Decision) -> None:
        """Offer to add files, or say on hover why not."""
        for each in (self.add, self._folder, self._paste):
            each.setEnabled(may_add.allowed)
            each.setToolTip(may_add.reason)
        if may_add:
            self.add.setToolTip(f"{tr('Add files')}  {_native('Ctrl+O')}")

    def _menu(self, parent: QWidget) -> QMenu:
        made = menu(parent)
        self._folder = folder = made.addAction(icon("folder-open"), tr("Add a folder…"))
        folder.triggered.connect(lambda: self.files_wanted.emit(True))
        self._paste = paste = made.addAction(icon("clipboard-text"), tr("Paste"))
        paste.triggered.connect(lambda: self.paste_wanted.emit())
        # Shown here; the keys themselves belong to the whole page.
        paste.setShortcut(QKeySequence("Ctrl+V"))
        paste.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.addSeparator()
        self._copy = copy = made.addAction(icon("copy-simple"), tr("Copy ID"))
        copy.triggered.connect(lambda: self.copy_id_wanted.emit())
        again = made.addAction(icon("arrow-clockwise"), tr("Refresh"))
        again.triggered.connect(lambda: self.reload_wanted.emit())
        again.setShortcut(QKeySequence("F5"))
        again.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return made


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
