"""What stands in the pictures: sky, windows, lamps, seats, beds."""

import math

from drawing.plants import LEAF
from drawing.scene import SCALE, Colour, Point, Scene, lit, mix

WHITE: Colour = (244, 242, 238)
WARM: Colour = (255, 196, 118)


def sky(
    s: Scene, top: Colour, low: Colour, *, clouds: float = 0.0, to: float | None = None
) -> None:
    """The sky down to the horizon, with thin clouds."""
    end = to if to is not None else s.horizon + 40
    s.fill([(0, 0), (s.width, 0), (s.width, end), (0, end)], top, low)
    for _ in range(int(26 * clouds)):
        x, y = s.random.uniform(0, s.width), s.random.uniform(0, end * 0.75)
        w, h = s.random.uniform(150, 700), s.random.uniform(8, 34)
        ring = [
            (x + w * math.cos(a), y + h * math.sin(a))
            for a in (i * math.tau / 20 for i in range(20))
        ]
        s.soft(ring, lit(low, 1.45), 0.35, 22)


def hills(
    s: Scene, base: float, height: float, colour: Colour, low: Colour, rough: float = 1.0
) -> None:
    """A ridge across the picture; heights in pixels of the finished picture."""
    steps, level = 64, 0.5
    ridge: list[Point] = []
    for i in range(steps + 1):
        level = min(1.0, max(0.05, level + s.random.uniform(-0.12, 0.12) * rough))
        wave = 0.5 + 0.5 * math.sin(i / 9 + height)
        ridge.append((i * s.width / steps, base - height * SCALE * (0.45 * level + 0.55 * wave)))
    s.fill([*ridge, (s.width, base), (0, base)], colour, low, grain=0.25, cell=(14, 9))


def outdoors(
    s: Scene, x: tuple[float, float], y: tuple[float, float], z: float, *, dusk: bool = False
) -> None:
    """A window's view on the wall at z: sky, ridges, dry ground."""
    top, low = ((40, 58, 104), (232, 158, 122)) if dusk else ((126, 170, 216), (222, 230, 232))
    s.wall_z(*x, *y, z, top, low)
    height = y[1] - y[0]
    for part, colour in ((0.52, (132, 140, 158)), (0.42, (104, 112, 120))):
        colour = mix(colour, (48, 44, 74), 0.6) if dusk else colour
        points = [(x[0], y[0], z)]
        for i in range(25):
            wave = math.sin(i / 3.1 + part * 17) * 0.07 + math.sin(i / 1.3 + part * 5) * 0.02
            points.append((x[0] + (x[1] - x[0]) * i / 24, y[0] + height * (part + wave), z))
        s.quad([*points, (x[1], y[0], z)], colour, lit(colour, 0.85))
    ground = (96, 92, 74) if dusk else (168, 158, 122)
    s.wall_z(
        x[0], x[1], y[0], y[0] + height * 0.26, z, ground, lit(ground, 0.8), grain=0.4, cell=(7, 4)
    )
    for _ in range(14):
        px = s.random.uniform(x[0] + 0.05, x[1] - 0.05)
        py = y[0] + height * s.random.uniform(0.05, 0.26)
        r = s.metres(0.10, z) * s.random.uniform(0.5, 1.2)
        s.ellipse(s.at(px, py, z), (r * 1.5, r), mix(LEAF, ground, 0.4), lit(LEAF, 0.6))


def frames(
    s: Scene,
    x: tuple[float, float],
    y: tuple[float, float],
    z: float,
    panes: int,
    colour: Colour,
    bar: float = 0.05,
) -> None:
    """The bars of a window that faces the viewer."""
    for i in range(panes + 1):
        at = x[0] + (x[1] - x[0]) * i / panes
        s.wall_z(at - bar / 2, at + bar / 2, *y, z, colour, lit(colour, 0.9))
    for at in y:
        s.wall_z(x[0] - bar / 2, x[1] + bar / 2, at - bar / 2, at + bar / 2, z, lit(colour, 1.05))


