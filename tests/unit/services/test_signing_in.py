"""Signing in: what is let in, what is not, and how long one waits after failures."""

from dataclasses import dataclass

import bcrypt
import pytest

from artitec_media_desktop.database import accounts
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.signing_in import SigningIn, Tries

EMAIL, PASSWORD = "ada@artitec.example", "correct horse"
LONG = "ä" * 40  # 80 bytes
LONGER = LONG + "and more"


def hashed(password, prefix=b"2b"):
    return bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(4, prefix)).decode()


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@dataclass
class Kept:
    """One account, as the database would tell it."""

    hash: str | None = None
    active: bool = True

    def read(self):
        from contextlib import nullcontext

        return nullcontext(self)


@pytest.fixture
def sign_in(tmp_path, monkeypatch):
    clock, kept = Clock(), Kept(hashed(PASSWORD))
    monkeypatch.setattr(
        accounts,
        "by_email",
        lambda _tx, email: (
            Account("USR-1", "Ada", Role.ADMIN, kept.active) if email.lower() == EMAIL else None
        ),
    )
    monkeypatch.setattr(accounts, "password_hash", lambda _tx, _user_id: kept.hash)

    def attempt(email=EMAIL, password=PASSWORD):
        service = SigningIn(kept, Tries(tmp_path / "sign-in.json", clock))
        try:
            return service.sign_in(email, password).user_id
        except Permanent as error:
            return error.code

    attempt.clock, attempt.kept, attempt.file = clock, kept, tmp_path / "sign-in.json"
    return attempt


def test_the_right_password_in_any_case_of_the_address(sign_in):
    assert sign_in() == "USR-1"
    assert sign_in("  ADA@Artitec.Example ") == "USR-1"


def test_nothing_tells_which_of_the_two_is_wrong(sign_in):
    assert sign_in(password="wrong") == sign_in("nobody@artitec.example") == "sign_in_failed"


@pytest.mark.parametrize("prefix", ["2y", "2a", "2b"])
def test_every_spelling_of_bcrypt(sign_in, prefix):
    sign_in.kept.hash = sign_in.kept.hash.replace("$2b$", f"${prefix}$")
    assert sign_in() == "USR-1"
    assert sign_in(password="wrong") == "sign_in_failed"


@pytest.mark.parametrize(
    "kept",
    [None, "", "$2b$04$short", "$2b$99$" + "a" * 53, "$9z$04$" + "a" * 53, "correct horse",
     "$2b$04$" + "ä" * 53, "$2b$04$" + "\x00" * 53, "$argon2id$v=19$m=65536"],
)  # fmt: skip
def test_a_damaged_hash_lets_nobody_in(sign_in, kept):
    sign_in.kept.hash = kept
    assert sign_in() == "sign_in_failed"


@pytest.mark.parametrize("password", ["", "\x00", "correct horse\x00", "\ud800", "x" * 100_000])
def test_odd_passwords_are_wrong_ones(sign_in, password):
    assert sign_in(password=password) == "sign_in_failed"


def test_a_password_longer_than_bcrypt_looks_at(sign_in):
    sign_in.kept.hash = hashed(LONGER)
    assert sign_in(password=LONGER) == "USR-1"
    assert sign_in(password="ä" * 35) == "sign_in_failed"


def test_an_account_that_is_not_active_is_told_so_only_with_its_password(sign_in):
    sign_in.kept.active = False
    assert sign_in() == "account_not_active"
    assert sign_in(password="wrong") == "sign_in_failed"


def test_the_wait_grows_and_outlives_a_new_start(sign_in):
    waits = []
    for _ in range(14):
        while sign_in(password="wrong") == "sign_in_wait":
            sign_in.clock.now += 1
        before = sign_in.clock.now
        tries = Tries(sign_in.file, sign_in.clock)
        waits.append(tries.wait(EMAIL))
        sign_in.clock.now = before + waits[-1]
    assert waits[:6] == [0, 0, 2, 4, 8, 16]
    assert waits == sorted(waits)
    assert waits[-1] == 300


def test_while_one_waits_the_right_password_is_not_tried_either(sign_in):
    for _ in range(3):
        sign_in(password="wrong")
    assert sign_in() == "sign_in_wait"
    assert sign_in("somebody@artitec.example", "wrong") == "sign_in_failed"
    sign_in.clock.now += 2
    assert sign_in() == "USR-1"
    assert sign_in(password="wrong") == "sign_in_failed"  # begins anew


def test_a_clock_that_goes_back_makes_nobody_wait_for_years(sign_in):
    for _ in range(4):
        sign_in(password="wrong")
        sign_in.clock.now += 10
    sign_in.clock.now -= 10**6
    assert Tries(sign_in.file, sign_in.clock).wait(EMAIL) <= 300


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": ["x", "y"]}', "\x00"])
def test_a_damaged_file_of_tries_is_begun_anew(sign_in, text):
    sign_in.file.write_text(text)
    assert sign_in(password="wrong") == "sign_in_failed"
    assert sign_in() == "USR-1"


def test_neither_address_nor_password_is_written_down(sign_in):
    sign_in(password="hunter2")
    text = sign_in.file.read_text()
    assert "ada" not in text
    assert "hunter2" not in text
