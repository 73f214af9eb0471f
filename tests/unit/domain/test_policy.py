import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.moderation import OTHER, Policy, Reason
from artitec_media_desktop.domain.policy import check_policy, edited, policy_of, values_of

SHARE = st.floats(0, 1)
CODES = st.lists(st.from_regex(r"[a-z0-9][a-z0-9_]{0,9}", fullmatch=True), max_size=8, unique=True)
TEXT = st.text(min_size=1, max_size=80).filter(str.strip)


@st.composite
def policies(draw):
    codes = [each for each in draw(CODES) if each != OTHER]
    codes.insert(draw(st.integers(0, len(codes))), OTHER)
    return Policy(
        draw(st.frozensets(st.sampled_from(EntityType))),
        draw(st.none() | st.integers(0, 5)),
        draw(SHARE),
        draw(st.integers(1, 120)),
        draw(SHARE),
        tuple(Reason(each, draw(TEXT)) for each in codes),
    )


@given(policies())
def test_a_policy_comes_back_from_json_as_it_was(policy):
    check_policy(policy)
    assert policy_of(json.loads(json.dumps(values_of(policy)))) == policy


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    max_leaves=5,
)


@given(policies(), st.dictionaries(st.sampled_from(sorted(values_of(Policy()))), ANY))
def test_whatever_is_there_makes_a_policy_that_can_be_worked_with(policy, broken):
    read = policy_of(values_of(policy) | broken)
    check_policy(read)
    for name in values_of(policy).keys() - broken.keys():
        assert getattr(read, name) == getattr(policy, name)


def test_a_broken_value_has_its_default_and_the_others_stay():
    read = policy_of({"sample": 7, "lease_minutes": 30, "known_bad_bits": None})
    assert read == replace(Policy(), lease_minutes=30)


def test_what_a_newer_client_knows_is_left_out():
    assert policy_of({"waiting": ["user", "event"]}).waiting == {EntityType.USER}


OTHERS = (Reason(OTHER, "Other"),)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"known_bad_bits": 6}, "0 to 5 bits"),
        ({"known_bad_bits": -1}, "0 to 5 bits"),
        ({"known_bad_bits": True}, "0 to 5 bits"),
        ({"sample": 1.01}, "share"),
        ({"sample": float("nan")}, "share"),
        ({"suspect_from": -0.1}, "score"),
        ({"lease_minutes": 0}, "1 to 120 minutes"),
        ({"lease_minutes": 121}, "1 to 120 minutes"),
        ({"reasons": ()}, "always stays"),
        ({"reasons": (Reason("spam", "Spam"),)}, "always stays"),
        ({"reasons": tuple(Reason(f"r{n}", "x") for n in range(9)) + OTHERS}, "at most 9"),
        ({"reasons": OTHERS * 2}, "twice"),
        ({"reasons": (Reason("a b", "x"), *OTHERS)}, "no code"),
        ({"reasons": (Reason("spam", "  "), *OTHERS)}, "no text"),
        ({"reasons": (Reason("spam", "x" * 81), *OTHERS)}, "longer than 80"),
        ({"waiting": frozenset({"event"})}, "entity types"),
    ],
)
def test_what_can_not_be_worked_with_is_refused_in_words(values, said):
    with pytest.raises(Permanent) as refused:
        check_policy(replace(Policy(), **values))
    assert refused.value.code == "bad_policy"
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("waiting", "post, Sales-Rep", {EntityType.POST, EntityType.SALES_REP}),
        ("waiting", "", frozenset()),
        ("known_bad_bits", "never", None),
        ("known_bad_bits", "null", None),
        ("known_bad_bits", "3", 3),
        ("sample", "0.5", 0.5),
        ("reasons", '[{"code": "other", "text": "Other"}]', (Reason(OTHER, "Other"),)),
    ],
)
def test_a_value_as_a_person_writes_it(name, written, value):
    assert edited(Policy(), name, written) == replace(Policy(), **{name: value})


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("waiting", "event"),
        ("waiting", "[1]"),
        ("sample", "half"),
        ("sample", "never"),
        ("reasons", '[{"code": "other"}]'),
        ("reasons", "7"),
        ("spam", "1"),
    ],
)
def test_what_no_person_means_is_refused(name, written):
    with pytest.raises(Permanent) as refused:
        check_policy(edited(Policy(), name, written))
    assert refused.value.code == "bad_policy"


def test_an_unknown_type_is_answered_with_the_known_ones():
    with pytest.raises(Permanent, match=r"“castle” .* sales-rep, user, post\."):
        edited(Policy(), "waiting", "castle")
