"""The group in front: pictures, strip, table, actions; what is chosen in it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ....domain.duplicates import Likeness
from ....domain.media import Media
from ...small_pictures import SmallPictures
from ...widgets import line
from .actions import Actions, SummaryLine
from .compare import Compare
from .consequences import summary
from .difference_words import table_rows
from .heads import Fate
from .members import Members
from .reading import Case, Cases, Choice, ref_of
from .table import DifferenceTable
from .tools import Tools
from .words import place, position, tr

if TYPE_CHECKING:
    from ....bootstrap import App

_TABLE_FROM: Final = 560


class GroupView(QWidget):
    """Shows a Case; what a person chooses in it is told as a Choice."""

    #: Choice: another keeper, or others go.
    chosen = Signal(object)

    def __init__(self, app: "App", cases: Cases, thumbs: SmallPictures) -> None:
        super().__init__()
        self._app = app
        self.case: Case | None = None
        self._at = 1
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.compare = Compare(app, cases.pictures)
        self.tools = Tools(self.compare)
        self.members = Members(thumbs)
        self.table = DifferenceTable()
        self.summary = SummaryLine()
        self.decisions = Actions()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.tools)
        down.addWidget(line())
        down.addWidget(self.compare, 1)
        for part in (self.members, self.table, line(), self.summary, self.decisions):
            down.addWidget(part)
        self.members.compared.connect(self.compare_with)
        self.members.toggled.connect(self.toggle)
        self.members.kept.connect(self.keep)
        self.summary.hide()
        self.show_case(None)

    # ---- what is shown

    def show_case(self, case: Case | None) -> None:
        """Turn to another group; of the same one, the same two stay compared."""
        before = self.case
        other = self.other
        self.case = case
        if case is None:
            self.members.show_case(None, 0)
            self._offer()
            return
        same = before is not None and before.group.ids == case.group.ids
        ids = [each.id for each in case.media]
        at = ids.index(other.id) if same and other is not None and other.id in ids else 1
        self._at = max(1, at)
        self.members.show_case(case, self._at)
        self._show_pair()
        self.summary.setText(summary(case))
        self._offer()

    @property
    def other(self) -> Media | None:
        """The one that the keeper is compared with."""
        case = self.case
        return case.media[self._at] if case is not None and len(case.media) > self._at else None

    def compare_with(self, row: int) -> None:
        """Compare the keeper with another one of the group."""
        if self.case is not None and 0 < row < len(self.case.media) and row != self._at:
            self._at = row
            self._show_pair()

    def step(self, by: int) -> None:
        """Compare with the next of the group, or the one before."""
        if self.case is not None and len(self.case.media) > 2:
            row = min(max(1, self._at + by), len(self.case.media) - 1)
            self.compare_with(row)
            self.members.show_case(self.case, row)

    def _show_pair(self) -> None:
        case, other = self.case, self.other
        if case is None or other is None:
            return
        keeper = case.media[0]
        fates = (Fate.KEEP, self.members.rows.fate(other))
        away = case.group.entities > 1
        places = tuple(
            place(each, case.entity(each)) if away else position(each) for each in (keeper, other)
        )
        turn = case.orientations.get(other.id, 0)
        self.compare.show_pair((keeper, other), fates, (places[0], places[1]), turn)
        self._show_differences(case, (keeper, other), fates)

    def _show_differences(
        self, case: Case, pair: tuple[Media, Media], fates: tuple[Fate, Fate]
    ) -> None:
        known = case.differences.get(pair[1].id)
        rows = table_rows(pair, known or self._app.duplicates.differences(pair))
        where = [(each.entity_type, each.entity_id, each.entity_field) for each in pair]
        same = place(pair[0], case.entity(pair[0])) if where[0] == where[1] else ""
        self.table.show_rows(rows, fates, same)

    # ---- what is chosen

    def keep(self, media: Media) -> None:
        """Another keeper; what was chosen to go stays so."""
        case = self.case
        if case is None or media.id == case.media[0].id:
            return
        trash = case.choice.trash
        if trash is not None:
            trash = (trash - {media.id}) | {case.media[0].id}
        self.chosen.emit(Choice(media.id, trash))

    def toggle(self, media: Media) -> None:
        """One of them is to stay, or to go after all."""
        case = self.case
        if case is None or media.id == case.media[0].id:
            return
        going = {each.id for each in case.merge.trashed}
        self.chosen.emit(Choice(case.choice.keeper, frozenset(going ^ {media.id})))

    def choose_all(self, all_of_them: bool) -> None:
        """All but the keeper go, or what was suggested."""
        case = self.case
        if case is None:
            return
        ids = frozenset(case.group.ids) - {case.choice.keeper}
        suggested = Choice(case.group.keeper)
        self.chosen.emit(Choice(case.choice.keeper, ids) if all_of_them else suggested)

    def exchanged(self, case: Case) -> Choice:
        """What X does: the compared one is kept, and the keeper goes in its place."""
        other = self.other
        assert other is not None  # noqa: S101  # a case has two or more
        keeper = case.media[0]
        going = {each.id for each in case.merge.trashed} - {other.id}
        # On another place and in a series it stays, unless somebody said that they are to go.
        are_copies = ref_of(keeper) == ref_of(other) and case.group.kind is not Likeness.SERIES
        if are_copies or other.id in (case.choice.trash or ()):
            going.add(keeper.id)
        return Choice(other.id, frozenset(going))

    def _offer(self) -> None:
        """What can be done now."""
        case, actions = self.case, self.decisions
        for made in (actions.accept, actions.other, actions.both, actions.never):
            made.setEnabled(case is not None)
        nothing = case is not None and case.merge.is_nothing
        actions.accept.setText(tr("Keep all and go on") if nothing else tr("Accept and go on"))
        many = case is not None and len(case.media) > 2
        actions.both.setText(tr("Keep all") if many else tr("Keep both"))
        actions.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the table makes room for the pictures."""
        super().resizeEvent(event)
        self.table.setVisible(self.height() >= _TABLE_FROM)
