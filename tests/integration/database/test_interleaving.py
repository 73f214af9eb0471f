"""Two people at the same media: one acts before each single statement of the other's call.

Whatever they do, each is done or told in a sentence who was faster, nothing is half done, the
history says what happened, and all of it can be undone.
"""

import itertools
import os
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from types import SimpleNamespace

import pytest

from artitec_media_desktop.database import changes, schema, trash
from artitec_media_desktop.database import engine as engine_module
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.changes import FINAL, ChangeKind
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import MediaError
from artitec_media_desktop.domain.hashes import Fingerprint
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.services import fingerprinting, relocating, settling
from artitec_media_desktop.services.check import CheckService
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.moderation.policy import PolicyService
from artitec_media_desktop.services.moderation.queue import ReviewQueue
from artitec_media_desktop.storage import LocalStore
from tests.integration.database.interleaving import before_look, hurried
from tests.integration.database.test_duplicates import Client as Cleaner
from tests.integration.database.test_duplicates import copies
from tests.rulings import ruled
from tests.services.mariadb import make

S = ModerationStatus
BUILDER = Target(EntityType.BUILDER, 1, "BLD-012", find_slot(EntityType.BUILDER, "gallery"))
COLUMNS = ("is_primary", "entity_type", "entity_field", "moderation_status", "is_public")
TABLES = (
    "media", "media_fields", "media_trash", "media_fingerprints", "media_changed", "media_changes",
    "media_moves", "media_decision_members", "media_decisions", "media_reviews", "media_leases",
    "media_second_looks", "media_known_bad", "media_settings",
)  # fmt: skip
#: What tells one end from another.
KEPT = {
    "media": f"public_id, {', '.join(COLUMNS)}, storage_path, original_url",
    "media_trash": "public_id, JSON_EXTRACT(`row`, '$.is_primary', '$.storage_path')",
    "media_changes": "kind, account, undone_at IS NULL",
    "media_changed": "public_id, `after`",
    "media_moves": "public_id",
}
#: What somebody may be told who was slower.
TOLD = {"no_media", "overtaken", "moving", "undone_already"}


class Client(Cleaner):
    """Who does all of it; draws no lots."""

    def __init__(self, database, store, name="Ada"):
        super().__init__(database, store, name)
        self.moderation = ModerationService(database, self.access, self.relocating, draw=lambda: 1)
        self.queue = ReviewQueue(database, self.access)
        self.policy = PolicyService(database, self.access)

    def look(self, public_id):
        with self.database.read() as tx:
            return rows.by_public_id(tx, public_id)


class World:
    """A library of three media of the same bytes, the first of them primary, and two people."""

    def __init__(self, platform, database, other, store):
        self.database, self.store = database, store
        self.ada, self.ben = Client(database, store), Client(other, store, "Ben")
        self.check = CheckService(database, store, SimpleNamespace(planned_keys=frozenset))
        self.ids = ()
        self.change = 0
        self.sql = platform.server.connect(platform.name).cursor()

    def query(self, sql):
        self.sql.execute(sql)
        return self.sql.fetchall()

    def begin(self):
        for table in TABLES:
            self.query(f"DELETE FROM {table}")
        for each in list(self.store.list()):
            self.store.delete(each.key)
        self.ids = copies(self.database, self.store, 3)
        self.query(f"UPDATE media SET is_primary = public_id = '{self.ids[0]}'")

    def rows(self):
        """Each media as it is: its columns, and whether it is deleted."""
        found = {}
        with self.database.read() as tx:
            for public_id in self.ids:
                media = trash.live_or_deleted(tx, public_id)
                found[public_id] = {name: getattr(media, name) for name in COLUMNS}
                found[public_id]["trashed"] = trash.get(tx, public_id) is not None
        return found

    def end(self):
        """All that there is now, but for times and what is drawn by lot."""
        there = [self.query(f"SELECT {columns} FROM {table}") for table, columns in KEPT.items()]
        return re.sub(r"-\d{14}-\w{6}", "", repr((there, [each.key for each in self.store.list()])))

    def expect_sound(self):
        now = self.rows()
        with self.database.read() as tx:
            for public_id, one in now.items():
                for each in changes.history(tx, public_id):
                    one |= {k: v for k, v in each.media[0].after.items() if k in one}
        assert now == self.rows(), "the history says something else"
        live = [each for each in now.values() if not each["trashed"]]
        fields = Counter((each["entity_type"], each["entity_field"]) for each in live)
        primaries = Counter((e["entity_type"], e["entity_field"]) for e in live if e["is_primary"])
        assert set(primaries.values()) <= {1}
        gallery = ("community", "gallery")
        assert primaries[gallery] == (fields[gallery] > 0)
        assert self.check.run().is_clean
        assert self.query("SELECT * FROM media_moves") == ()

    def undo_everything(self):
        every = "SELECT id, kind FROM media_changes WHERE undone_at IS NULL ORDER BY id DESC"
        for number, kind in self.query(every):
            if ChangeKind(kind) not in FINAL:
                assert self.ada.undoing.undo(number).failed == ()


@pytest.fixture(scope="module")
def world(server, tmp_path_factory):
    platform = make(server, "newest", "artitec_interleaving")
    database, other = platform.open(), hurried(platform)
    schema.bring_up_to_date(database, "library")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relocating, "_PAUSES", ())
        patch.setattr(settling, "_PAUSES", ())
        patch.setattr(engine_module, "_TRIES", 1)
        patch.setattr(os, "fsync", lambda _file: None)
        world = World(
            platform, database, other, LocalStore(tmp_path_factory.mktemp("s") / "uploads")
        )
        yield world
    world.sql.connection.close()
    database.close()
    other.close()