def pendant(
    s: Scene, x: float, z: float, ceiling: float, y: float, colour: Colour = (40, 38, 36)
) -> None:
    """A hanging lamp with its light."""
    cx, cy = s.at(x, y, z)
    r = s.metres(0.17, z)
    s.fill(
        [
            (cx - 3, s.at(x, ceiling, z)[1]),
            (cx + 3, s.at(x, ceiling, z)[1]),
            (cx + 3, cy),
            (cx - 3, cy),
        ],
        (50, 48, 46),
    )
    s.glow((cx, cy + r * 0.6), (r * 2.6 / SCALE, r * 2.2 / SCALE), WARM, 0.55)
    s.fill(
        [
            (cx - r * 0.25, cy - r * 0.7),
            (cx + r * 0.25, cy - r * 0.7),
            (cx + r, cy + r * 0.5),
            (cx - r, cy + r * 0.5),
        ],
        lit(colour, 1.15),
        colour,
    )
    s.ellipse((cx, cy + r * 0.5), (r, r * 0.2), (255, 240, 208))


def downlights(s: Scene, xs: tuple[float, ...], zs: tuple[float, ...], ceiling: float) -> None:
    """Small lamps set into the ceiling."""
    for x in xs:
        for z in zs:
            r = s.metres(0.07, z)
            centre = s.at(x, ceiling, z)
            s.glow(centre, (r * 3 / SCALE, r * 1.6 / SCALE), (255, 232, 196), 0.5)
            s.ellipse(centre, (r, r * 0.35), (255, 248, 232))


def sofa(
    s: Scene,
    x: tuple[float, float],
    z: tuple[float, float],
    colour: Colour,
    pillows: tuple[Colour, ...] = (),
) -> None:
    """A sofa seen from the front."""
    s.shadow(x[0], z[0], x[1], z[1], 0.5)
    s.box(x, (0.3, 0.86), (z[1] - 0.26, z[1]), colour, grain=0.06)
    s.box(
        (x[0] + 0.16, x[1] - 0.16), (0.1, 0.44), (z[0], z[1] - 0.2), lit(colour, 1.05), grain=0.06
    )
    third = (x[1] - x[0] - 0.32) / 3
    for i in range(3):
        a = x[0] + 0.16 + i * third
        s.box(
            (a + 0.012, a + third - 0.012),
            (0.46, 0.8),
            (z[1] - 0.42, z[1] - 0.24),
            lit(colour, 1.1),
            grain=0.06,
        )
    for side in ((x[0], x[0] + 0.2), (x[1] - 0.2, x[1])):
        s.box(side, (0.1, 0.62), (z[0], z[1]), colour, grain=0.06)
    for i, tint in enumerate(pillows):
        a = x[0] + 0.3 + i * (x[1] - x[0] - 0.95) / max(1, len(pillows) - 1)
        cx, cy = s.at(a + 0.2, 0.66, z[1] - 0.45)
        r = s.metres(0.21, z[1] - 0.45)
        lean = r * 0.2
        s.fill(
            [
                (cx - r + lean, cy - r),
                (cx + r, cy - r * 0.85),
                (cx + r - lean, cy + r),
                (cx - r, cy + r * 0.9),
            ],
            lit(tint, 1.1),
            lit(tint, 0.75),
        )


