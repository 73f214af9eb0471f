"""200 photos of 3 MB into a bucket of a real S3 server, rows into a real MariaDB.

    python -m benchmarks.upload_s3 [--files N] [--rounds N]

Three ways in turn, each on the same photos: the application's own window, which does it all;
its processing alone, in a process of its own, with the application's threads and bounds; and
plain boto3 putting the same objects with the same concurrency. Of each, the best round counts:
whatever else the machine does takes time and never gives any.

Both servers run on this machine, and share its cores with what is measured. So the figures end
with what that costs at least: the processor time of the other two ways together, servers
included, spread over all cores.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil

from artitec_media_desktop.storage import S3Store
from tests.services import mariadb, seaweedfs
from tests.services.team import Team, prepare

from .pipeline import photo
from .report import report

CONCURRENCY = 5
MEGABYTES = 3
#: At this size a photo of the kind weighs 3 MB in a camera's finest quality.
PIXELS = (3160, 2370)
REACH = {
    "wall_over_larger": ("<=", 1.3),
    "round_trips_a_file": ("<=", 12),
    "gui_ms_per_100_files": ("<=", 40),
}
EMAIL = "ada.admin@artitec.example"

Way = dict[str, float]

# What the pipeline does with a file before anything leaves, in as many threads as it has.
PROCESSING = """
import json, os, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.processing.source import open_source
from artitec_media_desktop.processing.video import VideoReader
from artitec_media_desktop.services.pipeline import _sha256
from artitec_media_desktop.services.preparing import Preparing

slot = find_slot(EntityType.COMMUNITY, "photos")
preparing = Preparing(VideoReader(()), os.cpu_count() or 1)

def check():
    pass

def one(path):
    with open_source(str(path), slot) as opened:
        data = opened.read()
        preparing.prepare(opened, data, _sha256(data), slot, check)

paths = sorted(Path(sys.argv[1]).iterdir())
wall, cpu = time.perf_counter(), time.process_time()
with ThreadPoolExecutor(int(sys.argv[2])) as pool:
    list(pool.map(one, paths))
print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))
"""

# The program's own window, kept responsive as the program keeps it: collections of everything would
# count for whichever thread they meet. The time of the GUI thread is what its own clock says it
# computed.
CHILD = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions, UploadState
from artitec_media_desktop.ui import responsive
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.theme import theme

qt = QApplication([])
responsive.keep_responsive()
theme().apply(qt)
app = App(Home(Path(sys.argv[1])), email=sys.argv[4])
window = MainWindow(app)
left, began = set(range(int(sys.argv[3]))), []
done = []

def drop(target):
    began.extend((time.perf_counter(), time.thread_time(), time.process_time()))
    options = UploadOptions(on_duplicate=OnDuplicate.KEEP)
    app.pump.drop([sys.argv[2]], target, options, print, lambda _batch: None)

def begin():
    print("ready", flush=True)
    sys.stdin.readline()
    app.runner.run(lambda _: app.library.target("community:CMY-456/photos"), drop, print)

finished = {}

def changed(rows):
    finished.update({row.id: row.state for row in rows if row.state.is_final})
    if len(finished) == int(sys.argv[3]):
        wall, gui = time.perf_counter() - began[0], time.thread_time() - began[1]
        added = sum(state is UploadState.DONE for state in finished.values())
        cpu = time.process_time() - began[2]
        print(json.dumps({"wall": wall, "gui": gui, "cpu": cpu, "done": added}), flush=True)
        sys.stdin.readline()
        window.close()
        qt.exit(0)

app.pump.items_changed.connect(changed)
window.show()
window.open()
QTimer.singleShot(3000, begin)
sys.exit(qt.exec())
"""


def make_photos(folder: Path, count: int) -> None:
    """JPEGs of nearly 3 MB, each another file: the last bytes, which are no part of the picture."""
    kinds = [_of_length(photo(seed, *PIXELS), MEGABYTES * 10**6) for seed in range(4)]
    for number in range(count):
        data = kinds[number % len(kinds)]
        (folder / f"IMG_{number:04d}.jpg").write_bytes(data + number.to_bytes(4, "big"))


def _of_length(data: bytes, length: int) -> bytes:
    """Encode again at the best quality that is not longer."""
    from PIL import Image

    image = Image.open(io.BytesIO(data))
    for quality in range(100, 50, -1):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, exif=image.getexif())
        if out.tell() <= length:
            return out.getvalue()
    raise SystemExit("the photo is too large")


