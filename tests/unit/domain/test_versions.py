"""The order of versions, held against the packaging library's."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.versions import is_newer, order_of

packaging = pytest.importorskip("packaging.version")

ORDERED = (
    "0.9", "1.dev1", "1.0a1.dev2", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1.dev3",
    "1.0.post1", "1.0.1", "1.2", "1.2.9", "1.10", "2", "2026.11",
)  # fmt: skip
numbers = st.integers(0, 12)
VERSIONS = st.builds(
    lambda release, stage, post, dev: ".".join(map(str, release)) + stage + post + dev,
    st.lists(numbers, min_size=1, max_size=4),
    st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from(("a", "b", "rc")), numbers)),
    st.one_of(st.just(""), numbers.map(".post{}".format)),
    st.one_of(st.just(""), numbers.map(".dev{}".format)),
)


def test_in_order():
    for older, newer in pairwise(ORDERED):
        assert is_newer(newer, older) and not is_newer(older, newer), (older, newer)


def test_spellings_of_one_version():
    for other in ("1.2.0", "v1.2", " 1.2.0.0 ", "1.2+build.7"):
        assert order_of(other) == order_of("1.2")


@given(VERSIONS, VERSIONS)
def test_as_packaging_orders_them(one, other):
    assert is_newer(one, other) == (packaging.Version(one) > packaging.Version(other))


@pytest.mark.parametrize("text", ["", "latest", "1..2", "1.2-", "1" * 40, "1.2; rm", "١.٢"])
def test_what_is_no_version(text):
    with pytest.raises(ValueError, match="not a version"):
        order_of(text)
