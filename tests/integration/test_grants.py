"""What “grants” prints, put in force on real servers: each role can do its work, and no more."""

import json
import time
from dataclasses import replace

import boto3
import pymysql
import pytest

from artitec_media_desktop.bootstrap.library import Library, migrating
from artitec_media_desktop.config.environment import profile_of
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import Forbidden, Permanent
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Ruling
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.connection_test import ConnectionTest, StepState
from artitec_media_desktop.services.grants import GrantRole, grants
from artitec_media_desktop.storage import S3Store
from tests.rulings import ruled
from tests.services.certificates import authority
from tests.services.mariadb import PASSWORD, Server, make
from tests.services.seaweedfs import seaweedfs
from tests.services.team import Team, prepare

ADA, DANA = "ada.admin@artitec.example", "dana.reyes@artitec.example"
ROLES = {"uploader": DANA, "moderator": DANA, "admin": ADA}
SECRET = "of the rôle"


class Granted:
    """Both servers, with an account and a key for each role, as its grants have them."""

    def __init__(self, team):
        self.team = team
        self.keys = {}

    def run(self, *statements):
        connection = self.team.platform.server.connect()
        with connection, connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)

    def grant(self, role):
        found = grants(GrantRole(role), self.team.platform.name, self.team.bucket)
        self.run(*found.sql)
        note = next(each for each in found.notes if "UNLOCK" in each)
        self.run(note.partition(": ")[2].replace("…", SECRET))
        if found.policy is not None:
            posts = next(each for each in found.notes if "`posts`" in each)
            self.run(posts.partition(": ")[2])
            self.keys[role] = self._key(role, found.policy)

    def _key(self, role, policy):
        # There is no TLS in front of this server; all else is as it is printed.
        statements = [each for each in policy["Statement"] if each["Sid"] != "EncryptedOnly"]
        iam = boto3.client("iam", **self._as_root())
        name = f"role-{role}"
        iam.create_user(UserName=name)
        made = iam.create_policy(
            PolicyName=name, PolicyDocument=json.dumps({**policy, "Statement": statements})
        )
        iam.attach_user_policy(UserName=name, PolicyArn=made["Policy"]["Arn"])
        key = iam.create_access_key(UserName=name)["AccessKey"]
        iam.close()
        return key["AccessKeyId"], key["SecretAccessKey"]

    def _as_root(self):
        access, secret = self.team.s3.admin
        return {
            "endpoint_url": f"http://127.0.0.1:{self.team.s3.port}", "region_name": "us-east-1",
            "aws_access_key_id": access, "aws_secret_access_key": secret,
        }  # fmt: skip

    def profile(self, role):
        server = self.team.platform.server
        access, secret = self.keys.get(role, ("none", "none"))
        where = f"127.0.0.1:{server.port}/{self.team.platform.name}"
        values = self.team.environment | {
            "DATABASE_URL": f"mysql://artitec_{role}:{SECRET.replace(' ', '%20')}@{where}",
            "AWS_ACCESS_KEY_ID": access,
            "AWS_SECRET_ACCESS_KEY": secret,
        }
        profile, found = profile_of(values, role)
        secrets = Secrets()
        for which, value in found.items():
            secrets.put(role, which, value, keep=False)
        return profile, secrets

    def open(self, role, folder):
        profile, secrets = self.profile(role)
        library = Library.of(Home(folder), profile, secrets)
        library.open(ROLES[role], PASSWORD)
        return library


@pytest.fixture(scope="module")
def granted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("granted")
    _ca, issue = authority(folder)
    certificate, key = issue("server")
    server = Server(tmp_path_factory.mktemp("mariadb-tls"))
    server.install()
    server.start(f"--ssl-cert={certificate}", f"--ssl-key={key}")
    try:
        with seaweedfs() as s3:
            team = prepare(Team(make(server, "enhanced", "artitec"), s3), migrated=False)
            made = Granted(team)
            made.grant("migrator")
            profile, secrets = made.profile("migrator")
            migration = migrating(Home(folder), profile, secrets)
            assert migration.run()
            migration.close()
            for role in ROLES:
                made.grant(role)
            _wait_for(made)
            yield made
    finally:
        server.stop(hard=True)


