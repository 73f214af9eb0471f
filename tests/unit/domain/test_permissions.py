"""The whole table: every role, action and type, holding the entity and not."""

from itertools import product

import pytest

from artitec_media_desktop.domain.entities import EntityType as E
from artitec_media_desktop.domain.permissions import (
    NOBODY,
    Account,
    Action,
    Role,
    decide,
    decide_moderating,
)

ME = "USR-1"

#: Besides an admin: who may add, edit and delete, if the entity is theirs.
HOLDERS = {
    E.USER: set(Role),
    E.COMMUNITY: {Role.COMMUNITY, Role.COMMUNITY_ADMIN},
    E.AMENITY: {Role.COMMUNITY, Role.COMMUNITY_ADMIN},
    E.BUILDER: {Role.BUILDER},
    E.PROPERTY: set(Role),
    E.SALES_REP: {Role.SALESREP},
    E.POST: set(Role),
}


def account(role, active=True, can_moderate=False):
    return Account(ME, "Dana R.", role, active, can_moderate)


@pytest.mark.parametrize(("role", "entity_type"), list(product(Role, E)))
def test_adding_editing_deleting(role, entity_type):
    for action in (Action.UPLOAD, Action.EDIT, Action.DELETE):
        theirs = decide(account(role), action, entity_type, frozenset({ME}))
        others = decide(account(role), action, entity_type, frozenset({"USR-2"}))
        assert bool(theirs) == (role is Role.ADMIN or role in HOLDERS[entity_type])
        assert bool(others) == (role is Role.ADMIN)
        for decision in (theirs, others):
            assert decision.allowed or "Dana R." in decision.reason


@pytest.mark.parametrize(("role", "entity_type"), list(product(Role, E)))
def test_moderating_takes_an_admin_or_a_moderator_of_the_community(role, entity_type):
    held = frozenset({ME})
    assert bool(decide(account(role), Action.MODERATE, entity_type, held)) == (role is Role.ADMIN)
    trusted = decide(account(role, can_moderate=True), Action.MODERATE, entity_type, held)
    theirs = role is Role.COMMUNITY_ADMIN and Role.COMMUNITY_ADMIN in HOLDERS[entity_type]
    assert bool(trusted) == (role is Role.ADMIN or theirs)
    not_theirs = decide(account(role, can_moderate=True), Action.MODERATE, entity_type)
    assert bool(not_theirs) == (role is Role.ADMIN)


@pytest.mark.parametrize("role", Role)
def test_looking_is_for_everybody_and_purging_for_admins(role):
    assert decide(account(role), Action.VIEW, E.POST)
    for action in (Action.PURGE, Action.CONFIGURE):
        assert bool(decide(account(role), action)) == (role is Role.ADMIN)


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_an_account_that_is_not_active_may_nothing(role, action):
    assert not decide(account(role, active=False), action, E.USER, frozenset({ME}))
    assert not decide(NOBODY, action, E.USER, frozenset({""}))


def test_roles_are_read_in_any_case_and_the_unknown_as_the_weakest():
    assert Role.read("ADMIN") is Role.ADMIN
    assert Role.read(" community_admin ") is Role.COMMUNITY_ADMIN
    assert Role.read("root") is Role.read(None) is Role.BUYER


@pytest.mark.parametrize(("role", "trusted"), list(product(Role, (True, False))))
def test_some_moderate_somewhere_and_others_are_told_who(role, trusted):
    decision = decide_moderating(account(role, can_moderate=trusted))
    somewhere = any(
        decide(account(role, can_moderate=trusted), Action.MODERATE, each, frozenset({ME}))
        for each in E
    )
    assert bool(decision) == somewhere
    if not decision:
        assert decision.reason.startswith("Only a moderator may do this. You are signed in as")
    gone = decide_moderating(account(role, active=False, can_moderate=trusted))
    assert "not active" in gone.reason
