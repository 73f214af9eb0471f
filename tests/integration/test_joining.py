"""Two processes on one home: one works, the other's files are done all the same."""

import subprocess
import sys

from artitec_media_desktop.processing.drawing import draw_room

PHOTOS = ("--to", "community:CMY-456/photos")


def test_two_uploads_at_once_lose_and_double_nothing(media, tmp_path):
    media("entities")
    names = []
    for batch in "ab":
        folder = tmp_path / batch
        folder.mkdir()
        for number in range(6):
            names.append(f"{batch}{number}.jpg")
            size = (600 + 50 * number, 400 if batch == "a" else 500)
            (folder / names[-1]).write_bytes(draw_room(*size))
    program = (sys.executable, "-m", "artitec_media_desktop", "--home", str(media.home), "upload")
    options = ("--on-duplicate", "keep", *PHOTOS)
    started = [
        subprocess.Popen([*program, str(tmp_path / each), *options], stdout=subprocess.DEVNULL)
        for each in "ab"
    ]
    assert [each.wait(180) for each in started] == [0, 0]
    listed = media("list", "--limit", "100")
    assert sorted(each["original_filename"] for each in listed["items"]) == sorted(names)
    assert media("check") and media.status == 0
    assert {each["state"] for each in media("queue")} == {"done"}