def _wait_for(granted):
    """The S3 server takes a moment to know its new keys."""
    store = S3Store(granted.team.s3.settings("media", granted.keys["admin"], attempts=1))
    for _ in range(1200):
        try:
            store.info("users/none")
            break
        except Permanent:
            time.sleep(0.1)
    store.close()


@pytest.fixture
def as_role(granted, tmp_path):
    opened = []

    def one(role):
        opened.append(granted.open(role, tmp_path / role))
        return opened[-1]

    yield one
    for each in opened:
        each.close()


def upload(library, tmp_path, size, target="community:CMY-456/photos"):
    photo = tmp_path / f"{size[0]}.jpg"
    photo.write_bytes(draw_room(*size))
    batch = library.uploads.drop([str(photo)], library.library.target(target))
    while (item := library.uploads.claim()) is not None:
        library.uploads.work_on(item, Unwatched(), lambda _progress: None)
    (item,) = library.uploads.items(batch)
    assert item.state is UploadState.DONE, item.error
    return item.media_public_id


def test_an_uploader_adds_and_looks_and_takes_nothing_away(granted, as_role, tmp_path):
    library = as_role("uploader")
    assert library.read_only == ""
    public_id = upload(library, tmp_path, (640, 480))
    assert library.library.media(public_id).original_filename == "640.jpg"
    assert library.library.entities(None, "willow")
    keys = {each.key for each in library.store.list()}

    with pytest.raises(Permanent) as refused:
        library.trash.delete([public_id])
    assert refused.value.code == "database_rights"
    with pytest.raises(Permanent) as refused:
        library.store.delete(next(iter(keys)))
    assert refused.value.code == "storage_denied"
    assert {each.key for each in library.store.list()} == keys
    assert library.library.media(public_id).public_id == public_id
    # A second one as primary: the first one is demoted, which is a right on two columns.
    upload(library, tmp_path, (700, 500), "community:CMY-456/cover")
    upload(library, tmp_path, (710, 500), "community:CMY-456/cover")


def test_an_uploader_can_cancel_although_nothing_can_be_taken_back(granted, as_role, tmp_path):
    library = as_role("uploader")
    photo = tmp_path / "cancelled.jpg"
    photo.write_bytes(draw_room(800, 601))
    target = library.library.target("community:CMY-456/photos")
    batch = library.uploads.drop([str(photo)], target)

    def cancel(name):
        if name == "put":
            library.uploads.cancel()

    library.step = cancel
    item = library.uploads.claim()
    library.uploads.work_on(item, Unwatched(), lambda _progress: None)

    (item,) = library.uploads.items(batch)
    assert (item.state, item.error[0]) == (UploadState.SKIPPED, "cancelled")
    assert item.plan is not None  # still known, so that it can be named
    assert library.store.info(item.plan.keys.original) is not None


def test_what_an_uploader_adds_is_held_where_it_looks_like_something_rejected(
    granted, as_role, tmp_path
):
    admin, uploader = as_role("admin"), as_role("uploader")
    rejected = upload(admin, tmp_path, (650, 490))
    admin.moderation.decide([rejected], ruled(ModerationStatus.REJECTED))
    try:
        held = uploader.library.media(upload(uploader, tmp_path, (654, 490)))
        assert held.moderation_status is ModerationStatus.FLAGGED
        assert held.storage_path.startswith("private/")
    finally:
        admin.moderation.decide([rejected], ruled(ModerationStatus.APPROVED))


def test_a_moderator_decides_and_the_objects_follow(granted, as_role, tmp_path):
    public_id = upload(as_role("admin"), tmp_path, (660, 480))
    library = as_role("moderator")
    library.moderation.decide([public_id], ruled(ModerationStatus.REJECTED))
    assert library.library.media(public_id).storage_path.startswith("private/")
    library.moderation.decide([public_id], ruled(ModerationStatus.APPROVED))
    library.trash.delete([public_id])
    library.trash.restore([public_id])
    assert not library.library.media(public_id).storage_path.startswith("private/")
    library.check.run()


