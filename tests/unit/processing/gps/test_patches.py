import io
import itertools

from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.processing.gps import Patch, PatchedReader
from artitec_media_desktop.processing.gps.patches import apply, merged, zeros

SIZE = 60
a_patch = st.builds(Patch, st.integers(0, SIZE - 1), st.binary(max_size=20)).map(
    lambda patch: Patch(patch.offset, patch.data[: SIZE - patch.offset])
)
patch_lists = st.lists(a_patch, max_size=8)


def patched(data, patches):
    out = bytearray(data)
    for patch in patches:
        out[patch.offset : patch.end] = patch.data
    return bytes(out)


@given(st.binary(min_size=SIZE, max_size=SIZE), patch_lists)
def test_apply_overwrites_in_order(data, patches):
    assert apply(data, patches) == patched(data, patches)


@given(st.binary(min_size=SIZE, max_size=SIZE), patch_lists)
def test_merging_changes_nothing_and_leaves_no_overlap(data, patches):
    flat = merged(patches)
    assert patched(data, flat) == patched(data, patches)
    for before, after in itertools.pairwise(flat):
        assert before.end <= after.offset


def test_apply_gives_the_same_object_back():
    data = b"0123456789"
    assert apply(data, []) is data
    assert apply(data, [Patch(3, b"34")]) is data


def test_long_runs_of_zeros_share_memory():
    run = zeros(5, 5 + 1_000_000)
    assert sum(len(patch.data) for patch in run) == 1_000_000
    assert len({id(patch.data) for patch in run[:-1]}) == 1
    assert zeros(7, 7) == []


moves = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 30)),
        st.tuples(st.just("seek"), st.integers(0, SIZE + 5)),
    ),
    max_size=12,
)


@given(st.binary(min_size=SIZE, max_size=SIZE), patch_lists, moves)
def test_reads_as_the_patched_file_would(data, patches, steps):
    flat = merged(patches)
    ours, plain = PatchedReader(io.BytesIO(data), flat), io.BytesIO(patched(data, flat))
    for what, number in steps:
        if what == "read":
            assert ours.read(number) == plain.read(number)
        else:
            assert ours.seek(number) == plain.seek(number)
        assert ours.tell() == plain.tell()
    assert ours.seek(0, io.SEEK_END) == SIZE
    ours.seek(0)
    buffer = bytearray(SIZE + 10)
    assert ours.readinto(buffer) == SIZE
    assert buffer[:SIZE] == plain.getvalue()


def test_is_a_file_as_others_are():
    inner = io.BytesIO(b"0123456789")
    reader = PatchedReader(inner, [Patch(2, b"xx")])
    assert reader.readable()
    assert reader.seekable()
    assert reader.readall() == b"01xx456789"
    assert io.BufferedReader(PatchedReader(io.BytesIO(b"0123"), [Patch(1, b"x")])).read() == b"0x23"
    reader.close()
    assert reader.closed
    assert not inner.closed
