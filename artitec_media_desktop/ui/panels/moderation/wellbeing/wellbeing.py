"""What a moderator wishes for themself; it lies in their own home folder, never in the library."""

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .....bootstrap import App

_KEY: Final = "wellbeing/{email}"


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """``blur`` and ``grey`` are for what is flagged or suspected, ``blur_all`` is for everything.

    A break is proposed after so many clear ``views`` of veiled content, or ``minutes`` of reviewing
    in a row; 0 for never.
    """

    blur: bool = True
    grey: bool = True
    blur_all: bool = False
    mute: bool = True
    views: int = 30
    minutes: int = 45


def wellbeing_of(app: "App") -> Wellbeing:
    """The wishes of who is signed in."""
    saved = app.settings.get(_KEY.format(email=app.email), {})
    usual = asdict(Wellbeing())
    known = {name: each for name, each in saved.items() if _fits(each, usual.get(name))}
    return Wellbeing(**known)


def keep_wellbeing(app: "App", wishes: Wellbeing) -> None:
    """Remember them on this computer."""
    values = {each.name: getattr(wishes, each.name) for each in fields(wishes)}
    app.settings.set(_KEY.format(email=app.email), values)


def _fits(value: Any, usual: Any) -> bool:
    """Of the same type, so that a file edited by hand can't take a veil away by accident."""
    return usual is not None and type(value) is type(usual) and (usual is True or value >= 0)
