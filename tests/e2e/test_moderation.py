"""A moderation session by keys alone: every decision there is, taken back, and after a restart."""

import colorsys
import csv
import subprocess

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.e2e.test_duplicates import scene
from tests.services.desk import SIZE, need, turn_to, wait_for

PLACE = "post:1/media"
#: More than one window holds ahead, and fewer than two do.
SHARED = 18
#: Of the screen, where the picture lies: inside the stage, clear of its edges and pills.
PICTURE = (350, 150, 750, 350)
#: Of one colour, where the picture is.
SPOT = (400, 200, 401, 201)


@pytest.fixture
def screen(desk, tmp_path):
    """Take a screenshot by name; gives the part of it where the picture is."""
    folder = tmp_path / "screens"
    folder.mkdir()

    def take(name):
        desk.settle()
        path = folder / f"{len(list(folder.iterdir())):02} {name}.png"
        desk.screenshot(path)
        return Image.open(path).convert("RGB").crop(PICTURE)

    return take


def open_page(desk, window):
    """Turn to the page of a window over the whole screen, and wait for its first picture."""
    desk.place(window, 0, 0, *SIZE)
    desk.keys("ctrl+4")
    wait_for(lambda: colour(desk.seen(PICTURE)) > 40, what="the first picture")


@pytest.fixture
def photos(tmp_path):
    """Twelve pictures, the third like one that is rejected already, and a video."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(1, 13):
        picture = scene(number)
        if number == 3:
            picture.save(tmp_path / "rejected.jpg", quality=92)
            picture = picture.resize((900, 675))
        picture.save(folder / f"{number:02}.jpg", quality=80)
    film = ("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=10:d=4")
    subprocess.run([*film, "-c:v", "mpeg4", str(folder / "13.mp4")], check=True, timeout=60)
    return folder


def upload(program, path):
    done = program.command("upload", str(path), "--to", PLACE, "--concurrency", "1")
    assert not done["failed"], done
    return [each["public_id"] for each in done["uploaded"]]


def standing(program):
    """The status of every picture, by the name of its file."""
    rows = program.command("list", "--entity", "post:1")["items"]
    return {row["original_filename"].partition(".")[0]: row["moderation_status"] for row in rows}


def expect(program, **wanted):
    """Wait until just these stand so, by the first letters of a status."""
    names = {
        name: status
        for status, numbers in wanted.items()
        for name in (f"{number:02}" for number in numbers)
    }

    def as_wanted():
        return {
            name: status for name, status in standing(program).items() if name in names
        } == names

    wait_for(as_wanted, what=str(names))


def expect_places(program):
    """What is approved lies where everyone may read it, and nothing else does."""
    public, private = (program.home / "library" / each for each in ("uploads", "uploads-private"))
    items = program.command("list", "--entity", "post:1")["items"]
    for row in items:
        sizes = [each["key"] for each in row["metadata"]["variants"].values()]
        for key in {row["storage_path"], *sizes}:
            inside = key.removeprefix("private/")
            is_open = row["moderation_status"] == "approved"
            assert is_open is (inside == key), row
            assert (public / inside).exists() is is_open, row
            assert (private / inside).exists() is not is_open, row


def records(program, tmp_path):
    """Every record there is, as the export has it."""
    path = tmp_path / "records.csv"
    path.unlink(missing_ok=True)
    program.command("moderate", "--export", str(path))
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def colour(picture):
    """How colourful it is on average: from 0 (grey) to 255."""
    return ImageStat.Stat(picture.convert("HSV")).mean[1]


def is_veiled(picture):
    """Whether there is neither a colour nor an edge in it."""
    edges = picture.convert("L").filter(ImageFilter.FIND_EDGES).crop((1, 1, 399, 199))
    return colour(picture) < 20 and edges.getextrema()[1] < 40


def differ(one, other):
    """Whether they show something else; the same may have become a little sharper."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean) > 8


