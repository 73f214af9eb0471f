"""Proves what a package may have lost on the way: drivers, formats, decoders, Qt's plug-ins."""

import json
import ssl
import subprocess
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ..config.resources import resource
from ..config.secrets import Secrets, backends
from ..database.engine import Database
from ..database.schema import current
from ..domain.errors import MediaError, Permanent
from ..domain.profiles import EMBEDDED
from ..processing.video import VideoReader
from ..storage import S3Settings, S3Store

#: Nobody listens there.
_NOWHERE: Final = "127.0.0.1:9"
_SECONDS: Final = 60.0
#: The child says what it found in one line of JSON; see ``ui/trying_qt.py``.
OPTION: Final = "--try-qt"


class Parts:
    """Steps of the self-test; each returns what it found, and raises MediaError.

    ``program`` is the command line of our own executable.
    """

    def __init__(self, program: Sequence[str]) -> None:
        self._program = tuple(program)

    @property
    def steps(self) -> tuple[Callable[[], str], ...]:
        """All of them, in order."""
        return (
            self.pictures,
            self.videos,
            self.database_driver,
            self.storage_client,
            self.certificates,
            self.keyring,
            self.window_system,
        )

    def pictures(self) -> str:
        """Every format is read and written."""
        from ..processing.trying_formats import formats_that_work

        return ", ".join(formats_that_work())

    def videos(self) -> str:
        """The built-in decoder makes a poster, whatever else is installed."""
        helper = (*self._program, "--video-poster")
        clip = resource("self_test") / "clip.mp4"
        facts = VideoReader(helper, timeout=_SECONDS, built_in=True).read(str(clip))
        if facts.poster is None:
            raise Permanent("self_test", f"a video has no poster: {facts.note}")
        return f"{facts.width} × {facts.height}, {facts.duration} s"

    def database_driver(self) -> str:
        """A server is asked for; that nobody answers is the driver's own finding."""
        database = Database.server(f"mysql+pymysql://nobody@{_NOWHERE}/none")
        try:
            current(database)
        except MediaError as error:
            return f"PyMySQL: {error.code}"
        finally:
            database.close()
        raise Permanent("self_test", f"something answered at {_NOWHERE}")

    def storage_client(self) -> str:
        """The same of a bucket."""
        settings = S3Settings("none", "key", "secret", endpoint=f"http://{_NOWHERE}")
        store = S3Store(replace(settings, attempts=1))
        try:
            store.info("none")
        except MediaError as error:
            return f"boto3: {error.code}"
        finally:
            store.close()
        raise Permanent("self_test", f"something answered at {_NOWHERE}")

    def certificates(self) -> str:
        """Somebody is trusted: else every https address would be refused."""
        read = ssl.create_default_context().cert_store_stats()["x509_ca"]
        folder = ssl.get_default_verify_paths().capath  # read only when somebody is asked for
        if not read and not (folder and any(Path(folder).iterdir())):
            raise Permanent("self_test", "there are no certificates to trust")
        return f"{read} in one file" if read else "a folder of them"

    def keyring(self) -> str:
        """A secret is kept and found again, where there is a keyring."""
        secrets, value = Secrets(), uuid.uuid4().hex
        names = ", ".join(backends())
        if not names:
            raise Permanent("self_test", "no keyring can be loaded")
        if not secrets.put(EMBEDDED, "self-test", value):
            return f"{names}: none is open here"
        try:
            if Secrets().get(EMBEDDED, "self-test") != value:
                raise Permanent("self_test", "the keyring does not give back what it was given")
        finally:
            secrets.remove(EMBEDDED, "self-test")
        return f"{names}: kept and found"

    def window_system(self) -> str:
        """Qt's plug-ins for windows, pictures and videos load, and its words are there."""
        try:
            done = subprocess.run(
                [*self._program, OPTION], capture_output=True, timeout=_SECONDS, check=False
            )
            found: dict[str, Any] = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise Permanent("self_test", f"Qt does not start: {type(error).__name__}") from error
        if missing := found["missing"]:
            raise Permanent("self_test", f"Qt lacks: {', '.join(missing)}")
        return str(found["found"])
