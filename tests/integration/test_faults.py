"""A batch on its way to the team's library while server, line or disk fail, and heal.

Whatever happens to it, every file ends as added, once, with no click, and nothing is left over.
"""

import shutil
from datetime import timedelta
from functools import partial
from io import BytesIO

import botocore.auth
import pytest
from PIL import Image
from sqlalchemy import event

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.database import mysql
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.connecting import database_of
from artitec_media_desktop.services.preparing import Preparing
from artitec_media_desktop.services.profiles import ProfileService
from artitec_media_desktop.services.recording import Recording
from artitec_media_desktop.storage import S3Settings
from tests.services.certificates import DAY, authority
from tests.services.fault_proxy import SLOW_DOWN, fault_proxy, http_answer
from tests.services.mariadb import PASSWORD, mariadb
from tests.services.mariadb import make as make_platform
from tests.services.team import Team, prepare

FILES = 12
EMAIL = "ada.admin@artitec.example"
#: Seconds after which what did not happen is a fault, on a machine that is busy.
SOON = 120


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    room = Image.open(BytesIO(draw_room(320, 240))).convert("HSV")
    h, s, v = room.split()
    for number in range(FILES):
        hue = h.point(lambda p, n=number: (p + 20 * n) % 256)
        picture = Image.merge("HSV", (hue, s, v)).convert("RGB")
        picture.save(folder / f"{number:02}.jpg", quality=95)
    return folder


@pytest.fixture(scope="module")
def own_server(tmp_path_factory, server):
    """A server of this file's own, to be stopped and started."""
    with mariadb(tmp_path_factory.mktemp("own")) as own:
        yield own


@pytest.fixture(scope="module")
def own_team(own_server, s3_server):
    return prepare(Team(make_platform(own_server, "newest", "faults"), s3_server))


@pytest.fixture
def lines(own_team):
    """The lines to the store and to the database."""
    own_team.platform.query("DELETE FROM media")
    store = own_team.store()
    for each in list(store.list()):
        store.delete(each.key)
    store.close()
    with (
        fault_proxy(own_team.s3.port) as to_store,
        fault_proxy(own_team.platform.server.port) as to_database,
    ):
        yield to_store, to_database


class Window:
    """What a window does about uploads, without one."""

    def __init__(self, app, qtbot):
        self.app, self.qtbot = app, qtbot
        self.items = {}
        app.pump.items_changed.connect(self._changed)

    def _changed(self, items):
        self.items |= {item.id: item for item in items}

    def drop(self, *paths):
        target = self.app.library.target("community:CMY-456/photos")
        self.app.pump.drop([str(each) for each in paths], target)

    def wait_until(self, what):
        self.qtbot.waitUntil(lambda: bool(what()), timeout=SOON * 1000)

    def waiting(self):
        return [each for each in self.in_state(UploadState.QUEUED) if each.error is not None]

    def in_state(self, state):
        """From the journal itself: the window is told at a pace of its own."""
        return [each for each in self.app.uploads.items() if each.state is state]

    def expect_all_added(self):
        self.wait_until(lambda: len(self.in_state(UploadState.DONE)) == FILES)
        expect_exactly(self.app, FILES)


def expect_exactly(app, count):
    """So many media, each with its row, its objects and its place once; nothing else."""
    page = app.library.page(MediaQuery())
    names = [each.original_filename for each in page.items]
    assert page.total == len(names) == len(set(names)) == count
    done = [each for each in app.uploads.items() if each.state is UploadState.DONE]
    assert {each.media_public_id for each in done} == {each.public_id for each in page.items}
    in_order = sorted(page.items, key=lambda each: each.sort_order)
    assert [each.original_filename for each in in_order] == sorted(names)
    assert len({each.sort_order for each in page.items}) == count
    findings = app.check.run()
    assert findings.is_clean, findings
    store = app.services.store
    objects = sum(1 + len(each.metadata["variants"]) for each in page.items)
    assert len(list(store.list())) == objects
    assert store.setup._client.call("list_multipart_uploads").get("Uploads", []) == []


@pytest.fixture
def opened(qapp, qtbot, tmp_path, own_team, lines, monkeypatch):
    """Opens the library over both lines; ``patience`` is how long it waits for an answer."""
    to_store, to_database = lines
    url = own_team.environment["DATABASE_URL"]
    environment = own_team.environment | {
        "S3_ENDPOINT_URL": f"http://127.0.0.1:{to_store.port}",
        "DATABASE_URL": url.replace(str(own_team.platform.server.port), str(to_database.port)),
    }
    apps = []

    def make(concurrency=3, patience=20):
        quick = partial(S3Settings, connect_timeout=patience, read_timeout=patience, attempts=2)
        monkeypatch.setattr("artitec_media_desktop.services.connecting.S3Settings", quick)
        patient = partial(database_of, answer_within=patience)
        monkeypatch.setattr("artitec_media_desktop.bootstrap.library.database_of", patient)
        home = Home(tmp_path / "home")
        profiles = ProfileService(home, Secrets(), environment)
        app = App(home, concurrency, EMAIL, PASSWORD, profiles=profiles)
        apps.append(app)
        done = []
        app.open(lambda: done.append(True), pytest.fail)
        qtbot.waitUntil(lambda: bool(done))
        return Window(app, qtbot)

    yield make
    for each in apps:
        each.close()


