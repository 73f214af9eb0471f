"""The steps of the way to a profile's bucket or shared folder, with a small object of one's own."""

import hashlib
import logging
import secrets as random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..config.secrets import Secrets
from ..domain.errors import MediaError, Permanent
from ..domain.keys import private_key
from ..domain.media import StorageType
from ..domain.profiles import Profile
from ..storage import LocalStore, ObjectStore, Payload, S3Store
from .connecting import s3_settings

_LOG = logging.getLogger(__name__)
_CONNECT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 8.0
_BODY: Final = b"Written by \xe2\x80\x9cTest connection\xe2\x80\x9d; may be removed.\n"


class StorageTry:
    """Puts one object where anyone may read and one where nobody may; removes both."""

    #: Whether it can be put is what the others need.
    independent = frozenset({"get", "public read"})

    def __init__(self, profile: Profile, secrets: Secrets) -> None:
        self._profile = profile
        self._secrets = secrets
        self._leave = ExitStack()
        self._store: ObjectStore
        self._key = f"users/connection-test-{random.token_hex(8)}.txt"
        self._written: list[str] = []

    @property
    def steps(self) -> Sequence[tuple[str, str, Callable[[], str | None]]]:
        """See ConnectionTest."""
        in_bucket = self._profile.storage is StorageType.S3
        return (
            ("bucket", "Bucket", self._bucket) if in_bucket else ("folder", "Folder", self._folder),
            ("put", "Put", self._put),
            ("get", "Get", self._get),
            ("public read", "Public read", self._public_read),
            ("delete", "Delete", self._delete),
        )

    def close(self) -> None:
        """Remove what a failed step left."""
        for key in self._written:
            try:
                self._store.delete(key)
            except MediaError as error:
                _LOG.warning("%s of “Test connection” was left: %s", key, error.code)
        self._leave.close()

    def _bucket(self) -> str:
        settings = replace(
            s3_settings(self._profile, self._secrets),
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_ANSWER_SECONDS,
            attempts=1,
        )
        self._store = S3Store(settings)
        self._leave.callback(self._store.close)
        for _ in self._store.list(self._key):
            break
        how = "encrypted" if settings.endpoint_url.startswith("https:") else "not encrypted"
        return f"“{settings.bucket}” on {settings.host} is there ({how})."

    def _folder(self) -> str:
        folder = Path(self._profile.folder).expanduser()
        if not folder.is_dir():
            raise Permanent(
                "storage_gone",
                f"There is no folder {folder}. Connect the share, or check its path.",
            )
        self._store = LocalStore(folder)
        return f"{folder} is there."

    def _put(self) -> str:
        payload = Payload(
            _BODY, len(_BODY), hashlib.sha256(_BODY).hexdigest(), "text/plain", "no-store"
        )
        for key in (self._key, private_key(self._key)):
            self._written.append(key)  # before it is tried: the answer alone may be lost
            self._store.put(key, payload)
        return "An object can be put among those of the entities, and into the private area."

    def _get(self) -> str:
        for key in self._written:
            if self._store.get(key) != _BODY:
                raise Permanent(
                    "damaged", "What was read is not what was put. Tell whoever runs the storage."
                )
        return "What was put can be read with the key."

    def _public_read(self) -> str | None:
        store = self._store
        if not isinstance(store, S3Store):
            return None  # the platform's own server shows a folder; it may run elsewhere
        if not store.setup.readable_by_anyone(self._key):
            raise Permanent(
                "not_public",
                f"Not everybody can read {store.public_url(self._key)}, so web pages and other "
                "clients show no media. Check the public address, and put the policy that "
                "“artitec-media grants” prints on the bucket.",
            )
        if store.setup.readable_by_anyone(private_key(self._key), anywhere=True):
            raise Permanent(
                "private_open",
                f"Anyone can read the private area of “{store.bucket}”: media that wait for a "
                "decision or were rejected. Restrict the bucket's policy to the entity folders.",
            )
        return "Anyone can read the entities' media, and nobody the private area."

    def _delete(self) -> str:
        for key in tuple(self._written):
            try:
                self._store.delete(key)
            except Permanent as error:
                if error.code != "storage_denied":
                    raise
                left, self._written = ", ".join(self._written), []
                raise Permanent(
                    error.code,
                    "This key may not delete. That is right for an uploader; a moderator or admin "
                    f"needs s3:DeleteObject. Such a key can remove what was put: {left}.",
                ) from None
            self._written.remove(key)
            if self._store.info(key) is not None:
                raise Permanent("not_deleted", f"{key} is still there after it was deleted.")
        return "What was put could be removed."