def test_a_session_by_keys(desk, program, photos, screen, tmp_path):
    need("ffmpeg")
    (bad,) = upload(program, tmp_path / "rejected.jpg")
    program.command("moderate", "--reject", bad, "--reason", "unsafe")
    upload(program, photos)
    queue = program.command("moderate", "--queue")["items"]
    names = [each["original_filename"].partition(".")[0] for each in queue]
    assert names == [f"{number:02}" for number in range(1, 14)]
    assert queue[2]["moderation_status"] == "flagged", "what looks like something rejected"
    program.open()
    open_page(desk, program.window)
    first = screen("first")

    desk.keys("a")
    second = screen("approved")
    assert differ(first, second)
    desk.keys("r", "3")

    # The third is hidden, for as long as B is not held.
    assert is_veiled(screen("hidden"))
    desk.x("keydown", "b")
    assert not is_veiled(screen("held"))
    desk.x("keyup", "b")
    assert is_veiled(screen("hidden again"))
    desk.keys("r", "4")

    desk.keys("f", "1", "s")
    fitting = screen("sixth")
    desk.keys("space")
    assert differ(fitting, screen("zoomed"))
    desk.keys("space")
    assert not differ(fitting, screen("fits again"))
    desk.keys("Left")
    assert is_veiled(screen("back at the flagged one"))
    desk.keys("Right")
    assert not differ(fitting, screen("sixth again"))
    desk.keys("a", "a", "z")
    seventh = screen("taken back")
    desk.keys("question")
    screen("keys")
    desk.keys("Escape")
    assert not differ(seventh, screen("keys closed"))
    desk.keys("r", "6")
    desk.type("Half of it is a thumb")
    screen("a note")
    desk.keys("Return", "a")
    approved = [1, 6, 8]
    rejected, flagged = [2, 3, 7], [4]
    expect(
        program, approved=approved, rejected=rejected, flagged=flagged, pending=[5, *range(9, 14)]
    )

    # Three at once, with the number of them said first; taken back, and once more.
    desk.keys("shift+Right", "shift+Right", "a")
    screen("three at once")
    desk.keys("Return")
    desk.keys("ctrl+z")
    screen("three taken back")
    desk.keys("shift+Right", "shift+Right", "a", "Return", "a")
    screen("video")
    desk.keys("a")
    approved += range(9, 14)
    screen("what was skipped")
    desk.keys("r", "1")
    screen("nothing left")
    expect(program, approved=approved, rejected=[*rejected, 5], flagged=flagged)

    program.close()
    program.open()
    desk.place(program.window, 0, 0, *SIZE)
    desk.keys("ctrl+4")
    desk.settle()
    desk.keys("ctrl+z")
    expect(program, approved=approved, rejected=rejected, flagged=flagged, pending=[5])
    screen("taken back after a restart")
    expect_places(program)

    waiting = program.command("moderate", "--queue")["items"]
    assert [each["original_filename"] for each in waiting] == ["04.jpg", "05.jpg"]
    figures = program.command("moderate", "--stats")
    counts = {each["status"]: each["count"] for each in figures["by_status"]}
    assert counts == {"approved": 8, "rejected": 4, "flagged": 1}
    reasons = {each["reason"]: each["count"] for each in figures["by_reason"]}
    assert reasons == {"unsafe": 2, "advertising": 1, "off_topic": 1, "other": 1}
    assert figures["flagged_at_door"] == 1
    notes = [each["note"] for each in records(program, tmp_path) if each["note"]]
    assert notes == ["Half of it is a thumb"]


@pytest.fixture
def colours(tmp_path):
    """Pictures of one colour each, with their names by it."""
    folder = tmp_path / "colours"
    folder.mkdir()
    made = {}
    for number in range(SHARED):
        shade = colorsys.hsv_to_rgb(number / SHARED, 0.9, 0.9)
        made[tuple(round(255 * each) for each in shade)] = f"{number:02}"
    for shade, name in made.items():
        Image.new("RGB", (600, 450), shade).save(folder / f"{name}.png")
    return made


def in_front(desk, colours):
    """The name of the picture that is shown; empty where there is none."""
    spot = desk.seen(SPOT).convert("RGB").getpixel((0, 0))
    apart, name = min(
        (max(abs(a - b) for a, b in zip(spot, shade, strict=True)), name)
        for shade, name in colours.items()
    )
    return name if apart < 20 else ""


def test_two_windows_share_one_queue(desk, program, second, colours, screen, tmp_path):
    upload(program, tmp_path / "colours")
    windows = (program, second)
    for each in windows:
        each.open()
        open_page(desk, turn_to(desk, each))
        screen("a window")
    decided = {each: [] for each in windows}

    def decide(window):
        if not in_front(desk, colours):
            desk.settle()  # it may be on its way
        if name := in_front(desk, colours):
            decided[window].append(name)
            desk.keys("a")
            wait_for(lambda: in_front(desk, colours) != name, what="the next one")

    for window in 4 * windows:
        turn_to(desk, window)
        for _ in range(4):
            decide(window)
    screen("all decided")
    names = sorted(colours.values())
    assert sorted(decided[program] + decided[second]) == names, "each was shown in one window"
    assert all(decided.values())
    wait_for(lambda: set(standing(program).values()) == {"approved"}, what="all to be approved")
    found = records(program, tmp_path)
    assert len(found) == len({each["public_id"] for each in found}) == SHARED
    assert {each["after"] for each in found} == {"approved"}
    assert not program.command("moderate", "--queue")["items"]