def slow_down(line):
    answer = http_answer("503 Slow Down", SLOW_DOWN)
    line.arm("answer", "request", times=1000, each=b"PUT /", answer=answer)


STORE_FAULTS = {
    "slow down": (slow_down, "busy"),
    "cut": (lambda line: line.arm("cut", "request", 3_000, 1000), "cut_off"),
    "reset": (lambda line: line.arm("reset", "request", 3_000, 1000), "cut_off"),
    "hang": (lambda line: line.arm("hang", "request", 3_000, 1000), "no_answer"),
    "answers lost": (lambda line: line.arm("cut", "response", 0, 1000), "cut_off"),
}


@pytest.mark.parametrize("fault", STORE_FAULTS)
def test_a_store_that_fails_for_a_while(opened, lines, photos, fault):
    arm, code = STORE_FAULTS[fault]
    to_store, _ = lines
    window = opened(patience=3 if fault == "hang" else 20)
    window.drop(photos)
    window.wait_until(lambda: window.in_state(UploadState.DONE))
    arm(to_store)
    window.wait_until(window.waiting)
    error = window.waiting()[0].error
    assert error[0] == code
    assert error[1].endswith(".")
    assert f"127.0.0.1:{to_store.port}" in error[1]
    to_store.clear()
    window.expect_all_added()
    assert not window.in_state(UploadState.FAILED)


def test_a_slow_line_only_takes_longer(opened, lines, photos):
    to_store, to_database = lines
    window = opened()
    to_store.delay, to_database.delay = 0.03, 0.01
    window.drop(photos)
    window.expect_all_added()
    assert {each.attempts for each in window.app.uploads.items()} == {1}


def test_the_database_is_killed_and_comes_back(opened, own_server, photos):
    window = opened()
    window.drop(photos)
    window.wait_until(lambda: window.in_state(UploadState.DONE))
    own_server.stop(hard=True)
    try:
        window.wait_until(window.waiting)
        code, sentence = window.waiting()[0].error
        assert code in ("database_gone", "commit_unknown")
        assert "faults" in sentence
    finally:
        own_server.start()
    window.expect_all_added()


@pytest.mark.parametrize("where", ["request", "response"])
@pytest.mark.parametrize("kind", ["cut", "hang"])
def test_a_commit_whose_answer_never_comes(opened, lines, photos, kind, where, monkeypatch):
    """Whether the server heard of it or not: nothing is doubled, nothing is missing."""
    # A server does not see that a line is dead: it gives up on the transaction some time later.
    sooner = mysql._SESSION.replace("transaction_timeout=30", "transaction_timeout=2")
    monkeypatch.setattr(mysql, "_SESSION", sooner)
    _, to_database = lines
    window = opened(patience=3 if kind == "hang" else 20)
    to_database.arm(kind, where, times=3, each=b"COMMIT")
    window.drop(photos)
    window.expect_all_added()
    assert to_database.struck == 3


def test_a_database_that_hangs(opened, lines, photos):
    _, to_database = lines
    window = opened(patience=3)
    window.drop(photos)
    window.wait_until(lambda: window.in_state(UploadState.DONE))
    to_database.arm("hang", "response", times=1000)
    window.wait_until(window.waiting)
    assert window.waiting()[0].error[0] in ("database_gone", "commit_unknown")
    to_database.clear()
    window.expect_all_added()


def test_sources_that_are_removed_or_edited(opened, photos, tmp_path, monkeypatch):
    folder = tmp_path / "mine"
    shutil.copytree(photos, folder)
    prepare_file = Preparing.prepare

    def edited(self, opened, *others):
        made = prepare_file(self, opened, *others)
        if opened.source.path.endswith("03.jpg"):
            (folder / "03.jpg").write_bytes(draw_room(500, 400))
        if opened.source.path.endswith("04.jpg"):
            (folder / "04.jpg").unlink()
        return made

    monkeypatch.setattr(Preparing, "prepare", edited)
    window = opened(concurrency=1)
    window.drop(folder)
    window.wait_until(lambda: window.in_state(UploadState.DONE))
    (folder / "09.jpg").unlink()
    (folder / "10.jpg").write_bytes(draw_room(600, 400))  # before its turn: then that is it
    window.wait_until(lambda: all(each.state.is_final for each in window.app.uploads.items()))
    failed = {each.name: each.error for each in window.in_state(UploadState.FAILED)}
    codes = {name: code for name, (code, _) in failed.items()}
    assert codes == {"03.jpg": "changed", "04.jpg": "vanished", "09.jpg": "vanished"}
    assert all(sentence.endswith(".") for _, sentence in failed.values())
    expect_exactly(window.app, FILES - 3)


