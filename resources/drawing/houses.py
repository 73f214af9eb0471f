"""Two houses from the street."""

import math

from PIL import Image

from drawing.plants import agave, palm, shrub
from drawing.scene import SCALE, Colour, Scene, lit
from drawing.things import (
    WARM,
    WHITE,
    frames,
    hills,
    sky,
)


def ground(
    s: Scene,
    colour: Colour,
    far: float = 3000,
    *,
    grain: float = 0.35,
    cell: tuple[float, float] = (3, 2),
) -> None:
    """Open ground from the viewer to the horizon."""
    s.quad(
        [(-far, 0, far), (far, 0, far), (90, 0, s.eye[2] + 0.2), (-90, 0, s.eye[2] + 0.2)],
        lit(colour, 0.95),
        lit(colour, 1.05),
        grain=grain,
        cell=cell,
    )


def gable(
    s: Scene,
    x: tuple[float, float],
    eaves: float,
    rise: float,
    z: float,
    wall: Colour,
    roof: Colour,
) -> None:
    """A gable end with its roof's edge, over a wall that faces the viewer."""
    mid = (x[0] + x[1]) / 2
    s.quad(
        [(x[0], eaves, z), (mid, eaves + rise, z), (x[1], eaves, z)],
        lit(wall, 0.96),
        wall,
        grain=0.1,
    )
    out, thick = 0.45, 0.26
    s.quad(
        [
            (x[0] - out, eaves - out * rise / (mid - x[0]), z - 0.3),
            (mid, eaves + rise, z - 0.3),
            (mid, eaves + rise + thick, z - 0.3),
            (x[0] - out, eaves - out * rise / (mid - x[0]) + thick, z - 0.3),
        ],
        lit(roof, 1.1),
        roof,
        grain=0.2,
    )
    s.quad(
        [
            (x[1] + out, eaves - out * rise / (mid - x[0]), z - 0.3),
            (mid, eaves + rise, z - 0.3),
            (mid, eaves + rise + thick, z - 0.3),
            (x[1] + out, eaves - out * rise / (mid - x[0]) + thick, z - 0.3),
        ],
        lit(roof, 0.95),
        lit(roof, 0.85),
        grain=0.2,
    )


def hipped(
    s: Scene, x: tuple[float, float], eaves: float, rise: float, z: float, roof: Colour
) -> None:
    """A hipped roof of tiles over a front at z."""
    inset = rise * 1.4
    foot = [(x[0] - 0.5, eaves, z - 0.5), (x[1] + 0.5, eaves, z - 0.5)]
    top = [(x[1] - inset, eaves + rise, z + 3), (x[0] + inset, eaves + rise, z + 3)]
    s.quad([*foot, *top], lit(roof, 0.9), lit(roof, 1.1), grain=0.2, cell=(3, 3))
    for i in range(1, 14):
        part = i / 14
        a = (
            foot[0][0] + (top[1][0] - foot[0][0]) * part,
            eaves + rise * part,
            z - 0.5 + 3.5 * part,
        )
        b = (foot[1][0] + (top[0][0] - foot[1][0]) * part, a[1], a[2])
        s.quad(
            [a, b, (b[0], b[1] + 0.025, b[2]), (a[0], a[1] + 0.025, a[2])],
            lit(roof, 0.72),
            opacity=0.7,
        )
    s.wall_z(x[0] - 0.5, x[1] + 0.5, eaves - 0.16, eaves, z - 0.5, lit(roof, 0.7), lit(roof, 0.55))


