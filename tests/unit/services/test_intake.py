import os

import pytest

from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services.intake import expand


def files(tmp_path, *names):
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(found, tmp_path):
    return [os.path.relpath(each.path, tmp_path) for each in found]


def test_a_folder_keeps_the_order_a_person_sees(tmp_path):
    files(tmp_path, "d/IMG_10.jpg", "d/IMG_9.jpg", "d/b/1.jpg", "d/A.jpg", "d/img_1.jpg")
    found = expand([str(tmp_path / "d")], Unwatched())
    assert names(found, tmp_path) == [
        "d/A.jpg", "d/b/1.jpg", "d/img_1.jpg", "d/IMG_9.jpg", "d/IMG_10.jpg",
    ]  # fmt: skip


def test_files_keep_the_order_of_the_drop(tmp_path):
    files(tmp_path, "b.jpg", "a.jpg")
    found = expand([str(tmp_path / "b.jpg"), str(tmp_path / "a.jpg")], Unwatched())
    assert names(found, tmp_path) == ["b.jpg", "a.jpg"]


def test_nothing_is_left_out_without_a_word(tmp_path):
    files(tmp_path, "d/.DS_Store", "d/Thumbs.db", "d/notes.txt", "d/a.jpg")
    (tmp_path / "d" / "empty.jpg").mkdir()
    found = {os.path.basename(e.path): e for e in expand([str(tmp_path / "d")], Unwatched())}
    assert {name: (e.error or ("queued",))[0] for name, e in found.items()} == {
        ".DS_Store": "hidden_file",
        "Thumbs.db": "hidden_file",
        "notes.txt": "queued",
        "a.jpg": "queued",
        "empty.jpg": "empty_folder",
    }
    assert all(e.error is None or e.error[1].endswith(".") for e in found.values())


def test_a_hidden_file_that_was_meant_is_taken(tmp_path):
    files(tmp_path, ".meant.jpg")
    (found,) = expand([str(tmp_path / ".meant.jpg")], Unwatched())
    assert found.state is UploadState.QUEUED


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_lead_back_end(tmp_path):
    files(tmp_path, "d/a.jpg")
    (tmp_path / "d" / "again").symlink_to(tmp_path / "d")
    (tmp_path / "d" / "self").symlink_to(tmp_path / "d" / "self")
    (tmp_path / "d" / "elsewhere").symlink_to(tmp_path / "e")
    files(tmp_path, "e/b.jpg")
    found = expand([str(tmp_path / "d")], Unwatched())
    assert [(os.path.basename(e.path), e.error and e.error[0]) for e in found] == [
        ("a.jpg", None),
        ("again", "link_loop"),
        ("b.jpg", None),
        ("self", None),  # a file that can't be opened: the pipeline says why
    ]


@pytest.mark.parametrize("path", ["/no/such/file.jpg", "/x" * 3000, "nul\0.jpg", ""])
def test_what_is_not_there_is_journaled_all_the_same(path):
    (found,) = expand([path], Unwatched())
    assert (found.path, found.state) == (path, UploadState.QUEUED)


def test_bytes_that_are_no_text_survive(tmp_path):
    folder = os.fsencode(tmp_path / "d")
    os.mkdir(folder)
    with open(os.path.join(folder, b"\xff\xfe.jpg"), "wb"):
        pass
    (found,) = expand([str(tmp_path / "d")], Unwatched())
    assert os.fsencode(found.path).endswith(b"\xff\xfe.jpg")


def test_a_long_walk_can_be_cancelled(tmp_path):
    files(tmp_path, "a.jpg")

    class Stopped(Unwatched):
        def check_cancelled(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        expand([str(tmp_path)], Stopped())