def test_another_look_is_asked_for_and_decisions_are_taken_back(granted, as_role, tmp_path):
    admin, uploader, moderator = as_role("admin"), as_role("uploader"), as_role("moderator")
    public_id = upload(admin, tmp_path, (665, 480))
    moderator.moderation.decide([public_id], ruled(ModerationStatus.REJECTED))
    moderator.undoing.undo()
    admin.moderation.decide([public_id], ruled(ModerationStatus.REJECTED))
    uploader.moderation.appeal(public_id, "It is our own garden.")
    with pytest.raises(Forbidden):  # who rejected it does not answer
        admin.review_queue.claim(public_id)
    admin.undoing.undo()
    assert admin.library.media(public_id).is_open
    # Somebody else had decided: a moderator answers.
    moderator.account = replace(moderator.account, user_id="USR-9", role=Role.ADMIN)
    admin.moderation.decide([public_id], ruled(ModerationStatus.REJECTED))
    uploader.moderation.appeal(public_id, "It is our own garden.")
    lease = moderator.review_queue.claim(public_id).lease
    approved = Ruling(ModerationStatus.APPROVED)
    moderator.moderation.decide([public_id], approved, leases={public_id: lease})
    assert admin.library.media(public_id).is_open


def test_an_admin_does_everything_but_change_tables(granted, as_role, tmp_path):
    library = as_role("admin")
    public_id = upload(library, tmp_path, (680, 480), "builder:BLD-012/portfolio")
    library.editing.edit([public_id], MediaEdit(is_public=False))
    library.editing.edit([public_id], MediaEdit(is_public=True))
    library.moderation.decide([public_id], ruled(ModerationStatus.FLAGGED))
    policy = library.policy.set(replace(library.policy.get(), lease_minutes=12))
    assert as_role("uploader").policy.get() == as_role("moderator").policy.get() == policy
    library.trash.delete([public_id])
    assert library.store.sweep() == 0
    assert library.store.setup.open_entity_folders() is False


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE media ADD COLUMN x INT",
        "DROP TABLE media_trash",
        "CREATE TABLE x (id INT)",
        "UPDATE users SET role = 'admin'",
        "DELETE FROM media_changes",
        "SELECT public_blurb FROM communities",
        "SELECT LOAD_FILE('/etc/hostname') INTO OUTFILE '/tmp/x'",
        "SELECT * FROM mysql.user",
    ],
)
def test_no_role_goes_beyond_the_rows_it_needs(granted, role, statement):
    with _connect(granted, role) as connection, connection.cursor() as cursor:
        with pytest.raises(pymysql.Error) as refused:
            cursor.execute(statement)
        assert refused.value.args[0] in (1142, 1143, 1044, 1045, 1227)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE media SET moderation_status = 'approved'",
        "UPDATE media SET is_approved = 1",
        "UPDATE media SET storage_path = 'x'",
        "DELETE FROM media",
        "DELETE FROM media_trash",
    ],
)
def test_an_uploader_cannot_approve_or_delete_with_a_client_of_its_own(granted, statement):
    with _connect(granted, "uploader") as connection, connection.cursor() as cursor:
        with pytest.raises(pymysql.Error) as refused:
            cursor.execute(statement)
        assert refused.value.args[0] in (1142, 1143)


def _connect(granted, role, **options):
    server = granted.team.platform.server
    return pymysql.connect(
        host="127.0.0.1", port=server.port, user=f"artitec_{role}", password=SECRET.encode(),
        database=granted.team.platform.name, **options,
    )  # fmt: skip


@pytest.mark.parametrize("role", [*ROLES, "migrator"])
def test_every_account_is_let_in_encrypted_only(granted, role):
    with pytest.raises(pymysql.Error) as refused:
        _connect(granted, role, ssl_disabled=True)
    assert refused.value.args[0] == 1045
    _connect(granted, role).close()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_can_test_its_own_connection(granted, role):
    steps = ConnectionTest(*granted.profile(role)).run(Unwatched())
    failed = {each.name: each.detail for each in steps if each.state is not StepState.OK}
    if role == "uploader":
        assert "right for an uploader" in failed.pop("delete")
    assert failed == {}


def test_what_is_printed_can_be_run_again_and_locks_a_new_account_only(granted):
    granted.run(*grants(GrantRole.UPLOADER, granted.team.platform.name, "media").sql)
    _connect(granted, "uploader").close()
    sql = grants(GrantRole.UPLOADER, granted.team.platform.name, "media", "some'one@127.0.0.1").sql
    granted.run(*sql)
    with pytest.raises(pymysql.Error):
        pymysql.connect(host="127.0.0.1", port=granted.team.platform.server.port, user="some'one")
