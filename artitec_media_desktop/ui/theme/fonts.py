"""The system's font in the sizes and weights of the design, with figures of equal width."""

from functools import cache

from PySide6.QtGui import QFont, QGuiApplication

from .tokens import TYPE


def font(role: str = "body") -> QFont:
    """The font of a role of ``tokens.TYPE``. Raises KeyError for an unknown role.

    Every call hands out a copy: Qt shares its data until somebody changes it.
    """
    return QFont(_font(role, _system_family()))


@cache
def _system_family() -> str:
    return QGuiApplication.font().family()


@cache
def _font(role: str, family: str) -> QFont:
    size, _, weight = TYPE[role]
    made = QFont(family)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    # Numbers that change while one looks at them must not make the line jump.
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def line_height(role: str) -> int:
    """The height of one line of a role, in pixels; that of the body for any other word."""
    return TYPE.get(role, TYPE["body"])[1]