REFUSALS = {
    "no_bucket": http_answer("404 Not Found", b"<Error><Code>NoSuchBucket</Code></Error>"),
    "bad_access_key": http_answer(
        "403 Forbidden", b"<Error><Code>InvalidAccessKeyId</Code></Error>"
    ),
    "storage_denied": http_answer("403 Forbidden", b"<Error><Code>AccessDenied</Code></Error>"),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_store_that_is_set_up_wrong_fails_no_file(opened, lines, photos, code):
    """Nothing is the matter with the files: they wait until somebody corrects it."""
    to_store, _ = lines
    to_store.arm("answer", "request", times=1000, each=b"HTTP/1.1", answer=REFUSALS[code])
    window = opened()
    window.drop(photos)
    window.wait_until(window.waiting)
    assert window.waiting()[0].error[0] == code
    to_store.clear()
    window.expect_all_added()


def test_a_clock_that_is_off_by_an_hour(opened, photos, monkeypatch):
    now = botocore.auth.get_current_datetime
    monkeypatch.setattr(
        "botocore.auth.get_current_datetime", lambda *given: now(*given) - timedelta(hours=1)
    )
    window = opened()
    window.drop(photos)
    window.wait_until(window.waiting)
    code, sentence = window.waiting()[0].error
    assert code == "clock_skew"
    assert "clock" in sentence
    monkeypatch.undo()
    window.expect_all_added()


@pytest.mark.logs_errors
def test_a_line_that_goes_dead_while_a_file_fails(opened, lines, own_server, photos, monkeypatch):
    """What was sent for it can't be looked up then; it ends as failed all the same."""

    def broken(self, *_):
        own_server.stop(hard=True)
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Recording, "record", broken)
    window = opened(concurrency=1)
    window.drop(photos / "00.jpg")
    try:
        window.wait_until(lambda: window.in_state(UploadState.FAILED))
        window.wait_until(lambda: not window.app.pump.is_working)
    finally:
        own_server.start()


def test_the_journal_cannot_be_written_for_a_while(opened, photos, monkeypatch):
    """What was under way then is done afterwards, though the journal could not be told."""
    monkeypatch.setattr("artitec_media_desktop.tasks.pump._JOURNAL_AGAIN_MS", 300)
    window = opened()
    faults = []
    window.app.pump.journal_failed.connect(faults.append)
    full = []

    def limit(connection, *_):
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=" + ("ON" if full else "OFF"))
        cursor.close()

    engine = window.app.services.journal_database.engine
    event.listen(engine, "checkout", limit)
    window.drop(photos)
    window.wait_until(lambda: window.in_state(UploadState.DONE))
    full.append(True)
    window.wait_until(lambda: len(faults) >= 3)
    full.clear()
    window.expect_all_added()


def test_a_library_that_can_only_be_looked_at_for_a_while(opened, photos):
    """Somebody migrated its tables for a newer version, say, while files were waiting."""
    window = opened()
    services = window.app.services
    uploads = services.uploads
    uploads.drop([str(photos)], window.app.library.target("community:CMY-456/photos"))
    services.read_only = "Its tables are of a newer version."
    window.app.pump.wake()
    window.wait_until(window.waiting)
    assert window.waiting()[0].error == ("read_only", services.read_only)
    services.read_only = ""
    window.expect_all_added()


def test_a_certificate_that_has_expired(opened, own_team, photos, tmp_path, monkeypatch):
    ca, issue = authority(tmp_path)
    stale = issue("stale", begin=-3 * DAY, end=-DAY)
    with fault_proxy(own_team.s3.port, stale) as line:
        window = opened()
        trusting = partial(
            S3Settings, endpoint=f"https://127.0.0.1:{line.port}", ca_file=ca, connect_timeout=1
        )
        good = window.app.services.store.setup._client.settings
        bad = trusting(good.bucket, good.access_key, good.secret_key)
        client = window.app.services.store.setup._client
        client.settings, client._boto = bad, None
        window.drop(photos)
        window.wait_until(window.waiting)
        code, sentence = window.waiting()[0].error
        assert code == "bad_certificate"
        assert "has expired" in sentence
        client.settings, client._boto = good, None  # it was renewed
        window.expect_all_added()
