"""The only file with colours, spacing, radii, type and sizes in it.

Lengths are device-independent pixels. Text on its ground has a contrast of at least 4.5:1, field
edges, focus and charts at least 3:1 (WCAG AA); a test measures it.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``, or ``#AARRGGBB`` where they are translucent."""

    surface: str
    raised: str
    sunken: str
    hover: str
    button: str
    field: str
    border: str
    control: str
    border_strong: str
    track: str
    scroll: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    selection: str
    focus: str
    success: str
    success_bg: str
    warning: str
    warning_bg: str
    danger: str
    danger_bg: str
    info: str
    info_bg: str
    chart2: str
    chart3: str
    chart4: str
    slider_handle: str
    overlay: str = "#C214171C"
    scrim: str = "#6614171C"
    overlay_text: str = "#FFFFFF"
    overlay_pending: str = "#FFD071"
    overlay_flagged: str = "#FF9A91"

    @property
    def chart1(self) -> str:
        """The first series of a chart is the accent."""
        return self.accent

    @property
    def disabled(self) -> str:
        """Text of what can't be used now; exempt from the contrast that AA asks for."""
        return blend(self.text, self.raised, 0.45)

    @property
    def accent_disabled(self) -> str:
        """The ground of a primary button that can't be used now."""
        return blend(self.accent, self.raised, 0.45)

    @property
    def border_disabled(self) -> str:
        """The edge of a button that can't be used now."""
        return blend(self.control, self.raised, 0.45)


def blend(top: str, ground: str, share: float) -> str:
    """``share`` (0 to 1) of ``top`` over ``ground``, both ``#RRGGBB``."""
    pairs = zip(_channels(top), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two opaque colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(color: str) -> tuple[int, int, int]:
    digits = color.lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _luminance(color: str) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(color))
    )
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


LIGHT: Final = Tokens(
    surface="#F4F5F7",
    raised="#FFFFFF",
    sunken="#EBEDF0",
    hover="#E8EAEE",
    button="#FFFFFF",
    field="#FFFFFF",
    border="#DCDFE4",
    control="#CDD1D8",
    border_strong="#7E8591",
    track="#DEE1E6",
    scroll="#B3B8BF",
    text="#1A1D23",
    muted="#59606C",
    accent="#2757C8",
    accent_hover="#2250B8",
    accent_pressed="#1D429B",
    accent_text="#FFFFFF",
    selection="#DAE5FC",
    focus="#1F6FEB",
    success="#1A7544",
    success_bg="#E2F3E9",
    warning="#8A5700",
    warning_bg="#FBEFD6",
    danger="#B92C2C",
    danger_bg="#FBE7E5",
    info="#1B6796",
    info_bg="#E1F0FA",
    chart2="#1F8A7D",
    chart3="#8B93A1",
    chart4="#C07A12",
    slider_handle="#FFFFFF",
)

DARK: Final = Tokens(
    surface="#17191D",
    raised="#1E2126",
    sunken="#121417",
    hover="#282C33",
    button="#262A31",
    field="#121417",
    border="#30343C",
    control="#444A54",
    border_strong="#737A87",
    track="#363B45",
    scroll="#4B4F59",
    text="#E8EAEE",
    muted="#A3A9B5",
    accent="#85A8FF",
    accent_hover="#97B5FF",
    accent_pressed="#6A90F0",
    accent_text="#0C1630",
    selection="#26386A",
    focus="#8FB6FF",
    success="#5CC48B",
    success_bg="#183326",
    warning="#E3B34C",
    warning_bg="#3A2E13",
    danger="#FF8D84",
    danger_bg="#432220",
    info="#6FBEF0",
    info_bg="#173040",
    chart2="#4FB8A9",
    chart3="#7F8794",
    chart4="#E3B34C",
    slider_handle="#85A8FF",
)


class Space:
    """Gaps and margins."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24
    PANEL: Final = 16


class Radius:
    """Rounded corners."""

    THUMB: Final = 4
    CONTROL: Final = 6
    CARD: Final = 8


class Height:
    """Rows and controls."""

    HEADER: Final = 64
    HEADER_TOOLS: Final = 56
    SLOT_STRIP: Final = 68
    SLOT_CARD: Final = 56
    FILTER_BAR: Final = 44
    STATUS_BAR: Final = 28
    BUTTON: Final = 32
    BUTTON_SMALL: Final = 28
    FIELD: Final = 32
    RAIL_ROW: Final = 32
    RAIL_ROW_COLLAPSED: Final = 36
    TREE_ROW: Final = 28
    SECTION: Final = 28
    TABLE_HEAD: Final = 28
    RECENT_ROW: Final = 44
    MENU_ROW: Final = 32
    UPLOAD_ROW: Final = 44
    GROUP_ROW: Final = 56
    DIFFERENCE: Final = 28
    BADGE: Final = 20
    KEY: Final = 20
    TRACK: Final = 4


class Width:
    """Columns of the window."""

    WINDOW: Final = 1440
    WINDOW_HEIGHT: Final = 900
    WINDOW_MIN: Final = 960
    WINDOW_MIN_HEIGHT: Final = 600
    RAIL: Final = 160
    RAIL_COLLAPSED: Final = 56
    BROWSER: Final = 248
    BROWSER_MIN: Final = 200
    BROWSER_MAX: Final = 400
    INSPECTOR: Final = 312
    INSPECTOR_MIN: Final = 280
    INSPECTOR_MAX: Final = 440
    GROUPS: Final = 284
    REASONS: Final = 280
    SCROLL_BAR: Final = 6


class Icon:
    """Sides of icons by where they stand."""

    ROW: Final = 16
    RAIL: Final = 20
    BADGE: Final = 12
    EMPTY: Final = 24


class Cell:
    """The grid's cell."""

    MIN: Final = 96
    MAX: Final = 320
    STEP: Final = 8
    DEFAULT: Final = 128
    PADDING: Final = 4
    GAP: Final = 4
    CAPTION: Final = 16
    CAPTION_GAP: Final = 4
    MARGIN: Final = 12
    BADGE_INSET: Final = 4
    PRIMARY_WORD_FROM: Final = 128


#: Role → pixel size, line height, weight (CSS). The family is the system's.
TYPE: Final[dict[str, tuple[int, int, int]]] = {
    "title": (20, 28, 600),
    "section": (15, 20, 600),
    "body": (13, 20, 400),
    "emphasis": (13, 20, 500),
    "strong": (13, 20, 600),
    "small": (12, 16, 400),
    "small_emphasis": (12, 16, 500),
    "small_strong": (12, 16, 600),
    "caption": (11, 16, 400),
    "badge": (11, 16, 600),
    "figure": (24, 32, 600),
    "count": (10, 12, 600),
}
