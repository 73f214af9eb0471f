import csv
import os

import pytest

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.panels.uploads.report_file import report_csv
from artitec_media_desktop.ui.table_file import save_table
from artitec_media_desktop.ui.upload_queue import UploadQueue

S = UploadState


@pytest.fixture
def queue(app, qapp):
    return UploadQueue(app)


def rows(queue):
    return list(csv.DictReader(report_csv(queue, queue.items.values()).splitlines()))


def test_every_file_is_in_it_once_with_a_state_and_a_reason(queue, app, make_item):
    errors = {S.FAILED: ("too_large", "Too large."), S.SKIPPED: ("cancelled", "It was cancelled.")}
    for state in S:
        place = {"place": None} if state is S.UNPLACED else {}
        app.pump.items_changed.emit((make_item(state, error=errors.get(state), **place),))
    found = rows(queue)
    assert [each["State"] for each in found] == [state.value for state in S]
    assert all(each["Reason"] for each in found)
    by_state = {each["State"]: each for each in found}
    assert by_state["failed"]["Reason"] == "Too large."
    assert by_state["done"]["Place"] == "Willow Creek (CMY-456)"
    assert by_state["unplaced"]["Place"] == ""


def test_names_that_are_odd_spoil_nothing(queue, app, make_item):
    paths = ['/in/a,b\n"c".jpg', os.fsdecode(b"/in/\xff.jpg"), "/in/=1+1.jpg"]
    app.pump.items_changed.emit(tuple(make_item(S.DONE, path=path) for path in paths))
    text = report_csv(queue, queue.items.values())
    assert len(list(csv.reader(text.split("\r\n")[:-1]))) >= 4
    assert "'=1+1.jpg" in text
    text.encode("utf-8")


def test_it_is_saved_whole_or_not_at_all(tmp_path):
    save_table("File\r\nä.jpg\r\n", str(tmp_path / "r.csv"))
    assert (tmp_path / "r.csv").read_bytes() == b"\xef\xbb\xbfFile\r\n\xc3\xa4.jpg\r\n"
    with pytest.raises(Permanent, match="could not be saved"):
        save_table("x", str(tmp_path / "none" / "r.csv"))


def test_the_page_saves_it(panel, app, make_item, qtbot, tmp_path):
    app.pump.items_changed.emit((make_item(S.DONE),))
    with qtbot.waitSignal(panel.noticed) as noticed:
        panel.save_report(list(panel.queue.items.values()), str(tmp_path / "r.csv"))
    assert noticed.args[0].text == "Saved as r.csv"
    assert "IMG_4161.jpg" in (tmp_path / "r.csv").read_text("utf-8-sig")
