"""A pool, a trail and a way in."""

import math

from PIL import Image

from drawing.houses import ground, wall_lamp
from drawing.plants import LEAF, agave, palm, saguaro, shrub
from drawing.scene import Scene, lit
from drawing.things import (
    WARM,
    frames,
    hills,
    sky,
)


def pool_evening() -> Image.Image:
    """A pool at blue hour with the house behind it."""
    s = Scene((2400, 1600), eye=(0.4, 1.75, -1), focal=0.72, horizon=0.46, seed=27)
    sky(s, (34, 62, 128), (244, 178, 138), clouds=0.9)
    hills(s, s.horizon + 6, 90, (70, 66, 108), (96, 80, 104))
    s.floor(-3000, 3000, 0.2, 3000, 0, (122, 112, 108))
    s.tiles((-9, 9), (0.2, 12), 0, (184, 164, 148), side=0.9, joint=(140, 122, 112))
    wall = (190, 158, 132)
    s.wall_z(-8.5, 9.5, 0, 3.4, 13.5, lit(wall, 0.8), wall, grain=0.1)
    s.wall_z(-9.1, 10.1, 3.4, 3.75, 13.0, (84, 66, 62), (64, 50, 50))
    for i in range(4):
        a = -7.4 + i * 4.2
        s.wall_z(a, a + 3.6, 0, 2.9, 13.45, (255, 224, 166), (240, 170, 92), right=(255, 208, 142))
        s.wall_z(a + 0.5, a + 1.6, 0, 0.9, 13.44, (140, 88, 54), opacity=0.6)
        s.wall_z(a + 2.3, a + 2.8, 1.3, 2.0, 13.44, (176, 112, 66), opacity=0.6)
        frames(s, (a, a + 3.6), (0.03, 2.9), 13.43, 3, (52, 46, 44), 0.08)
        s.glow(s.at(a + 1.8, 1.4, 13.4), (300, 230), WARM, 0.3)
    for x in (-9.0, -3.2, 3.0, 8.9):
        s.box((x, x + 0.4), (0, 3.4), (11.6, 12.0), (206, 178, 152), light=(1, 0.95, 0.6, 0.6))
    s.box((-9.4, 9.8), (3.3, 3.65), (11.2, 13.4), (110, 86, 76))
    s.soft(
        s.project([(-8, 0, 13.3), (9, 0, 13.3), (9, 0, 10.2), (-8, 0, 10.2)]),
        (255, 194, 122),
        0.4,
        22,
    )
    edge = [(-3.2, 0.03, 9.4), (4.0, 0.03, 9.4), (4.0, 0.03, 1.9), (-3.2, 0.03, 1.9)]
    s.quad(edge, (226, 214, 202), (236, 226, 214), grain=0.12)
    pool = [(-2.9, 0, 9.0), (3.7, 0, 9.0), (3.7, 0, 2.3), (-2.9, 0, 2.3)]
    s.quad(pool, (64, 176, 210), (18, 112, 172), right=(42, 152, 200), grain=0.1, cell=(44, 5))
    s.quad(
        [(-2.9, 0, 9.0), (3.7, 0, 9.0), (3.7, 0, 8.5), (-2.9, 0, 8.5)],
        (196, 172, 138),
        (92, 176, 198),
        opacity=0.55,
    )
    for i in range(4):  # the lit doors, mirrored
        a = -7.4 + i * 4.2
        left, right = max(a, -2.8), min(a + 3.6, 3.6)
        if right > left:
            s.soft(
                s.project([(left, 0, 8.8), (right, 0, 8.8), (right, 0, 4.4), (left, 0, 4.4)]),
                (255, 206, 140),
                0.42,
                12,
            )
    for _ in range(170):
        x, z = s.random.uniform(-2.5, 3.3), s.random.uniform(2.5, 8.8)
        (cx, cy), w = s.at(x, 0, z), s.metres(s.random.uniform(0.15, 0.5), z)
        s.fill(
            [(cx - w, cy), (cx, cy - w * 0.035), (cx + w, cy), (cx, cy + w * 0.035)],
            (214, 244, 252),
            opacity=0.4,
        )
    for x in (-2.8, 3.6):
        s.glow(s.at(x, -0.2, 6.0), (300, 120), (150, 236, 255), 0.6)
    s.glow(s.at(0.4, -0.2, 8.6), (420, 90), (190, 244, 255), 0.5)
    for x in (-5.5, -4.4):  # loungers
        s.shadow(x, 6.6, x + 0.8, 8.6)
        s.box((x, x + 0.8), (0.26, 0.38), (6.5, 8.1), (240, 234, 224), light=(1.0, 0.85, 0.7, 0.75))
        s.quad(
            [(x, 0.36, 8.0), (x + 0.8, 0.36, 8.0), (x + 0.8, 0.95, 8.6), (x, 0.95, 8.6)],
            (246, 240, 230),
            (220, 212, 202),
        )
        s.box((x + 0.1, x + 0.7), (0.38, 0.44), (6.6, 7.1), (204, 112, 76))
    s.box((4.7, 5.8), (0, 0.5), (6.6, 7.7), (150, 132, 120), grain=0.3, cell=(5, 4))
    x, y = s.at(5.25, 0.5, 7.1)
    for _ in range(26):
        dx, h = s.random.uniform(-70, 70), s.random.uniform(60, 170)
        s.fill(
            [(x + dx - 14, y), (x + dx + s.random.uniform(-14, 14), y - h), (x + dx + 14, y)],
            (255, 222, 130),
            (240, 112, 36),
            opacity=0.7,
        )
    s.glow((x, y - 50), (260, 200), (255, 160, 76), 0.65)
    palm(s, -6.9, 10.2, 6.0, (44, 74, 66))
    palm(s, 7.0, 9.6, 5.0, (46, 76, 66))
    for x, z in ((-5.9, 9.6), (-7.4, 8.6), (6.6, 9.2)):
        agave(s, x, z, 0.7, (92, 124, 118))
    return s.develop(warmth=0.01, vignette=0.3)


