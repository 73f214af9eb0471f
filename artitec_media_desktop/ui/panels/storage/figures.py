"""Everything the storage page shows, read in a worker, and the bars that are made of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ....domain.entities import Entity, EntityType
from ....domain.limits import MB, size_text
from ....domain.media import MediaType
from ....domain.search import Search, Term
from ...chart import Bar, Part
from ...status_words import status_word
from .words import STATUSES, files, month, place, share

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.analytics import Analytics, Group
    from ....services.counting import Counted

#: Originals above this many bytes are larger than most screens need.
LARGE: Final = 8 * MB
_MONTHS: Final = 12
_KINDS: Final = ((MediaType.IMAGE, "chart1"), (MediaType.VIDEO, "chart2"))


@dataclass(frozen=True, slots=True)
class Figures:
    """``scope`` is the entity type that is meant, None for all."""

    scope: EntityType | None
    at: datetime
    sums: "Analytics"
    places: "list[tuple[Entity, Group]]"
    trash: tuple[int, int]
    large: tuple[int, int]
    counted: "Counted | None"

    @property
    def smaller_bytes(self) -> int:
        """The smaller sizes, as the store was counted last."""
        if self.counted is None:
            return 0
        if self.scope is not None:
            return self.counted.smaller.get(self.scope, 0)
        return sum(self.counted.smaller.values())

    def scoped(self, *terms: tuple[str, str]) -> Search:
        """What finds media by these fields within the scope."""
        scope = (("entity", self.scope.value),) if self.scope is not None else ()
        return Search(tuple(Term(field, (value,)) for field, value in (*scope, *terms)))

    def of_kind(self, kind: MediaType) -> tuple[int, int]:
        """The number and the bytes of all images or videos."""
        found = [e for e in self.sums.by_entity_and_type if e.key[1] == kind.value]
        return sum(e.count for e in found), sum(e.total_bytes for e in found)

    def of_month(self, text: str) -> tuple[int, int]:
        """What was added in ``2026-10``."""
        found = [each for each in self.sums.by_month if each.key[0] == text]
        return sum(e.count for e in found), sum(e.total_bytes for e in found)

    def by_place(self) -> list[Bar]:
        """A bar an entity type, the largest first."""
        smaller = {} if self.counted is None else self.counted.smaller
        sums: dict[str, dict[str, Group]] = {}
        for each in self.sums.by_entity_and_type:
            sums.setdefault(each.key[0] or "", {})[each.key[1] or ""] = each
        bars = []
        for kind, found in sums.items():
            parts = [Part(ink, found[m.value].total_bytes) for m, ink in _KINDS if m.value in found]
            parts += [Part("chart3", smaller[kind])] if smaller.get(kind) else []
            count, total = sum(e.count for e in found.values()), sum(e.value for e in parts)
            words = f"{place(kind)}: {files(count)}, {size_text(total)}"
            search = Search((Term("entity", (kind,)),)) if kind in set(EntityType) else None
            bars.append(Bar(place(kind), tuple(parts), count, total, words, search))
        return sorted(bars, key=lambda bar: -bar.total_bytes)

    def by_month(self, today: datetime | None = None) -> list[Bar]:
        """The last twelve months, this one last."""
        now = today or datetime.now(UTC)
        last = now.year * 12 + now.month - 1
        found = {each.key: each for each in self.sums.by_month_and_type}
        bars = []
        for at in range(last - _MONTHS + 1, last + 1):
            text = f"{at // 12}-{at % 12 + 1:02}"
            groups = {kind: found.get((text, kind.value)) for kind, _ in _KINDS}
            parts = [
                Part(ink, group.total_bytes)
                for kind, ink in _KINDS
                if (group := groups[kind]) is not None
            ]
            count, total = self.of_month(text)
            words = f"{month(text, short=False)}: {files(count)}, {size_text(total)}"
            search = self.scoped(("added", text)) if count else None
            bars.append(Bar(month(text), tuple(parts), count, total, words, search))
        return bars

    def by_status(self) -> list[Bar]:
        """How many files there are of each status, in the order of the legend."""
        found = {each.key[0]: each for each in self.sums.by_status}
        bars = []
        for status, ink in STATUSES.items():
            group = found.get(status)
            count, total = (group.count, group.total_bytes) if group else (0, 0)
            words = f"{status_word(status)}, {share(count, self.sums.total_files)}"
            search = self.scoped(("status", status)) if count else None
            spoken = f"{files(count)} {words}"
            bars.append(Bar(words, (Part(ink, count),), count, total, spoken, search))
        return bars


def read(app: "App", scope: EntityType | None) -> Figures:
    """Ask for all of it; for a worker. Raises MediaError."""
    trash = app.trash_listing.page("", 1)
    return Figures(
        scope,
        datetime.now(UTC),
        app.analytics.run(scope),
        app.analytics.places(6, scope),
        (trash.total, trash.total_bytes),
        app.analytics.larger_than(LARGE, scope),
        app.counting.last(),
    )
