"""The law of undoing: whatever was done, in reverse, leaves everything as it was."""

import json
from hashlib import sha256

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.storage import Payload
from tests.rulings import ruled
from tests.unit.services.conftest import objects
from tests.unit.services.rows import WILLOW, add

EDITS = st.one_of(
    st.tuples(st.just("words"), st.sets(st.integers(0, 4), min_size=1), st.sampled_from([
        MediaEdit(alt_text="a"), MediaEdit(alt_text=None, caption="b"), MediaEdit(tags=("t",)),
        MediaEdit(add_tags=("u",)), MediaEdit(remove_tags=("t",)), MediaEdit(sort_order=2),
        MediaEdit(is_primary=True), MediaEdit(is_primary=False), MediaEdit(is_public=False),
        MediaEdit(is_public=True, caption="c"), MediaEdit(slot="cover"), MediaEdit(slot="photos"),
        MediaEdit(slot="photos", is_primary=True),
    ])),
    st.tuples(st.just("move"), st.sets(st.integers(0, 4), min_size=1),
              st.sampled_from(["property:789/photos", "community:CMY-456/photos",
                               "community:CMY-456/cover", "post:PST-1/media"])),
    st.tuples(st.just("order"), st.lists(st.integers(0, 4), min_size=1, unique=True),
              st.integers(0, 4)),
    st.tuples(st.sampled_from(["delete", "restore", "reject", "approve"]),
              st.sets(st.integers(0, 4), min_size=1), st.none()),
)  # fmt: skip


def act(library, ids, step):
    what, which, value = step
    some = [ids[each] for each in which]
    if what == "words":
        return library.editing.edit(some, value)
    if what == "move":
        return library.editing.edit(some, MediaEdit(place=library.library.target(value)))
    if what == "order":
        return library.editing.reorder(WILLOW, "gallery", some, ids[value])
    if what in ("delete", "restore"):
        return getattr(library.trash, what)(some)
    status = ModerationStatus.REJECTED if what == "reject" else ModerationStatus.APPROVED
    return library.moderation.decide(some, ruled(status))


def state(library):
    """All that a row says and all that is in the store, live or deleted."""
    with library.database.read() as tx:
        live = [dict(each._mapping) for each in tx.execute(text("SELECT * FROM media ORDER BY id"))]
        gone = [
            dict(each._mapping)
            for each in tx.execute(text('SELECT public_id, "row" FROM media_trash ORDER BY 1'))
        ]
    for each in live:
        del each["updated_at"]
    for each in gone:
        each["row"] = {**json.loads(each["row"]), "updated_at": None}
    return live, gone, objects(library)


def one_primary_each(live):
    fields = [
        (each["entity_type"], each["entity_id"], each["entity_field"])
        for each in live
        if each["is_primary"]
    ]
    return len(fields) == len(set(fields))


def stored(library, number, field="gallery"):
    """A row with a small original and a variant, as an upload makes them."""
    folder = "covers" if field == "cover" else "photos"
    key = f"communities/{folder}/CMY-456/2026-11/photo-{number}.jpg"
    thumb = key.replace(".jpg", "_thumb.jpg")
    for each in (key, thumb):
        data = each.encode()
        digest = sha256(data).hexdigest()
        library.store.put(each, Payload(data, len(data), digest, "image/jpeg"))
    (added,) = add(
        library, 1, tail=f"NUMB{number:02}", storage_path=key, original_url=key,
        filename=f"photo-{number}.jpg", thumbnail_url=thumb, file_size=len(key), sort_order=number,
        entity_field=field, is_primary=field == "cover" or number == 1,
        metadata={"variants": {"thumb": {"key": thumb, "size": len(thumb)}}},
    )  # fmt: skip
    return added


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(EDITS, min_size=1, max_size=6))
# The move gives the role in a field that had nobody in it: nobody has it afterwards.
@example(
    [
        ("words", {0, 1, 2, 3, 4}, MediaEdit(is_primary=False)),
        ("move", {0}, "community:CMY-456/cover"),
    ]
)
def test_undoing_everything_in_reverse_leaves_everything_as_it_was(library, monkeypatch, steps):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with library.database.write() as tx:
        for table in ("changed", "changes", "trash", "reviews", "second_looks"):
            tx.execute(text(f"DELETE FROM media_{table}"))
        tx.execute(text("DELETE FROM media"))
    for key in objects(library):
        library.store.delete(key)
    ids = [stored(library, number) for number in range(4)] + [stored(library, 4, "cover")]
    states, undoable = [state(library)], []
    for step in steps:
        try:
            change = act(library, ids, step)
        except (NotFound, Permanent):
            assert state(library) == states[-1]
            continue
        if change.id is not None:
            undoable.append(change.id)
            states.append(state(library))
        assert one_primary_each(state(library)[0])
    for number, before in zip(reversed(undoable), reversed(states[:-1]), strict=True):
        change = library.undoing.undo(number)
        assert change.failed == ()
        assert state(library) == before
    assert library.check.run().is_clean