def trail_park() -> Image.Image:
    """A path between cactuses, low sun."""
    s = Scene((1600, 1200), eye=(0, 1.6, 0), focal=0.8, horizon=0.5, seed=30)
    sky(s, (106, 156, 212), (248, 214, 170), clouds=1.0)
    s.glow((s.width * 0.78, s.horizon - 150), (520, 420), (255, 214, 150), 0.6)
    hills(s, s.horizon + 10, 190, (140, 126, 144), (176, 150, 146), 1.3)
    hills(s, s.horizon + 10, 110, (120, 100, 106), (156, 128, 110), 1.5)
    ground(s, (198, 164, 122), grain=0.5)
    path = [
        (-0.5, 0.01, 40),
        (0.6, 0.01, 40),
        (1.2, 0.01, 18),
        (0.2, 0.01, 9),
        (1.4, 0.01, 1.0),
        (-1.6, 0.01, 1.0),
        (-1.5, 0.01, 9),
        (-0.5, 0.01, 18),
    ]
    s.quad(path, (226, 200, 162), (214, 182, 142), grain=0.35, cell=(3, 2))
    plants = [(s.random.uniform(-14, 14), s.random.uniform(5, 30)) for _ in range(44)]
    for x, z in sorted(plants, key=lambda p: -p[1]):
        if abs(x) < 2.0:
            continue
        kind = s.random.random()
        if kind < 0.22:
            s.shadow(x - 0.3, z - 0.3, x - 2.4, z + 0.1, 0.3)
            saguaro(s, x, z, s.random.uniform(2.6, 4.6))
        elif kind < 0.7:
            shrub(s, x, z, s.random.uniform(0.5, 1.1), (128, 134, 82))
        else:
            agave(s, x, z, s.random.uniform(0.4, 0.7))
    saguaro(s, -3.4, 6.2, 3.7)
    saguaro(s, 3.9, 7.4, 3.2)
    s.shadow(1.9, 4.4, 3.3, 5.0, 0.35)
    for x in (2.0, 3.0):
        s.box((x, x + 0.08), (0, 0.45), (4.5, 4.9), (84, 74, 66))
    for i in range(3):
        s.box(
            (1.8, 3.3), (0.45, 0.5), (4.45 + i * 0.17, 4.58 + i * 0.17), (172, 122, 78), grain=0.15
        )
        s.box(
            (1.8, 3.3), (0.6 + i * 0.14, 0.7 + i * 0.14), (4.98, 5.02), (164, 116, 74), grain=0.15
        )
    agave(s, -2.0, 3.4, 0.5)
    for _ in range(40):
        x, z = s.random.uniform(-5, 5), s.random.uniform(2, 7)
        if abs(x) > 1.7:
            r = s.metres(0.05, z) * s.random.uniform(0.5, 1.4)
            s.ellipse(s.at(x, 0.03, z), (r * 1.3, r), (196, 172, 146), (128, 106, 88))
    return s.develop(warmth=0.05)


