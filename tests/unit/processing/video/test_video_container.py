from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.processing.video_container import EBML, SEGMENT, check_container

SAME_FOLDER = settings(suppress_health_check=list(HealthCheck), deadline=None)


def code_of(path: Path, content: bytes) -> str | None:
    path.write_bytes(content)
    try:
        check_container(str(path))
    except Permanent as error:
        return error.code
    return None


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def avi(content: bytes) -> bytes:
    return b"RIFF" + (4 + len(content)).to_bytes(4, "little") + b"AVI " + content


def matroska(content: bytes, size: bytes) -> bytes:
    return EBML + b"\x84" + b"abcd" + SEGMENT + size + content


def vint8(value: int) -> bytes:
    return (value | 1 << 56).to_bytes(8, "big")


def test_a_whole_mp4_passes(tmp_path: Path, whole_mp4: bytes) -> None:
    assert code_of(tmp_path / "a", whole_mp4) is None


@SAME_FOLDER
@given(data=st.data())
def test_an_mp4_cut_anywhere_is_damaged(
    tmp_path: Path, whole_mp4: bytes, data: st.DataObject
) -> None:
    length = data.draw(st.integers(12, len(whole_mp4) - 1))
    assert code_of(tmp_path / "a", whole_mp4[:length]) == "video_damaged"


@SAME_FOLDER
@given(content=st.binary(max_size=400), lead=st.sampled_from([b"", b"\0\0\0\x14ftyp", EBML]))
def test_rubbish_never_does_worse_than_permanent(
    tmp_path: Path, content: bytes, lead: bytes
) -> None:
    assert code_of(tmp_path / "a", lead + content) in {None, "video_damaged", "not_a_video"}


def test_padding_behind_the_last_box_is_harmless(tmp_path: Path, whole_mp4: bytes) -> None:
    assert code_of(tmp_path / "a", whole_mp4 + bytes(500)) is None
    assert code_of(tmp_path / "a", whole_mp4 + b"xyz") is None


def test_box_sizes_of_64_bits_and_up_to_the_end_are_followed(tmp_path: Path) -> None:
    start = box(b"ftyp", b"isom0000") + box(b"moov", bytes(100))
    wide = (1).to_bytes(4, "big") + b"mdat" + (16 + 50).to_bytes(8, "big") + bytes(50)
    assert code_of(tmp_path / "a", start + wide) is None
    assert code_of(tmp_path / "a", start + wide[:-1]) == "video_damaged"
    assert code_of(tmp_path / "a", start + bytes(4) + b"mdat" + bytes(50)) is None


def test_an_mp4_without_an_index_is_damaged(tmp_path: Path) -> None:
    content = box(b"ftyp", b"isom0000") + box(b"mdat", bytes(50))
    assert code_of(tmp_path / "a", content) == "video_damaged"


def test_an_avi_may_be_off_by_a_little_only(tmp_path: Path) -> None:
    whole = avi(bytes(4000))
    assert code_of(tmp_path / "a", whole) is None
    assert code_of(tmp_path / "a", whole[:-9]) is None
    assert code_of(tmp_path / "a", whole[:-2000]) == "video_damaged"


def test_a_matroska_segment_must_fit_where_it_has_a_size(tmp_path: Path) -> None:
    assert code_of(tmp_path / "a", matroska(bytes(90), vint8(90))) is None
    assert code_of(tmp_path / "a", matroska(bytes(89), vint8(90))) == "video_damaged"
    assert code_of(tmp_path / "a", matroska(bytes(90), b"\x01" + b"\xff" * 7)) is None
    assert code_of(tmp_path / "a", EBML + b"\x84abcd" + bytes(90)) == "video_damaged"


def test_a_matroska_header_longer_than_any_file_is_damaged(tmp_path: Path) -> None:
    endless = b"\x01\x10" + bytes(6)
    assert code_of(tmp_path / "a", EBML + endless) == "video_damaged"


@pytest.mark.parametrize(
    "content", [b"", b"MZ" + bytes(90), b"#EXTM3U\nfile:///etc/passwd\n", b"RIFF1234WAVEfmt "]
)
def test_other_files_are_not_videos(tmp_path: Path, content: bytes) -> None:
    assert code_of(tmp_path / "a", content) == "not_a_video"
