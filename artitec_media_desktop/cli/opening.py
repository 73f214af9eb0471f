"""Opens the library that a command works on, asking a person at a terminal for what is missing.

The words of all commands are read before the window opens too, so services come when one runs.
"""

import sys
from argparse import Namespace
from getpass import getpass
from typing import TYPE_CHECKING

from ..config.home import Home
from ..config.secrets import Secrets
from ..config.settings import Settings
from ..domain.errors import Permanent
from ..domain.profiles import Profile

if TYPE_CHECKING:
    from ..bootstrap.library import Library
    from ..services.profiles import ProfileService


def profile_service(args: Namespace) -> "ProfileService":
    """The profiles of the home that the arguments name."""
    from ..services.profiles import ProfileService

    return ProfileService(Home.find(args.home), Secrets())


def find_profile(args: Namespace, profiles: "ProfileService") -> Profile:
    """The profile that the arguments mean, with its secrets known. Raises Permanent."""
    from ..services.connecting import missing

    settings = Settings(Home.find(args.home).settings)
    profile = profiles.find(args.profile, settings.get("profile", ""))
    for which in missing(profile, profiles.secrets):
        value = ask(f"The {which.value} of “{profile.name}”: ")
        if value is not None:
            profiles.secrets.put(profile.name, which, value)
    return profile


def open_library(args: Namespace) -> "Library":
    """The library, open, with somebody signed in. Raises MediaError."""
    from ..bootstrap.library import Library

    home = Home.find(args.home)
    profiles = profile_service(args)
    profile = find_profile(args, profiles)
    library = Library.of(home, profile, profiles.secrets)
    email, password = credentials(args, profiles, profile)
    try:
        library.open(email, password)
    except BaseException:
        library.close()
        raise
    if args.profile is not None:
        settings = Settings(home.settings)
        settings.set("profile", profile.name)
        settings.save()
    return library


def credentials(
    args: Namespace, profiles: "ProfileService", profile: Profile
) -> tuple[str | None, str | None]:
    """Who signs in, and the password: of ``--as``, else of who signed in last in the window."""
    if profile.is_embedded:
        return args.email, None
    settings = Settings(Home.find(args.home).settings)
    email = args.email or settings.get(f"account/{profile.name}", "") or None
    if email is None:
        return None, None
    password = profiles.password(profile.name, email)
    if password is None:
        password = ask(f"The password of {email} on “{profile.name}”: ")
    if password is None:
        raise Permanent(
            "no_account",
            f"The password of {email} is not known here. Set ARTITEC_MEDIA_PASSWORD, or run this "
            "in a terminal.",
        )
    return email, password


def ask(words: str) -> str | None:
    """What a person types, unseen; None where nobody is there to ask."""
    if not sys.stdin.isatty():
        return None
    return getpass(words, sys.stderr)
