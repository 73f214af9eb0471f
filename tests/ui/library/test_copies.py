"""Originals saved into a folder, piece by piece."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from artitec_media_desktop.domain.errors import NotFound
from artitec_media_desktop.ui.panels.library import originals


class Stored(BytesIO):
    """As a large object: never read as a whole."""

    def read(self, size=-1):
        assert 0 < size <= originals._PIECE
        return super().read(size)


@pytest.fixture
def copies(panel, app):
    app.library.open_original = lambda media: Stored(b"bytes of " + media.public_id.encode())
    app.library.address = lambda media: f"file:///library/{media.filename}"
    made = panel.grid_actions.copies
    made.told = []
    made.noticed.connect(made.told.append)
    return made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "copies"
    made.mkdir()
    return made


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_several_go_into_a_folder_beside_what_is_there(copies, folder):
    (folder / "IMG_0002.jpg").write_bytes(b"mine")
    copies.save([1, 2], folder)
    assert names(folder) == ["IMG_0001.jpg", "IMG_0002 (2).jpg", "IMG_0002.jpg"]
    assert (folder / "IMG_0002.jpg").read_bytes() == b"mine"
    assert (folder / "IMG_0001.jpg").read_bytes() == b"bytes of MED-1-000001"
    (told,) = copies.told
    assert (told.text, told.detail, told.action) == ("2 files saved", str(folder), "Show")


def test_one_goes_where_one_says(copies, folder):
    copies.save([3], folder / "pool.jpg")
    assert (folder / "pool.jpg").read_bytes() == b"bytes of MED-1-000003"
    assert names(folder) == ["pool.jpg"]


def test_two_of_the_same_name_are_two_files(copies, app, folder, make):
    same = (make.media(98), make.media(99))
    app.library.put(*(replace(each, original_filename='a/../x:"pool".jpg') for each in same))
    copies.save([98, 99], folder)
    assert names(folder) == ["x__pool_ (2).jpg", "x__pool_.jpg"]


def test_what_is_missing_is_told_and_the_rest_is_saved(copies, app, folder):
    found = app.library.open_original

    def opened(media):
        if media.id == 1:
            raise NotFound("not_in_storage", "The file of “IMG_0001.jpg” is not in the storage.")
        return found(media)

    app.library.open_original = opened
    copies.save([1, 2], folder)
    assert names(folder) == ["IMG_0002.jpg"]
    assert [each.tone for each in copies.told] == ["success", "danger"]
    assert copies.told[1].detail == "The file of “IMG_0001.jpg” is not in the storage."


def test_stopped_in_the_middle_nothing_half_is_left(copies, app, folder, monkeypatch):
    monkeypatch.setattr(originals, "_PIECE", 4)
    app.runner.held = True
    copies.save([1, 2], folder)
    task = app.runner.jobs[0].task
    seen = []
    task.progress = lambda done, total, name: (seen.append(name), len(seen) > 8 and task.cancel())
    app.runner.release()
    assert names(folder) == ["IMG_0001.jpg"]
    assert copies.told[0].text == "Stopped: what was saved until then stays"
    assert copies.strip.isHidden()


def test_a_folder_that_takes_nothing_says_so(copies, folder):
    copies.save([1], folder / "gone" / "a.jpg")
    assert copies.told[0].tone == "danger"
    assert "“IMG_0001.jpg” was not written (No such file or directory)" in copies.told[0].detail


def test_the_dialog_asks_for_a_file_or_a_folder(copies, panel, folder, monkeypatch):
    monkeypatch.setattr(QFileDialog, "open", lambda self: None)
    assert copies.ask() is None
    panel.page.grid.setCurrentIndex(panel.page.model.index(0))
    one = copies.ask()
    one.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert one.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    one.setDirectory(str(folder))
    one.selectFile("mine.jpg")
    one.accepted.emit()
    assert names(folder) == ["mine.jpg"]
    panel.page.grid.selectAll()
    assert copies.ask().fileMode() is QFileDialog.FileMode.Directory


def test_a_link_can_be_opened(copies, panel):
    panel.page.grid.setCurrentIndex(panel.page.model.index(0))
    copies.copy_link()
    assert QGuiApplication.clipboard().text() == "file:///library/photo-1.jpg"
    assert Path(QGuiApplication.clipboard().text()).name == "photo-1.jpg"
