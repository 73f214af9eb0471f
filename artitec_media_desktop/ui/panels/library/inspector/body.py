"""What the inspector shows between its head and its foot: pictures, facts, fields, sections."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .....domain.entities import EntityRef
from .....domain.limits import ALT_TEXT_LENGTH, size_text
from .....domain.media import Media
from .....domain.overview import MediaOverview
from .....domain.selection import Selection, Values
from .....domain.slots import find_slot
from ....status_words import status_in_a_sentence, status_word
from ....theme import Height, Space, Width
from ....widgets import ElidedLabel, label, line
from ....widgets.flow import Flow
from ..thumbnails import Thumbnails
from . import facts
from .draft import Draft
from .parts import Pill, ValueRow
from .place_row import PlaceButton
from .previews import Previews
from .reading import Read, place_of
from .roles import RoleRow, VisibilityField
from .rows import History, fill_facts, fill_variants, newest
from .section import Section
from .tags_field import TagsField
from .text_field import TextField
from .words import STATUSES, counted, day, mixed, number, tr

if TYPE_CHECKING:
    from .....bootstrap import App


class Body(QWidget):
    """Shows a Read and a Draft; says what a person does to them."""

    #: A column and its new value; None for no text on any of them.
    edited = Signal(str, object)
    #: Tags to be put on and to be taken off.
    tags_edited = Signal(object, object)

    def __init__(self, app: "App", thumbnails: Thumbnails) -> None:
        super().__init__()
        self._shown_variants: Media | None = None
        self._overview: MediaOverview | None = None
        self._media: Media | None = None
        self.previews = Previews(app, thumbnails)
        self.place = PlaceButton()
        self.alt_text = TextField(tr("Alt text"), ALT_TEXT_LENGTH, lines=2)
        self.caption = TextField(tr("Caption"))
        self.tags = TagsField(app)
        self.role = RoleRow()
        self.visibility = VisibilityField()
        self.camera = Section(app, "camera", tr("Camera"))
        self.file = Section(app, "file", tr("File"))
        self.variants = Section(app, "variants", tr("Variants"))
        self.past = Section(app, "history", tr("History"))
        self.history = History()
        self.past.content.addWidget(self.history)
        self._sections = (self.camera, self.file, self.variants, self.past)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._statuses = QWidget()
        self._status_flow = Flow(Space.XS, self._statuses)
        air = (Height.SECTION - Height.BADGE) // 2
        self._status_flow.setContentsMargins(0, air, 0, air)
        self._decided = ElidedLabel("", "caption")
        self._file = ElidedLabel("")
        self._order = label("")
        self._gaps = label("", "small")
        self._file_row = ValueRow(tr("File"), self._file)
        self._order_row = ValueRow(tr("Order"), self._order, self._gaps)
        self._only_one = ValueRow(
            tr("Primary"), ElidedLabel(tr("Choose one photo to set this"), "muted")
        )
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(ValueRow(tr("Slot"), self.place))
        rows.addWidget(ValueRow(tr("Status"), self._statuses, self._decided))
        rows.addWidget(self._file_row)
        rows.addWidget(self._order_row)
        column = QVBoxLayout(self)
        bar = Width.SCROLL_BAR + 4  # it has its room beside this, see ``Scrolled``
        column.setContentsMargins(Space.PANEL, Space.S, Space.PANEL - bar, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.previews)
        column.addLayout(rows)
        column.addWidget(line())
        for each in (self.alt_text, self.caption, self.tags, self.visibility, self.role):
            column.addWidget(each)
        column.addWidget(self._only_one)
        column.addWidget(line())
        sections = QVBoxLayout()
        sections.setSpacing(0)
        for section in self._sections:
            sections.addWidget(section)
        column.addLayout(sections)
        column.addStretch(1)

    def _connect(self) -> None:
        self.alt_text.edited.connect(lambda text: self.edited.emit("alt_text", text))
        self.caption.edited.connect(lambda text: self.edited.emit("caption", text))
        self.alt_text.emptied.connect(lambda: self.edited.emit("alt_text", None))
        self.caption.emptied.connect(lambda: self.edited.emit("caption", None))
        self.visibility.edited.connect(lambda value: self.edited.emit("is_public", value))
        self.role.edited.connect(lambda value: self.edited.emit("is_primary", value))
        self.tags.edited.connect(self.tags_edited)
        for section in self._sections:
            section.unfolded.connect(self._fill_sections)

    # ---- showing

    def show_read(
        self,
        read: Read,
        draft: Draft,
        order: tuple[int, int, int] | None,
        name_of: Callable[[EntityRef], str] | None,
    ) -> None:
        """``order``: the first and last number, and of how many; None where there is none."""
        selection, only = read.selection, None if read.is_sample else read.selection.only
        self._media, self._overview = only, read.overview
        self.previews.show_media(list(selection.media.values()))
        self.place.show_places(selection, read.count, name_of)
        self._show_statuses(selection, only, read.overview)
        self._file_row.setVisible(only is not None)
        self._file.setText("" if only is None else facts.short(only))
        self._show_order(read, order)
        self._only_one.setVisible(only is None)
        self.role.setVisible(only is not None)
        for section in self._sections:
            section.setVisible(only is not None)
        self.show_draft(read, draft)
        self._fill_sections()

    def show_draft(self, read: Read, draft: Draft) -> None:
        """The fields: what is typed, else what the library has."""
        selection, values = read.selection, draft.values
        hints = {"alt_text": tr("What is to be seen, for those who can't see it")}
        hints |= {"caption": tr("Shown under the photo on the listing")}
        for name, field in (("alt_text", self.alt_text), ("caption", self.caption)):
            column: Values[str] = getattr(selection, name)
            text = values.get(name, "" if read.is_sample else column.common or "")
            hint = tr("Typing here replaces all of them.") if read.is_sample else mixed(column)
            may_empty = bool(hint) and text is not None
            hint = hint if text is not None else tr("Will be empty on all of them")
            field.show_text(text or "", hint or hints[name], may_empty=may_empty)
        tags: Values[str] = Values() if read.is_sample else selection.tags
        self.tags.show_tags(tags, read.count, draft.added, draft.removed)
        public: Values[bool] = Values() if read.is_sample else selection.is_public
        self.visibility.show_values(public, values.get("is_public"))
        if selection.only is not None:
            self._show_role(selection.only, values)
        self.show_changed(draft)

    def show_changed(self, draft: Draft) -> None:
        """Which fields are touched."""
        touched = set(draft.columns)
        self.alt_text.set_changed("alt_text" in touched)
        self.caption.set_changed("caption" in touched)
        self.tags.set_changed("tags" in touched)
        self.visibility.set_changed("is_public" in touched)
        self.role.set_changed("is_primary" in touched)

    def set_editable(self, editable: bool) -> None:
        """Whether anything may be written."""
        for each in (self.alt_text, self.caption, self.tags, self.visibility, self.role):
            each.setEnabled(editable)
        self.place.setEnabled(editable)

    def _show_role(self, only: Media, values: Mapping[str, Any]) -> None:
        ref = place_of(only.entity_type, only.entity_id)
        slot = None if ref is None else find_slot(ref.type, only.entity_field or "")
        primary = bool(values.get("is_primary", only.is_primary))
        self.role.show_role(primary, is_free=slot is not None and not slot.single)

    def _show_statuses(
        self, selection: Selection, only: Media | None, overview: MediaOverview | None
    ) -> None:
        shown = selection.statuses.items()
        while self._status_flow.count() < len(shown):
            self._status_flow.addWidget(Pill())
        pills = self._statuses.findChildren(Pill)
        for pill in pills[len(shown) :]:
            pill.hide()
        for pill, (status, count) in zip(pills, shown, strict=False):
            mark, tone = STATUSES[status]
            word = status_in_a_sentence(status)
            text = f"{number(count)} {word}" if only is None else status_word(status)
            pill.show_look(text, tone, mark)
            pill.show()
        self._decided.setText("" if only is None or overview is None else _decided(only, overview))
        self._decided.setVisible(bool(self._decided.text()))

    def _show_order(self, read: Read, order: tuple[int, int, int] | None) -> None:
        several = order is not None and read.count > 1
        self._order_row.setVisible(several)
        self.role.show_order(None if order is None else order[0], 0 if order is None else order[2])
        if order is not None and several:
            first, last, _ = order
            text = tr("{first} to {last}").format(first=number(first), last=number(last))
            self._order.setText(text)
            gaps = last - first + 1 != read.count
            self._gaps.setText(tr("with gaps") if gaps else "")

    # ---- the sections; only those that are open are filled

    def _fill_sections(self) -> None:
        media, overview = self._media, self._overview
        if media is None:
            return
        names = {} if overview is None else dict(overview.names)
        camera = facts.camera_facts(media)
        self.camera.setVisible(bool(camera))
        self.camera.set_summary(facts.camera_short(media))
        self.file.set_summary(media.original_filename)
        count = len(facts.variants(media))
        size = size_text(facts.variants_bytes(media))
        self.variants.set_summary(f"{counted(count, '{count} file', '{count} files')}, {size}")
        past = () if overview is None else overview.history
        self.past.set_summary(newest(past, names))
        if self.camera.is_open:
            fill_facts(self.camera.content, camera)
        if self.file.is_open:
            fill_facts(self.file.content, facts.file_facts(media, names))
        if self.variants.is_open:
            fill_variants(self.variants.content, media)
        if self.past.is_open:
            self.history.show_overview(overview)


def _decided(media: Media, overview: MediaOverview) -> str:
    """``by Dana, Oct 14``; empty where the history does not say."""
    status = media.moderation_status.value
    for each in reversed(overview.history):
        if each.media and each.media[0].after.get("moderation_status") == status:
            who = overview.names.get(each.account, each.account)
            return tr("by {who}, {day}").format(who=who, day=day(each.at))
    return ""