def application(home: Path, photos: Path, count: int, team: Team) -> dict[str, Any]:
    """The whole of it: seconds, seconds of the GUI thread, and questions put to the database."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home), str(photos), str(count), EMAIL],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ
        | team.environment
        | {"QT_QPA_PLATFORM": "offscreen", "ARTITEC_MEDIA_PASSWORD": mariadb.PASSWORD},
    )
    assert child.stdin is not None and child.stdout is not None  # noqa: S101
    if child.stdout.readline() != "ready\n":
        raise SystemExit("the window did not open")
    before = questions(team)
    child.stdin.write("go\n")
    child.stdin.flush()
    result: dict[str, Any] = json.loads(child.stdout.readline())
    result["questions"] = questions(team) - before - 1
    child.stdin.write("end\n")
    child.stdin.close()
    child.wait()
    if result["done"] != count:
        raise SystemExit(f"only {result['done']} of {count} photos were added")
    return result


def questions(team: Team) -> int:
    """What the database server was asked so far, by anybody."""
    return int(team.platform.query("SHOW GLOBAL STATUS LIKE 'Questions'")[0][1])


def processing(photos: Path) -> Way:
    """Seconds to read and process all, as the pipeline does; in a process of its own, as there."""
    command = [sys.executable, "-c", PROCESSING, str(photos), str(CONCURRENCY)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Way = json.loads(done.stdout)
    return found


def plain_boto3(team: Team, objects: dict[str, bytes]) -> Way:
    """Seconds to put the same objects with boto3 as it comes; ``cpu`` with that of the server."""
    import boto3
    from botocore.config import Config

    access, secret = team.s3.admin
    client = boto3.client(
        "s3",
        endpoint_url=team.environment["S3_ENDPOINT_URL"],
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}, max_pool_connections=CONCURRENCY),
    )

    def put(item: tuple[str, bytes]) -> None:
        client.put_object(Bucket=team.bucket, Key=item[0], Body=item[1], ContentType="image/jpeg")

    with ThreadPoolExecutor(CONCURRENCY) as pool:
        wall, cpu, server = perf_counter(), process_time(), sum(servers().values())
        for _ in pool.map(put, objects.items()):
            pass
        wall, cpu = perf_counter() - wall, process_time() - cpu
    return {"wall": wall, "cpu": cpu + sum(servers().values()) - server}


def servers() -> dict[str, float]:
    """Seconds of processor time that each server took so far."""
    times = {each.name(): each.cpu_times() for each in psutil.Process().children()}
    return {name: each.user + each.system for name, each in times.items()}


def stored(store: S3Store, prefix: str) -> dict[str, bytes]:
    """What the application put, to be put again under other keys."""
    return {f"users/again/{each.key}": store.get(each.key) for each in store.list(prefix)}


def main() -> int:
    """Print the table and, last, the JSON document; 0 when every reach is met."""
    parser = argparse.ArgumentParser(prog="benchmarks.upload_s3", description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dropped, data = folder / "photos", folder / "mariadb"
        dropped.mkdir()
        data.mkdir()
        make_photos(dropped, asked.files)
        with mariadb.mariadb(data) as server, seaweedfs.seaweedfs() as s3:
            team = prepare(Team(mariadb.make(server, "newest", "artitec"), s3))
            rounds = [one_round(folder / f"home{n}", dropped, team) for n in range(asked.rounds)]
    ways = {name: min((each[name] for each in rounds), key=_wall) for name in rounds[0]}
    for name, way in ways.items():
        cpu = ", ".join(f"{key} {value:.1f}" for key, value in way.items() if "cpu" in key)
        print(f"  {name:<12} {way['wall']:6.2f} s; seconds of processor time: {cpu}")
    whole, alone, puts = ways.values()
    larger = max(alone["wall"], puts["wall"])
    least = (alone["cpu"] + puts["cpu"]) / (os.cpu_count() or 1)
    per_file = 1 / asked.files
    figures = {
        "wall_over_larger": round(whole["wall"] / larger, 2),
        "round_trips_a_file": round(whole["questions"] * per_file, 1),
        "gui_ms_per_100_files": round(whole["gui"] * 1000 * 100 * per_file, 1),
        "least_over_larger": round(least / larger, 2),
        "files": asked.files,
        "rounds": asked.rounds,
    }
    return report("upload-s3", figures, REACH)


def _wall(way: Way) -> float:
    return way["wall"]


def one_round(home: Path, photos: Path, team: Team) -> dict[str, Way]:
    """All three ways, one after the other."""
    store = team.store()
    count = len(list(photos.iterdir()))
    before = servers()
    done = application(home, photos, count, team)
    done |= {f"cpu of {name}": now - before[name] for name, now in servers().items()}
    alone = processing(photos)
    puts = plain_boto3(team, stored(store, "communities/"))
    for each in list(store.list()):
        store.delete(each.key)
    store.close()
    return {"application": done, "processing": alone, "boto3": puts}


if __name__ == "__main__":
    raise SystemExit(main())
