"""Phosphor icons, drawn from the outlines of the font that the qtawesome package carries.

Only its data is used. Importing qtawesome costs a third of a second, most of it for the nine other
fonts; reading one font and its table of names takes ten milliseconds.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
    QTransform,
)

from .theme import theme
from .tokens import Icon

_FONT = "phosphor-1.3.0.ttf"
_NAMES = "phosphor-charmap-1.3.0.json"
#: Outlines are taken at this size: the side of Phosphor's own drawing grid.
_GRID = 256.0
#: The colours on a primary button, whose ground is what fades.
_STAYS = ("accent_text",)
_CACHE_LIMIT = 2_000
_pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}


def icon(
    name: str, color: str = "text", *, on: str | None = None, filled_on: bool = False
) -> QIcon:
    """An icon in the colour of a token, which follows the theme by itself.

    ``on`` is the token while its button is checked; with ``filled_on`` the filled drawing
    (``-fill``) is used then. Raises KeyError for a name that Phosphor 1.3 lacks.
    """
    outline(name)
    return QIcon(_ThemedIcon(name, color, on or color, f"{name}-fill" if filled_on else name))


def pixmap(name: str, px: int, color: str | QColor, dpr: float = 1.0) -> QPixmap:
    """The icon ``px`` wide for a screen of ``dpr``; ``color`` is a QColor or ``#RRGGBB``."""
    ink = QColor(color)
    key = (name, px, ink.rgba(), dpr)
    found = _pixmaps.get(key)
    if found is not None:
        return found
    side = round(px * dpr)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = side / _GRID
    painter.setTransform(QTransform.fromScale(scale, scale))
    painter.fillPath(outline(name), ink)
    painter.end()
    made.setDevicePixelRatio(dpr)
    if len(_pixmaps) >= _CACHE_LIMIT:
        _pixmaps.clear()
    _pixmaps[key] = made
    return made


def draw(
    painter: QPainter, rect: QRect | QRectF, name: str, color: str | QColor, px: int = Icon.ROW
) -> None:
    """Paint the icon ``px`` wide in the middle of ``rect``, on whole pixels."""
    center = QRectF(rect).center()
    corner = QPointF(round(center.x() - px / 2), round(center.y() - px / 2))
    painter.drawPixmap(corner, pixmap(name, px, color, painter.device().devicePixelRatioF()))


@cache
def outline(name: str) -> QPainterPath:
    """The icon's outline in a square of 256. Raises KeyError for an unknown name."""
    raw, names = _phosphor()
    glyph = raw.glyphIndexesForString(chr(int(names[name], 16)))[0]
    path = raw.pathForGlyph(glyph)
    path.translate(0.0, _GRID)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


@cache
def _phosphor() -> tuple[QRawFont, dict[str, str]]:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome")
    folder = Path(spec.origin).parent / "fonts"
    raw = QRawFont(str(folder / _FONT), _GRID, QFont.HintingPreference.PreferNoHinting)
    return raw, json.loads((folder / _NAMES).read_text("utf-8"))


class _ThemedIcon(QIconEngine):
    """Asks the theme for its colour each time it is drawn, so nobody has to set icons anew."""

    def __init__(self, name: str, color: str, color_on: str, name_on: str) -> None:
        super().__init__()
        self._looks = {
            QIcon.State.Off: (name, color),
            QIcon.State.On: (name_on, color_on),
        }

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name, token = self._looks[state]
        px = min(rect.width(), rect.height())
        draw(painter, rect, name, self._ink(mode, token), px)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        name, token = self._looks[state]
        px = min(size.width(), size.height())
        drawn = pixmap(name, px, self._ink(mode, token))
        if size.width() <= px:
            return drawn
        # Wider than high: the rest is air, which Qt's own buttons leave too little of.
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return made

    def _ink(self, mode: QIcon.Mode, token: str) -> QColor:
        dimmed = mode is QIcon.Mode.Disabled and token not in _STAYS
        return theme().color("disabled" if dimmed else token)

    def clone(self) -> QIconEngine:
        name, color = self._looks[QIcon.State.Off]
        name_on, color_on = self._looks[QIcon.State.On]
        return _ThemedIcon(name, color, color_on, name_on)
