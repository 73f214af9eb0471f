import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.hashes import (
    BANDS,
    BITS,
    bands,
    from_hex,
    hamming,
    probes,
    to_hex,
)

HASH = st.integers(0, (1 << BITS) - 1)


@given(HASH)
def test_hex_round_trip(value):
    assert from_hex(to_hex(value)) == value
    assert len(to_hex(value)) == 16


@pytest.mark.parametrize("text", [None, "", "xyz", "0" * 15, "0" * 17, "g" * 16])
def test_what_is_no_hash_is_none(text):
    assert from_hex(text) is None


@pytest.mark.parametrize("value", [-1, 1 << 64])
def test_only_64_bits(value):
    with pytest.raises(ValueError, match="64"):
        to_hex(value)


@given(HASH, HASH, HASH)
def test_hamming_is_a_metric(a, b, c):
    assert hamming(a, a) == 0
    assert hamming(a, b) == hamming(b, a) == bin(a ^ b).count("1")
    assert hamming(a, c) <= hamming(a, b) + hamming(b, c)


def test_bands_cover_every_bit_once():
    covered = [bit for shift, width in BANDS for bit in range(shift, shift + width)]
    assert sorted(covered) == list(range(BITS))


@given(HASH, st.sets(st.integers(0, BITS - 1), max_size=5))
def test_five_bits_apart_are_probed_for_in_a_band(value, flipped):
    other = value
    for bit in flipped:
        other ^= 1 << bit
    assert any(its in mine for mine, its in zip(probes(value), bands(other), strict=True))