def try_to(act):
    """What is said where it was refused; anything else that is raised is a fault."""
    try:
        failed = getattr(act(), "failed", ())
    except MediaError as error:
        return error
    return failed[0].error if failed else None


def meetings(world, ada, ben, prepare=lambda: None, everywhere=True):
    """Each statement of what ``ada`` does, and what both are told where ``ben`` acts before it.

    Or each look, see ``before_look``.
    """
    for number in itertools.count():
        world.begin()
        prepare()
        said = {}
        ben_acts = partial(lambda said: said.update(ben=try_to(ben)), said)
        with before_look(world.database, number, ben_acts, everywhere) as looks:
            said["ada"] = try_to(ada)
        if len(looks) <= number:
            break
        if said["ben"] is not None and said["ben"].code in ("moving", "database_locked"):
            said["ben"] = try_to(ben)  # who had to wait
        assert {each.code for each in said.values() if each} <= TOLD, (said, looks[number])
        yield looks[number], said
    assert number > 1


ACTIONS = {
    "b elsewhere": lambda who, a, b: who.editing.edit([b], MediaEdit(place=BUILDER)),
    "delete a": lambda who, a, b: who.trash.delete([a]),
    "delete b": lambda who, a, b: who.trash.delete([b]),
    "reject a": lambda who, a, b: who.moderation.decide([a], ruled(S.REJECTED)),
    "claim a": lambda who, a, b: who.queue.claim(a),
}


@pytest.mark.parametrize(
    ("ada", "ben"),
    [
        ("delete a", "b elsewhere"),  # its heir
        ("reject a", "delete b"),
        ("claim a", "delete a"),
    ],
)
def test_wherever_they_meet_nothing_is_half_done(world, ada, ben):
    world.begin()
    first, ends = world.rows(), []
    acts = [
        lambda who=who, name=name: ACTIONS[name](who, *world.ids[:2])
        for who, name in ((world.ada, ada), (world.ben, ben))
    ]
    for where, _ in meetings(world, *acts):
        if (end := world.end()) in ends:
            continue
        ends.append(end)
        world.expect_sound()
        world.undo_everything()
        world.expect_sound()
        assert world.rows() == first, where


def test_of_two_who_write_the_policy_for_the_first_time_one_is_told(world):
    seen = Policy()
    acts = [
        lambda who=who, minutes=minutes: who.policy.set(replace(seen, lease_minutes=minutes), seen)
        for who, minutes in ((world.ada, 20), (world.ben, 30))
    ]
    for where, said in meetings(world, *acts):
        [(loser, error)] = [each for each in said.items() if each[1]]
        assert error.code == "overtaken", where
        assert world.ada.policy.get(fresh=True).lease_minutes == {"ada": 30, "ben": 20}[loser]


def test_a_decision_about_duplicates_is_taken_back_once(world):
    def decide():
        numbers = [number for (number,) in world.query("SELECT id FROM media")]
        world.change = world.ada.duplicates.keep_both(numbers).id

    acts = [lambda who=who: who.undoing.undo(world.change) for who in (world.ada, world.ben)]
    for where, said in meetings(world, *acts, decide):
        assert [each.code for each in said.values() if each] == ["undone_already"], where
        undoings = world.query("SELECT COUNT(*) FROM media_changes WHERE kind = 'undone'")
        assert undoings == ((1,),), where


def test_what_is_put_back_while_its_deletion_is_undone_is_not_called_deleted(world):
    def delete():
        world.change = world.ada.trash.delete(world.ids[:1]).id

    acts = (
        lambda: world.ada.undoing.undo(world.change),
        lambda: world.ben.trash.restore(world.ids[:1]),
    )
    told = []
    for where, said in meetings(world, *acts, delete, everywhere=False):
        assert not world.rows()[world.ids[0]]["trashed"], where
        told += [said["ada"].message] if said["ada"] else []
    assert set(told) == {
        f"{world.ids[0]} was put back by USR-Ben since, so that was left.",
        "“p.jpg” was deleted or put back by USR-Ben since, so that was left.",
    }


def test_what_comes_back_from_the_trash_while_all_is_checked_is_no_finding(world):
    """Hidden, so that its objects stay where they are."""

    def delete():
        world.ada.editing.edit(world.ids[:1], MediaEdit(is_public=False))
        world.ada.trash.delete(world.ids[:1])

    found = []
    acts = (
        lambda: found.append(world.check.run()),
        lambda: world.ben.trash.restore(world.ids[:1]),
    )
    for where, _ in meetings(world, *acts, delete, everywhere=False):
        assert found[-1].is_clean, where


def test_what_comes_back_from_the_trash_while_it_is_looked_for_is_found(world):
    found = []

    def look():
        with world.database.read() as tx:
            found.append(trash.live_or_deleted(tx, world.ids[0]))

    acts = look, lambda: world.ben.trash.restore(world.ids[:1])
    for where, _ in meetings(
        world, *acts, lambda: world.ada.trash.delete(world.ids[:1]), everywhere=False
    ):
        assert found[-1] is not None, where


def test_a_fingerprint_that_comes_late_is_of_no_deleted_media(world):
    def look():
        world.seen = world.ada.look(world.ids[0])

    late = Fingerprint("cd" * 32, None, "0f" * 8)
    acts = (
        lambda: world.database.retrying(lambda tx: fingerprinting._keep(tx, world.seen, late)),
        lambda: world.ben.trash.delete(world.ids[:1]),
    )
    lost = "SELECT * FROM media_fingerprints WHERE media_id NOT IN (SELECT id FROM media)"
    for where, _ in meetings(world, *acts, look):
        assert world.query(lost) == (), where
