"""Clients that decide, and crash while objects are moved; what holds of a row in the end."""

from datetime import timedelta

from sqlalchemy import select

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import trash
from artitec_media_desktop.database.tables import MEDIA_MOVES
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.editing import EditService
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.relocating import Relocating
from artitec_media_desktop.services.trash import TrashService
from tests.unit.services.conftest import objects

S = ModerationStatus
NOW = timedelta(0)


class Crash(BaseException):
    """What a killed process does: nothing more."""


class Client:
    """One signed-in person's services; ``at[step]`` is called when a move comes to that step."""

    def __init__(self, library, name="Mia Moderator", store=None):
        self.library = library
        self.at = {}
        account = Account(f"USR-{name[:3]}", name, Role.ADMIN)
        access = Access(library.database, lambda: account)
        store = store or library.store
        self.relocating = Relocating(
            library.database, store, lambda name: self.at.get(name, lambda: None)()
        )
        parts = library.database, access, self.relocating
        self.moderation = ModerationService(*parts, draw=lambda: 1.0)
        self.editing = EditService(library.database, store, access, self.relocating)
        self.trash = TrashService(*parts)

    def crashes_at(self, step):
        def crash():
            raise Crash

        self.at[step] = crash


class Store:
    """The library's store, of which some calls fail: ``failing["copy"] = 2`` fails twice."""

    def __init__(self, inner, error=None):
        self._inner = inner
        self.failing = {}
        self.calls = []
        self.error = error or Transient("network", "The storage does not answer.")

    def __getattr__(self, name):
        inner = getattr(self._inner, name)
        if name not in ("copy", "move", "delete", "put"):
            return inner

        def call(*arguments):
            self.calls.append((name, *arguments))
            if self.failing.get(name, 0) > 0:
                self.failing[name] -= 1
                raise self.error
            return inner(*arguments)

        return call


def intents(library):
    with library.database.read() as tx:
        return list(tx.execute(select(MEDIA_MOVES.c.public_id)).scalars())


def row(library, public_id):
    """Live or deleted."""
    with library.database.read() as tx:
        live = rows.by_public_id(tx, public_id)
        return live or trash.get(tx, public_id).media


def named(media):
    """Every key and address of a row; in a folder an address is a key."""
    variants = [each["key"] for each in media.metadata["variants"].values()]
    columns = (media.original_url, media.thumbnail_url, media.medium_url, media.large_url)
    return {media.storage_path, media.small_url, *columns, *variants} - {None}


def expect_area(library, public_id, private):
    """All that the row names is there and in that area, and nothing else is anywhere."""
    names = named(row(library, public_id))
    assert {name.startswith("private/") for name in names} == {private}
    stems = {name.removeprefix("private/") for name in names}
    mine = {key for key in objects(library) if key.removeprefix("private/") in stems}
    assert mine == names
    assert len(mine) >= 2
    assert library.check.run().is_clean
    assert intents(library) == []
