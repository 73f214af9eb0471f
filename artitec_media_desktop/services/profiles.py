"""Which libraries there are: the embedded one, the environment's, and those that were added."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..config.environment import (
    DATABASE_PASSWORD,
    DATABASE_URL,
    profile_of,
    read_env,
    read_env_file,
)
from ..config.home import Home
from ..config.profiles import ProfileFile
from ..config.secrets import Secrets
from ..config.settings import Settings
from ..domain.errors import Conflict, NotFound, Permanent
from ..domain.profiles import EMBEDDED, ENVIRONMENT, Profile, Secret, check_name

#: Where secrets come from that neither the keyring nor the session knows.
_VARIABLES: Final = {
    Secret.DATABASE_PASSWORD: DATABASE_PASSWORD,
    Secret.ACCESS_KEY: "AWS_ACCESS_KEY_ID",
    Secret.SECRET_KEY: "AWS_SECRET_ACCESS_KEY",
}
PASSWORD: Final = "ARTITEC_MEDIA_PASSWORD"  # noqa: S105  # the variable's name


class ProfileService:
    """Profiles and their secrets; every method may wait for the disk or the keyring."""

    def __init__(
        self, home: Home, secrets: Secrets, environment: Mapping[str, str] = os.environ
    ) -> None:
        self._home = home
        self._file = ProfileFile(home.profiles)
        self._environment = environment
        self.secrets = secrets

    @property
    def is_first_start(self) -> bool:
        """Whether nobody has said yet which library it shall be."""
        return self._home.is_new and not self._environment.get(DATABASE_URL)

    def all(self) -> list[Profile]:
        """The embedded library first, then the environment's, then by name."""
        found = [Profile(EMBEDDED)]
        if self._environment.get(DATABASE_URL):
            found.append(self._of_environment())
        return found + self._file.all()

    def find(self, name: str | None, last: str = "") -> Profile:
        """The named one; without a name the last one used, else the environment's or embedded.

        Its secrets that are variables of the environment are known afterwards, for this session.
        Raises NotFound ``no_profile``, Permanent ``bad_profile``.
        """
        if last == ENVIRONMENT and not self._environment.get(DATABASE_URL):
            last = ""
        if name is None and last not in ("", EMBEDDED, ENVIRONMENT):
            there = {each.name for each in self._file.all()}  # it may have been removed since
            last = last if last in there else ""
        name = name or last
        if not name:
            name = ENVIRONMENT if self._environment.get(DATABASE_URL) else EMBEDDED
        if name.casefold() == EMBEDDED:
            return Profile(EMBEDDED)
        if name.casefold() == ENVIRONMENT:
            if not self._environment.get(DATABASE_URL):
                raise NotFound("no_profile", f"{DATABASE_URL} is not set in the environment.")
            return self._of_environment()
        profile = self._file.get(name)
        for which in profile.secrets:
            value = self.given(which)
            if value is not None and self.secrets.get(profile.name, which) is None:
                self.secrets.put(profile.name, which, value, keep=False)
        return profile

    def add(self, profile: Profile, secrets: Mapping[Secret, str], replace: bool = False) -> bool:
        """Keep a profile; returns whether its secrets last beyond this session.

        Of one that is replaced, what is secret stays where its address is the same and is
        forgotten where it is another: a password goes nowhere that it was not meant for.
        Raises Conflict ``profile_exists`` unless it may be replaced, Permanent ``bad_profile``.
        """
        check_name(profile.name)
        profile.check()
        there = {each.name.casefold(): each for each in self._file.all()}
        old = there.get(profile.name.casefold())
        if old is not None and not replace:
            raise Conflict(
                "profile_exists",
                f"There is a profile “{profile.name}” already. Choose another name, or remove it "
                "first.",
            )
        self._file.put(profile)
        if old is not None:
            self._forget_outdated(old, profile)
        kept = [self.secrets.put(profile.name, which, value) for which, value in secrets.items()]
        return all(kept)

    def read_env(self, source: Path | str, name: str) -> tuple[Profile, dict[Secret, str]]:
        """What an ``.env`` file (or its text) describes, to be looked at and added.

        Raises Permanent ``bad_env``, ``bad_profile``.
        """
        check_name(name)
        values = read_env_file(source) if isinstance(source, Path) else read_env(source)
        return profile_of(values, name)

    def remove(self, name: str) -> None:
        """Forget a profile and its secrets; its upload journal stays, in case it is added again.

        Raises NotFound ``no_profile``, Permanent ``bad_profile`` for one that is always there.
        """
        if name.casefold() in (EMBEDDED, ENVIRONMENT):
            raise Permanent("bad_profile", f"“{name}” is always there and can't be removed.")
        profile = self._file.get(name)
        self._file.remove(profile.name)
        for which in Secret:
            self.secrets.remove(profile.name, which)
        self._forget_account(profile)

    def unfinished(self, profile: Profile) -> int:
        """How many files wait in a profile's upload journal. Raises Transient or Permanent."""
        path = home_of(self._home, profile).journal
        if not path.is_file():
            return 0
        from ..database.engine import Database
        from ..database.journal import Journal

        database = Database.file(path, "upload journal")
        try:
            return sum(not each.state.is_final for each in Journal(database).items())
        finally:
            database.close()

    def given(self, which: Secret) -> str | None:
        """A secret that is a variable of the environment; an empty password is one."""
        value = self._environment.get(_VARIABLES[which])
        return value if value or which is Secret.DATABASE_PASSWORD else None

    def password(self, profile: str, email: str) -> str | None:
        """That of an account, from ARTITEC_MEDIA_PASSWORD or the keyring; None: ask for it."""
        return self._environment.get(PASSWORD) or self.secrets.get(profile, _account(email))

    def remember(self, profile: str, email: str, password: str) -> bool:
        """Keep an account's password in the keyring; returns whether it lasts."""
        return self.secrets.put(profile, _account(email), password)

    def forget(self, profile: str, email: str) -> None:
        """Remove an account's password from the keyring."""
        self.secrets.remove(profile, _account(email))

    def _forget_outdated(self, old: Profile, new: Profile) -> None:
        """Forget the secrets of another address, and of a name that is spelled otherwise now."""
        for which in Secret:
            if old.name != new.name or _address(old, which) != _address(new, which):
                self.secrets.remove(old.name, which)
        if old.name != new.name or old.database_url != new.database_url:
            self._forget_account(old)

    def _forget_account(self, profile: Profile) -> None:
        email = Settings(self._home.settings).get(f"account/{profile.name}", "")
        if email:
            self.forget(profile.name, email)

    def _of_environment(self) -> Profile:
        profile, secrets = profile_of(self._environment, ENVIRONMENT)
        profile.check()
        for which, value in secrets.items():
            self.secrets.put(profile.name, which, value, keep=False)
        return profile


def _address(profile: Profile, which: Secret) -> tuple[str, ...]:
    """Where a secret of the profile is used."""
    if which is Secret.DATABASE_PASSWORD:
        return (profile.database_url,)
    return (profile.storage, profile.endpoint, profile.bucket)


def _account(email: str) -> str:
    return f"password of {email.strip().lower()}"


def home_of(home: Home, profile: Profile) -> Home:
    """The home with the profile's own folder.

    That of the environment's profile is told apart by its place: what waits to be uploaded to one
    platform must not end in another because a variable was changed.
    """
    if profile.is_embedded:
        return home
    name = profile.name.casefold()
    if not profile.is_kept:
        place = "\n".join((profile.database_url, profile.endpoint, profile.bucket, profile.folder))
        name += f"-{hashlib.sha256(place.encode()).hexdigest()[:10]}"
    return Home(home.root, name)
