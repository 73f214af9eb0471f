"""The profiles that were added, in ``profiles.json`` of the home folder; no secret is in it."""

import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from ..domain.errors import NotFound, Permanent
from ..domain.media import StorageType
from ..domain.profiles import Encryption, Profile

_KINDS = {"database_encryption": Encryption, "storage": StorageType}


class ProfileFile:
    """Read anew at each call, since several processes may share a home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> list[Profile]:
        """Every profile, by name. Raises Permanent ``bad_profiles`` for a damaged file."""
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
            found = [_profile(each) for each in values["profiles"]]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Permanent(
                "bad_profiles",
                f"The file of profiles {self._path} can't be read ({type(error).__name__}). Move "
                "it away, then add the profiles again.",
            ) from error
        return sorted(found, key=lambda each: each.name.casefold())

    def get(self, name: str) -> Profile:
        """One profile, its name in any case. Raises NotFound ``no_profile``."""
        for each in self.all():
            if each.name.casefold() == name.casefold():
                return each
        raise NotFound(
            "no_profile",
            f"There is no profile “{name}”. See “artitec-media profiles list”.",
        )

    def put(self, profile: Profile) -> None:
        """Add a profile, or replace the one of that name. Raises Permanent."""
        profile.check()
        self._write([*self._others(profile.name), profile])

    def remove(self, name: str) -> None:
        """Forget one. Raises NotFound ``no_profile``."""
        self._write(self._others(self.get(name).name))

    def _others(self, name: str) -> list[Profile]:
        return [each for each in self.all() if each.name.casefold() != name.casefold()]

    def _write(self, profiles: list[Profile]) -> None:
        values = {"profiles": [asdict(each) for each in profiles]}
        temporary = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123  # its mode is set
                json.dump(values, file, indent=1)
            temporary.replace(self._path)
        except OSError as error:
            raise Permanent(
                "profiles_not_saved",
                f"The profile could not be saved in {self._path} ({error.strerror}).",
            ) from error


def _profile(values: dict[str, Any]) -> Profile:
    """Out of the file; what a newer version of the application wrote besides is left alone."""
    known = {each.name: values[each.name] for each in fields(Profile) if each.name in values}
    for name, kind in _KINDS.items():
        if name in known:
            known[name] = kind(known[name])
    if any(not isinstance(value, str | bool) for value in known.values()):
        raise ValueError("a part of a profile is of another type")
    return Profile(**known)