def window(
    s: Scene,
    x: tuple[float, float],
    y: tuple[float, float],
    z: float,
    *,
    lamp: bool,
    panes: int = 2,
    bar: Colour = (58, 54, 52),
) -> None:
    """A window seen from outside: lit from within, or mirroring the sky."""
    s.wall_z(x[0] - 0.12, x[1] + 0.12, y[0] - 0.12, y[1] + 0.12, z, (92, 84, 76), (76, 70, 64))
    if lamp:
        s.wall_z(*x, *y, z - 0.01, (255, 226, 164), (246, 178, 96), right=(255, 206, 138))
        w = x[1] - x[0]
        for a, b in ((x[0], x[0] + 0.14 * w), (x[1] - 0.14 * w, x[1])):
            s.wall_z(a, b, *y, z - 0.015, (246, 206, 150), (214, 150, 86))
        s.wall_z(
            x[0] + 0.3 * w,
            x[0] + 0.62 * w,
            y[0],
            y[0] + 0.3 * (y[1] - y[0]),
            z - 0.015,
            (150, 92, 52),
            opacity=0.55,
        )
    else:
        s.wall_z(*x, *y, z - 0.01, (112, 150, 186), (62, 82, 96), right=(176, 200, 216), opacity=1)
    frames(s, x, y, z - 0.02, panes, bar, 0.06)
    if lamp:
        centre = s.at((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, z)
        size = s.metres(x[1] - x[0], z) / SCALE
        s.glow(centre, (size * 1.1, size * 1.0), WARM, 0.4)


def wall_lamp(s: Scene, x: float, y: float, z: float) -> None:
    """A lantern beside a door, and its light on the wall."""
    cx, cy = s.at(x, y, z)
    r = s.metres(0.1, z)
    s.glow((cx, cy), (r * 7 / SCALE, r * 9 / SCALE), WARM, 0.65)
    s.fill(
        [
            (cx - r * 0.7, cy - r),
            (cx + r * 0.7, cy - r),
            (cx + r * 0.5, cy + r),
            (cx - r * 0.5, cy + r),
        ],
        (255, 240, 200),
        (255, 210, 140),
    )


def garage(s: Scene, x: tuple[float, float], top: float, z: float, colour: Colour) -> None:
    """A panelled garage door."""
    s.wall_z(x[0] - 0.12, x[1] + 0.12, 0, top + 0.12, z, lit(colour, 0.6), lit(colour, 0.5))
    for row in range(4):
        for k in range(4):
            w, h = (x[1] - x[0]) / 4, top / 4
            tone = lit(colour, 1 + s.random.uniform(-0.03, 0.03))
            s.wall_z(
                x[0] + k * w + 0.02,
                x[0] + (k + 1) * w - 0.02,
                row * h + 0.02,
                (row + 1) * h - 0.02,
                z - 0.01,
                tone,
                lit(tone, 0.86),
            )


def front_elevation() -> Image.Image:
    """A long house at dusk with every window lit."""
    s = Scene((2100, 1400), eye=(0.6, 1.7, -4), focal=0.78, horizon=0.6, seed=21)
    sky(s, (26, 42, 92), (238, 160, 118), clouds=0.8)
    hills(s, s.horizon + 10, 120, (64, 58, 92), (86, 70, 92))
    ground(s, (74, 86, 60))
    s.quad(
        [(2.6, 0.01, 10), (8.4, 0.01, 10), (6.2, 0.01, -3.8), (1.2, 0.01, -3.8)],
        (112, 100, 98),
        (130, 114, 108),
        grain=0.2,
    )
    for i in range(5):
        z = -1.5 + i * 2.3
        s.quad(
            [(1.9, 0.015, z), (8.0, 0.015, z), (8.0, 0.015, z + 0.05), (1.9, 0.015, z + 0.05)],
            (84, 76, 76),
            opacity=0.6,
        )
    wall = (176, 150, 130)
    hipped(s, (-9.5, 8.8), 3.1, 1.9, 12.4, (92, 70, 70))
    s.wall_z(-9, 8.6, 0, 3.05, 12.4, lit(wall, 0.85), wall, grain=0.1)
    s.box((2.4, 8.6), (0, 3.2), (10, 13), wall, light=(1, 0.92, 0.6, 0.6), grain=0.1)
    gable(s, (2.4, 8.6), 3.2, 2.0, 10, wall, (92, 70, 70))
    garage(s, (3.2, 7.8), 2.3, 9.98, (128, 92, 66))
    window(s, (5.0, 6.0), (3.7, 4.4), 9.97, lamp=True)
    for x in (2.85, 8.15):
        wall_lamp(s, x, 2.0, 9.95)
    s.wall_z(-1.6, 1.9, 0, 3.0, 12.3, (128, 98, 78), (150, 114, 86))
    s.wall_z(-0.5, 0.7, 0, 2.4, 12.25, (110, 62, 40), (86, 46, 30), grain=0.2, cell=(3, 20))
    window(s, (0.95, 1.4), (0.2, 2.4), 12.24, lamp=True, panes=1)
    for x in (-1.65, 1.75):  # the porch
        s.box((x, x + 0.34), (0, 2.8), (10.6, 10.94), (196, 176, 152), light=(1, 1, 0.7, 0.7))
    s.box((-2.1, 2.4), (2.75, 3.05), (10.4, 12.4), (104, 84, 76))
    s.glow(s.at(0.1, 1.9, 11.8), (300, 260), WARM, 0.5)
    s.soft(
        s.project([(-1.6, 0, 12), (1.9, 0, 12), (2.3, 0, 7.4), (-2.0, 0, 7.4)]),
        (255, 196, 128),
        0.4,
        20,
    )
    window(s, (-8.2, -5.8), (0.7, 2.5), 12.38, lamp=True, panes=3)
    window(s, (-4.8, -2.6), (0.7, 2.5), 12.38, lamp=True, panes=3)
    s.quad(
        [(-0.7, 0.01, 10.2), (0.9, 0.01, 10.2), (0.6, 0.01, -3.8), (-1.6, 0.01, -3.8)],
        (168, 146, 130),
        (120, 110, 112),
        grain=0.25,
    )
    for x, z, size in (
        (-8.6, 11, 1.2),
        (-5.3, 11.3, 1.0),
        (-3.4, 10.8, 1.1),
        (-6.9, 10.4, 1.3),
        (9.6, 9.4, 1.5),
    ):
        shrub(s, x, z, size, (62, 84, 58))
    palm(s, -6.4, 7.6, 4.6, (48, 72, 58))
    palm(s, 9.4, 10.2, 5.4, (46, 66, 58))
    for x, z in ((-2.6, 6.4), (-4.6, 5.2), (-3.4, 3.6)):
        agave(s, x, z, 0.62, (96, 122, 112))
    for x, z in ((-1.35, 8.0), (-1.7, 5.0), (-2.1, 2.2), (1.5, 6.0), (1.1, 3.0)):
        s.glow(s.at(x, 0.1, z), (s.metres(0.75, z) / SCALE, s.metres(0.3, z) / SCALE), WARM, 0.7)
        s.glow(s.at(x, 0.3, z), (26, 26), (255, 232, 190), 0.9)
    return s.develop(warmth=0.02, vignette=0.3)


def garden_front() -> Image.Image:
    """A two-storey house in the morning sun."""
    s = Scene((2000, 1500), eye=(-0.8, 1.7, -5), focal=0.82, horizon=0.62, seed=24)
    sky(s, (92, 150, 214), (214, 230, 240), clouds=1.2)
    hills(s, s.horizon + 10, 80, (148, 158, 166), (160, 164, 150))
    ground(s, (116, 148, 74), grain=0.55, cell=(2, 3))
    for i in range(9):  # mown stripes
        s.quad(
            [
                (-18 + i * 4, 0.01, 30),
                (-16 + i * 4, 0.01, 30),
                (-19 + i * 4.4, 0.01, -4.8),
                (-21.2 + i * 4.4, 0.01, -4.8),
            ],
            (140, 172, 88),
            opacity=0.35,
        )
    wall, roof = (232, 224, 208), (94, 96, 104)
    s.soft(
        s.project([(-7, 0, 11), (7.6, 0, 11), (9.5, 0, 8.2), (-5.4, 0, 8.2)]),
        (34, 44, 26),
        0.45,
        10,
    )
    hipped(s, (-6.5, 6.8), 5.9, 2.0, 11, roof)
    s.box((-6.2, 6.5), (0, 5.8), (11, 15), wall, light=(1, 1, 0.7, 0.7), grain=0.05)
    for i in range(19):
        s.wall_z(-6.2, 6.5, 0.3 * i, 0.3 * i + 0.02, 10.99, lit(wall, 0.86), opacity=0.8)
    s.soft(
        s.project([(-6.2, 5.75, 10.98), (6.5, 5.75, 10.98), (6.5, 5.2, 10.98), (-6.2, 5.2, 10.98)]),
        (60, 54, 52),
        0.4,
        8,
    )
    s.box(
        (-6.4, -2.2),
        (0, 5.9),
        (9.8, 11.2),
        (204, 190, 168),
        light=(1, 1, 0.7, 0.72),
        grain=0.15,
        cell=(6, 4),
    )
    gable(s, (-6.4, -2.2), 5.9, 1.8, 9.8, (204, 190, 168), roof)
    window(s, (-5.3, -3.3), (0.8, 2.5), 9.78, lamp=False, panes=3, bar=WHITE)
    window(s, (-5.1, -3.5), (3.7, 5.1), 9.78, lamp=False, bar=WHITE)
    for a in (-1.2, 2.0, 4.6):
        window(s, (a, a + 1.3), (3.7, 5.1), 10.98, lamp=False, bar=WHITE)
    garage(s, (2.3, 6.0), 2.3, 10.97, (236, 232, 224))
    s.wall_z(-0.7, 0.5, 0, 2.4, 10.96, (36, 66, 84), (26, 50, 66))
    s.wall_z(-0.55, -0.1, 1.2, 2.2, 10.95, (130, 160, 176), (90, 112, 124))
    s.wall_z(0.0, 0.38, 1.2, 2.2, 10.95, (130, 160, 176), (90, 112, 124))
    s.box((-1.6, 1.5), (2.9, 3.2), (9.6, 11), WHITE, light=(1.0, 0.96, 0.8, 0.7))
    s.soft(
        s.project([(-1.4, 2.9, 10.95), (1.3, 2.9, 10.95), (1.3, 2.2, 10.95), (-1.4, 2.2, 10.95)]),
        (50, 46, 50),
        0.4,
        10,
    )
    for x in (-1.5, 1.2):
        s.box((x, x + 0.26), (0, 2.9), (9.7, 9.96), WHITE, light=(1, 0.98, 0.8, 0.72))
    s.quad(
        [(-0.9, 0.01, 9.6), (0.8, 0.01, 9.6), (0.1, 0.01, -4.8), (-2.2, 0.01, -4.8)],
        (212, 202, 188),
        (196, 186, 174),
        grain=0.25,
    )
    s.quad(
        [(2.1, 0.01, 11), (6.2, 0.01, 11), (9.6, 0.01, -4.8), (3.6, 0.01, -4.8)],
        (184, 182, 178),
        (170, 168, 164),
        grain=0.2,
    )
    for x, z, size in (
        (-5.8, 9.2, 1.0),
        (-4.4, 9.0, 0.9),
        (-3.0, 9.1, 1.1),
        (-1.9, 9.3, 0.8),
        (1.7, 9.8, 0.9),
        (6.9, 10.2, 1.3),
    ):
        shrub(s, x, z, size, (86, 122, 62))
    for x, z, height in ((9.6, 12, 6.6), (-9.4, 9, 5.4)):
        foot, head = s.at(x, 0, z), s.at(x, height * 0.55, z)
        w = s.metres(0.16, z)
        s.shadow(x - 0.5, z - 2.6, x + 3, z - 0.2, 0.4)
        s.fill(
            [
                (foot[0] - w, foot[1]),
                (foot[0] + w, foot[1]),
                (head[0] + w * 0.5, head[1]),
                (head[0] - w * 0.5, head[1]),
            ],
            (104, 82, 64),
            (76, 60, 48),
        )
        r = s.metres(height * 0.34, z)
        cx, cy = s.at(x, height * 0.78, z)
        for i in range(260):
            a, far = s.random.uniform(0, math.tau), math.sqrt(s.random.random())
            px, py = cx + math.cos(a) * r * far, cy + math.sin(a) * r * 0.85 * far
            leaf = r * s.random.uniform(0.05, 0.13)
            s.ellipse(
                (px, py),
                (leaf, leaf),
                lit(
                    (92, 132, 64),
                    0.62
                    + 0.55 * (0.5 - (py - cy) / (2 * r))
                    + s.random.uniform(-0.1, 0.12)
                    + i / 900,
                ),
            )
    for i in range(60):
        s.ellipse(
            s.at(s.random.uniform(-6.2, -2.0), 0.16, s.random.uniform(7.9, 8.7)),
            (9, 9),
            ((226, 112, 132), (246, 214, 120), (240, 236, 240))[i % 3],
        )
    return s.develop(warmth=0.03)
