from dataclasses import replace

import pytest
from sqlalchemy import text

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Conflict, Forbidden, Permanent, Transient
from artitec_media_desktop.domain.moderation import OTHER, Policy, Reason
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation.policy import PolicyService


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(library, clock):
    def signed_in(name="Ada Admin", role=Role.ADMIN):
        account = Account(f"USR-{name[:3]}", name, role)
        return PolicyService(library.database, Access(library.database, lambda: account), clock)

    return signed_in


def execute(library, statement, **values):
    with library.database.write() as tx:
        tx.execute(text(statement), values)


def test_until_an_admin_edits_it_the_defaults_hold(library):
    assert library.policy.get() == Policy()


def test_what_one_client_writes_another_reads_within_half_a_minute(client, clock):
    mine, yours = client(), client("Ben")
    assert yours.get() == Policy()
    wanted = Policy(
        frozenset({EntityType.USER, EntityType.POST}), None, 0.25, 30, 0.8,
        (Reason("spam", "Spam “und” Müll"), Reason(OTHER, "Other")),
    )  # fmt: skip
    assert mine.set(wanted) == wanted == mine.get()
    clock.now += 29
    assert yours.get() == Policy()
    assert yours.get(fresh=True) == wanted
    clock.now += 31
    assert client("Cid").get() == wanted


def test_two_admins_who_edit_different_values_both_have_their_way(client):
    mine, yours = client(), client("Ben")
    seen = yours.get()
    mine.set(replace(Policy(), sample=0.5), seen)
    both = yours.set(replace(seen, lease_minutes=20), seen)
    assert both == replace(Policy(), sample=0.5, lease_minutes=20)
    assert mine.get(fresh=True) == both


def test_a_value_that_somebody_else_changed_meanwhile_is_not_overwritten(library, client):
    library.policy.set(replace(Policy(), sample=0.5))
    with pytest.raises(Conflict) as refused:
        client("Ben").set(replace(Policy(), sample=0.1, lease_minutes=20), Policy())
    assert refused.value.code == "overtaken"
    assert library.account.name in refused.value.message
    assert "share of approvals" in refused.value.message
    assert library.policy.get(fresh=True) == replace(Policy(), sample=0.5)
    # The same value is no quarrel.
    client("Ben").set(replace(Policy(), sample=0.5), Policy())


def test_only_an_admin_edits_it_and_only_to_what_can_be_worked_with(client):
    moderator = client("Mia", Role.COMMUNITY_ADMIN)
    assert not moderator.decide_rights()
    with pytest.raises(Forbidden):
        moderator.set(replace(Policy(), sample=0.5))
    assert client().decide_rights()
    with pytest.raises(Permanent, match="share"):
        client().set(replace(Policy(), sample=5))
    assert client().get() == Policy()


def test_broken_values_are_mended_by_the_next_edit(library, client):
    client().set(replace(Policy(), sample=0.5, lease_minutes=20))
    name = "moderation.sample"
    execute(library, "UPDATE media_settings SET value = '{' WHERE name = :name", name=name)
    assert client().get() == replace(Policy(), lease_minutes=20)
    client().set(replace(Policy(), sample=0.2, lease_minutes=20))
    assert client().get() == replace(Policy(), sample=0.2, lease_minutes=20)


def test_without_the_table_the_defaults_hold(library, client):
    execute(library, "DROP TABLE media_settings")
    assert client().get() == Policy()


class Failing:
    def __init__(self, error):
        self.error = error

    def read(self):
        raise self.error


def test_what_may_not_be_read_has_its_defaults_but_silence_is_no_answer(library, clock):
    refused = PolicyService(Failing(Permanent("database_rights", "No.")), library.access, clock)
    assert refused.get() == Policy()
    silent = PolicyService(Failing(Transient("database_gone", "…")), library.access, clock)
    with pytest.raises(Transient):
        silent.get()