def bed(
    s: Scene,
    x: tuple[float, float],
    z: tuple[float, float],
    cover: Colour,
    throw: Colour,
    head: Colour,
) -> None:
    """A made bed with its head at the far wall."""
    s.shadow(x[0], z[0], x[1], z[1], 0.5)
    s.box((x[0] - 0.12, x[1] + 0.12), (0, 1.25), (z[1] - 0.1, z[1]), head, grain=0.06)
    s.box(x, (0.12, 0.36), z, lit(head, 0.9))
    s.box(
        (x[0] - 0.03, x[1] + 0.03),
        (0.3, 0.6),
        (z[0] - 0.03, z[1] - 0.12),
        cover,
        fade=0.22,
        grain=0.06,
        cell=(16, 10),
    )
    s.box(
        (x[0] - 0.05, x[1] + 0.05),
        (0.4, 0.62),
        (z[0] + 0.45, z[0] + 1.0),
        throw,
        fade=0.2,
        light=(1.12, 0.75, 0.72, 0.8),
        grain=0.12,
    )
    half = (x[1] - x[0]) / 2
    for row, (depth, tint, size) in enumerate(
        ((0.35, WHITE, 0.36), (0.62, lit(throw, 1.15), 0.26))
    ):
        for side in (0, 1):
            a = x[0] + half * side + half / 2
            cx, cy = s.at(a, 0.78 - 0.05 * row, z[1] - depth)
            r = s.metres(size, z[1] - depth)
            s.soft(
                [
                    (cx - r, cy + r * 0.4),
                    (cx + r, cy + r * 0.4),
                    (cx + r, cy + r * 0.7),
                    (cx - r, cy + r * 0.7),
                ],
                (40, 36, 40),
                0.35,
                6,
            )
            ring = [
                (
                    cx + r * math.copysign(abs(math.cos(t)) ** 0.5, math.cos(t)),
                    cy + r * 0.55 * math.copysign(abs(math.sin(t)) ** 0.6, math.sin(t)),
                )
                for t in (i * math.tau / 40 for i in range(40))
            ]
            s.fill(ring, lit(tint, 1.05), lit(tint, 0.8))


def art(
    s: Scene, x: tuple[float, float], y: tuple[float, float], z: float, tints: tuple[Colour, ...]
) -> None:
    """A framed painting: bands of colour."""
    low = [
        (x[0] - 0.04, y[0] - 0.1, z),
        (x[1] + 0.1, y[0] - 0.1, z),
        (x[1] + 0.1, y[1], z),
        (x[0], y[1], z),
    ]
    s.soft(s.project(low), (20, 18, 20), 0.3, 9)
    s.wall_z(x[0] - 0.04, x[1] + 0.04, y[0] - 0.04, y[1] + 0.04, z, (58, 52, 46), (38, 34, 30))
    s.wall_z(*x, *y, z, lit(tints[0], 1.1), tints[0])
    for i, tint in enumerate(tints[1:], 1):
        edge = y[1] - (y[1] - y[0]) * i / len(tints)
        points = [
            (x[0] + (x[1] - x[0]) * k / 12, edge + 0.06 * math.sin(k * 0.9 + i * 2), z)
            for k in range(13)
        ]
        s.quad(
            [*points, (x[1], y[0], z), (x[0], y[0], z)],
            tint,
            lit(tint, 0.9),
            grain=0.2,
            cell=(10, 5),
        )


def lamp(s: Scene, x: float, y: float, z: float) -> None:
    """A table lamp, lit."""
    cx, foot = s.at(x, y, z)
    h, w = s.metres(0.5, z), s.metres(0.16, z)
    s.fill(
        [
            (cx - w * 0.18, foot - h * 0.5),
            (cx + w * 0.18, foot - h * 0.5),
            (cx + w * 0.4, foot),
            (cx - w * 0.4, foot),
        ],
        (150, 128, 96),
        (88, 72, 54),
    )
    s.glow((cx, foot - h * 0.72), (w * 4.2 / SCALE, w * 4.4 / SCALE), WARM, 0.55)
    s.fill(
        [
            (cx - w * 0.7, foot - h),
            (cx + w * 0.7, foot - h),
            (cx + w, foot - h * 0.45),
            (cx - w, foot - h * 0.45),
        ],
        (255, 236, 200),
        (250, 214, 156),
    )