def entry_door() -> Image.Image:
    """The way in, upright."""
    s = Scene((1200, 1600), eye=(0.2, 1.5, -1.5), focal=1.15, horizon=0.6, seed=33)
    sky(s, (110, 164, 220), (206, 224, 236), clouds=0.6)
    wall = (214, 188, 156)
    s.tiles((-4, 4), (-1.3, 5), 0, (198, 170, 142), side=0.5, joint=(160, 134, 112))
    s.wall_z(-4, 4, 0, 4.6, 4.5, lit(wall, 1.02), lit(wall, 0.9), grain=0.2, cell=(5, 5))
    for i in range(5):
        s.box((-3.2 + i * 1.5, -3.0 + i * 1.5), (4.1, 4.28), (4.1, 4.5), (112, 80, 56))
    for radius, depth, top, foot in (
        (1.5, 4.49, (176, 150, 120), (160, 134, 106)),
        (1.22, 4.47, (96, 66, 46), (74, 50, 36)),
    ):
        arc = [
            (radius * math.cos(a), 2.0 + radius * 0.95 * math.sin(a), depth)
            for a in (i * math.pi / 24 for i in range(25))
        ]
        s.quad([*arc, (-radius, 0, depth), (radius, 0, depth)], top, foot, grain=0.1)
    arc = [
        (1.05 * math.cos(a), 2.0 + 1.0 * math.sin(a), 4.46)
        for a in (i * math.pi / 24 for i in range(25))
    ]
    s.quad(
        [*arc, (-1.05, 0, 4.46), (1.05, 0, 4.46)],
        (128, 78, 46),
        (98, 56, 32),
        grain=0.22,
        cell=(4, 30),
    )
    for k in range(-4, 5):
        s.wall_z(k * 0.235 - 0.008, k * 0.235 + 0.008, 0, 2.55, 4.455, (66, 38, 24), opacity=0.8)
    s.wall_z(-0.015, 0.015, 0, 2.98, 4.45, (44, 26, 18))
    for side in (-1, 1):
        s.wall_z(
            side * 0.62 - 0.2, side * 0.62 + 0.2, 1.5, 2.2, 4.45, (62, 70, 74), (132, 150, 156)
        )
        for k in range(3):
            s.wall_z(
                side * 0.62 - 0.2 + k * 0.19,
                side * 0.62 - 0.18 + k * 0.19,
                1.5,
                2.2,
                4.445,
                (34, 28, 26),
            )
        s.wall_z(side * 0.09 - 0.02, side * 0.09 + 0.02, 0.95, 1.35, 4.44, (52, 44, 40))
        wall_lamp(s, side * 1.95, 2.2, 4.4)
    s.soft(
        s.project([(-4, 4.6, 4.4), (4, 4.6, 4.4), (4, 3.5, 4.4), (-4, 3.9, 4.4)]),
        (70, 50, 40),
        0.4,
        22,
    )
    s.floor(-0.9, 0.9, 3.3, 4.0, 0.01, (108, 78, 54), (120, 88, 62), grain=0.3)
    for x, pot in ((-1.85, (178, 104, 74)), (1.85, (178, 104, 74))):
        s.shadow(x - 0.35, 3.4, x + 0.35, 4.0)
        cx, y1 = s.at(x, 0.72, 3.7)
        y0, w = s.at(x, 0, 3.7)[1], s.metres(0.33, 3.7)
        s.fill(
            [(cx - w, y1), (cx + w, y1), (cx + w * 0.65, y0), (cx - w * 0.65, y0)],
            lit(pot, 1.1),
            lit(pot, 0.75),
            right=lit(pot, 0.7),
        )
        s.ellipse((cx, y1), (w, w * 0.2), lit(pot, 0.6))
        for i in range(26):
            a = math.pi * (0.08 + 0.84 * ((i * 7) % 26) / 25)
            reach = s.metres(1.0, 3.7) * s.random.uniform(0.55, 1)
            tip = (cx + math.cos(a) * reach * 0.6, y1 - math.sin(a) * reach)
            s.fill(
                [
                    (cx - 20, y1),
                    (cx * 0.4 + tip[0] * 0.6 - 14, y1 * 0.4 + tip[1] * 0.6),
                    tip,
                    (cx + 20, y1),
                ],
                lit(LEAF, 1.2 - (i % 5) * 0.12),
                lit(LEAF, 0.7),
            )
    s.soft(
        s.project([(-4, 0, 0.4), (-0.6, 0, 0.4), (-2.2, 0, 4.4), (-4, 0, 4.4)]),
        (40, 30, 40),
        0.35,
        30,
    )
    for x, z, size in ((-3.2, 3.2, 0.8), (3.1, 3.3, 0.9)):
        shrub(s, x, z, size, (110, 132, 84))
    return s.develop(warmth=0.04)
