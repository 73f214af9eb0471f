"""Three rooms to meet in."""

from PIL import Image

from drawing.plants import pot_plant
from drawing.scene import Colour, Scene, lit
from drawing.things import (
    WARM,
    WHITE,
    art,
    downlights,
    frames,
    lamp,
    outdoors,
    pendant,
    sofa,
)

OAK: Colour = (176, 138, 98)


def shell(
    s: Scene,
    x: tuple[float, float],
    depth: float,
    height: float,
    wall: Colour,
    *,
    floor: Colour = OAK,
    ceiling: Colour = (240, 238, 234),
) -> None:
    """The walls, the ceiling and a boarded floor; corners a little darker than middles."""
    s.fill([(0, 0), (s.width, 0), (s.width, s.height), (0, s.height)], wall)
    s.wall_z(*x, 0, height, depth, lit(wall, 1.02), lit(wall, 0.94))
    s.wall_x(x[0], 0, depth, 0, height, lit(wall, 0.9), lit(wall, 0.8), right=lit(wall, 0.98))
    s.wall_x(x[1], 0, depth, 0, height, lit(wall, 0.86), lit(wall, 0.78), right=lit(wall, 0.94))
    s.floor(*x, 0, depth, height, lit(ceiling, 0.97), lit(ceiling, 0.9))
    s.planks(x, (0.2, depth), 0, floor)
    for edge in x:
        side = 0.05 if edge < 0 else -0.05
        s.soft(
            s.project(
                [
                    (edge, height, 0.3),
                    (edge, height, depth),
                    (edge + side * 6, height, depth),
                    (edge + side * 6, height, 0.3),
                ]
            ),
            (60, 54, 50),
            0.16,
            16,
        )
    s.wall_z(x[0], x[1], 0, 0.13, depth - 0.01, WHITE, lit(WHITE, 0.9))
    s.soft(
        s.project(
            [(x[0], 0, depth), (x[1], 0, depth), (x[1], 0, depth - 0.5), (x[0], 0, depth - 0.5)]
        ),
        (30, 24, 20),
        0.25,
        14,
    )


def sunlight(
    s: Scene,
    x: tuple[float, float],
    z: tuple[float, float],
    slant: float,
    panes: int,
    power: float = 0.5,
) -> None:
    """Patches of sun that a window throws on the floor."""
    step = (x[1] - x[0]) / panes
    for i in range(panes):
        a, b = x[0] + i * step + 0.06, x[0] + (i + 1) * step - 0.02
        patch = [(a, 0, z[1]), (b, 0, z[1]), (b + slant, 0, z[0]), (a + slant, 0, z[0])]
        s.soft(s.project(patch), (255, 240, 206), power, 4)


def kitchen() -> Image.Image:
    s = Scene((2000, 1500), eye=(0.35, 1.62, -0.5), focal=0.7, horizon=0.43, seed=2)
    shell(s, (-3.2, 3.2), 6.2, 2.9, (232, 226, 216))
    navy, stone = (52, 70, 96), (238, 236, 232)
    for i in range(6):  # tall units on the left wall
        a = 2.6 + i * 0.6
        s.box(
            (-3.2, -2.55),
            (0.1, 2.4),
            (a, a + 0.59),
            (228, 224, 216),
            light=(1, 0.9, 0.8, 0.93),
            grain=0.03,
        )
        s.box((-2.56, -2.53), (1.0, 1.4), (a + 0.5, a + 0.52), (150, 140, 124))
    for i in range(7):  # the far wall: base units, worktop, upper units
        a = -2.5 + i * 0.8
        s.box(
            (a + 0.01, a + 0.79),
            (0.08, 0.88),
            (5.6, 6.2),
            (226, 222, 214),
            light=(1, 0.93, 0.8, 0.8),
        )
        s.wall_z(a + 0.3, a + 0.5, 0.76, 0.785, 5.59, (146, 134, 116))
        if i not in (2, 3, 4):
            s.box(
                (a + 0.01, a + 0.79),
                (1.5, 2.5),
                (5.85, 6.2),
                (226, 222, 214),
                light=(1, 0.95, 0.8, 0.8),
            )
            s.wall_z(a + 0.68, a + 0.7, 1.55, 1.75, 5.84, (146, 134, 116))
    s.wall_z(-2.5, 3.1, 0.92, 1.5, 6.18, (214, 206, 194), (202, 194, 182))
    for row in range(5):  # the tiled splashback
        for k in range(20):
            a = -2.5 + k * 0.28 + (row % 2) * 0.14
            tone = lit((222, 216, 206), 1 + s.random.uniform(-0.04, 0.05))
            s.wall_z(
                a + 0.006, a + 0.274, 0.93 + row * 0.116, 0.93 + row * 0.116 + 0.108, 6.17, tone
            )
    outdoors(s, (-0.75, 1.35), (1.2, 2.45), 6.16)
    frames(s, (-0.75, 1.35), (1.2, 2.45), 6.15, 3, (248, 246, 242))
    s.glow(s.at(0.3, 1.9, 6.1), (420, 330), (255, 246, 224), 0.5)
    s.box((-2.5, 3.12), (0.88, 0.93), (5.55, 6.2), stone)
    s.box((1.9, 2.6), (0.94, 1.02), (5.7, 6.1), (60, 60, 62))
    for i in range(3):
        x, y = s.at(-1.6 + i * 0.16, 1.0, 5.7)
        s.ellipse((x, y), (22, 34), ((176, 96, 64), (214, 170, 92), (96, 124, 92))[i], (60, 50, 40))
    sunlight(s, (-0.6, 1.3), (3.9, 5.2), -0.9, 3, 0.35)
    s.soft(
        s.project([(-1.5, 0, 2.2), (2.1, 0, 2.2), (2.1, 0, 3.8), (-1.5, 0, 3.8)]),
        (14, 10, 8),
        0.55,
        18,
    )
    s.box((-1.3, 1.75), (0.0, 0.9), (2.55, 3.55), navy, light=(1, 1.0, 0.8, 0.7), fade=0.3)
    for i in range(4):
        a = -1.25 + i * 0.76
        s.wall_z(a + 0.03, a + 0.70, 0.12, 0.82, 2.545, lit(navy, 1.1), lit(navy, 0.82))
        s.wall_z(a + 0.07, a + 0.66, 0.16, 0.78, 2.54, lit(navy, 0.97), lit(navy, 0.74))
    s.box(
        (-1.42, 1.87),
        (0.9, 0.97),
        (2.25, 3.65),
        stone,
        light=(1.0, 0.94, 0.85, 0.85),
        grain=0.06,
        cell=(34, 10),
    )
    for i in range(3):  # stools
        a = -0.95 + i * 0.95
        for dx, dz in ((0.04, 1.95), (0.36, 1.95), (0.04, 2.2), (0.36, 2.2)):
            s.box((a + dx, a + dx + 0.03), (0, 0.66), (dz, dz + 0.03), (70, 54, 40))
        s.shadow(a, 1.9, a + 0.4, 2.25, 0.35)
        s.box((a, a + 0.4), (0.64, 0.72), (1.92, 2.26), (198, 160, 112), grain=0.11)
        s.box((a, a + 0.4), (0.72, 0.98), (1.9, 1.94), (190, 152, 106), grain=0.11)
    for i, tint in enumerate(((222, 128, 60), (232, 158, 64), (212, 96, 54))):  # fruit
        x, y = s.at(0.15 + i * 0.1, 1.02, 2.9)
        s.ellipse((x, y - (i % 2) * 16), (34, 32), lit(tint, 1.15), lit(tint, 0.7))
    x, y = s.at(0.25, 0.99, 2.88)
    s.fill(
        [(x - 120, y - 14), (x + 120, y - 14), (x + 70, y + 28), (x - 70, y + 28)],
        (250, 250, 248),
        (196, 194, 192),
    )
    for a in (-0.85, 0.25, 1.35):
        pendant(s, a, 3.0, 2.9, 1.95)
    downlights(s, (-2.0, 0.2, 2.3), (2.4, 4.6), 2.89)
    return s.develop(warmth=0.02)


def great_room() -> Image.Image:
    s = Scene((2000, 1500), eye=(-0.3, 1.45, 0), focal=0.7, horizon=0.48, seed=5)
    shell(s, (-3.6, 3.6), 6.6, 3.4, (226, 218, 206), floor=(152, 112, 78))
    outdoors(s, (-3.1, 0.4), (0.3, 2.9), 6.59)
    frames(s, (-3.1, 0.4), (0.3, 2.9), 6.57, 4, (54, 50, 48))
    s.wall_z(1.0, 3.3, 0, 3.4, 6.45, (158, 148, 136), (140, 130, 118))
    for row in range(15):  # the stone chimney
        a = 1.0 - 0.2 * (row % 2)
        while a < 3.3:
            w = s.random.uniform(0.28, 0.6)
            tone = lit((170, 158, 142), 1 + s.random.uniform(-0.16, 0.14))
            left, right = max(a + 0.01, 1.0), min(a + w - 0.01, 3.3)
            if right > left:
                s.wall_z(
                    left,
                    right,
                    row * 0.23 + 0.01,
                    row * 0.23 + 0.22,
                    6.44,
                    tone,
                    lit(tone, 0.88),
                    grain=0.17,
                    cell=(5, 4),
                )
            a += w
    s.box((0.95, 3.35), (1.28, 1.4), (6.2, 6.44), (112, 80, 54), grain=0.14, cell=(22, 3))
    s.wall_z(1.5, 2.8, 0.25, 1.05, 6.42, (30, 24, 22), (54, 30, 18))
    for i in range(16):
        x, y = s.at(1.65 + i * 0.066, 0.3, 6.4)
        h = s.random.uniform(40, 105)
        s.fill(
            [(x - 14, y), (x, y - h), (x + 14, y)], (255, 214, 120), (232, 112, 40), opacity=0.85
        )
    s.glow(s.at(2.15, 0.5, 6.3), (330, 230), (255, 150, 70), 0.6)
    art(
        s,
        (1.55, 2.75),
        (1.65, 2.5),
        6.4,
        ((206, 196, 178), (178, 122, 84), (92, 108, 112), (52, 62, 74)),
    )
    pot_plant(s, 0.68, 6.1, 1.9)
    s.soft(
        s.project([(-2.3, 0, 2.6), (2.0, 0, 2.6), (2.0, 0, 5.2), (-2.3, 0, 5.2)]), (0, 0, 0), 0.3, 6
    )
    s.floor(-2.2, 1.9, 2.6, 5.2, 0.01, (212, 204, 192), (226, 218, 206), grain=0.17, cell=(4, 3))
    for i in range(9):
        s.floor(-2.2 + i * 0.47, -2.1 + i * 0.47, 2.7, 5.1, 0.012, (150, 140, 132), opacity=0.35)
    sunlight(s, (-2.9, 0.2), (4.4, 6.3), 0.9, 4, 0.45)
    sofa(
        s,
        (-2.1, 0.55),
        (4.1, 5.1),
        (112, 120, 128),
        ((214, 142, 76), (236, 230, 220), (86, 104, 112)),
    )
    s.shadow(-1.5, 2.9, 0.2, 3.6)
    s.box(
        (-1.45, 0.15),
        (0.06, 0.36),
        (2.95, 3.6),
        (122, 84, 54),
        light=(1.15, 0.9, 0.7, 0.7),
        grain=0.17,
        cell=(26, 3),
    )
    s.box((-1.1, -0.6), (0.36, 0.41), (3.1, 3.4), (226, 220, 210))
    x, y = s.at(-0.15, 0.4, 3.25)
    s.ellipse((x, y - 40), (34, 52), (96, 130, 132), (48, 72, 78))
    for dx in (-26, 0, 26):
        s.fill(
            [(x - 4, y - 80), (x + 4, y - 80), (x + dx + 4, y - 220), (x + dx - 4, y - 220)],
            (84, 108, 70),
        )
        s.ellipse((x + dx, y - 226), (24, 22), (236, 214, 206), (196, 150, 142))
    s.shadow(1.5, 2.7, 2.6, 3.7)
    s.box((1.5, 2.55), (0.32, 0.48), (2.75, 3.6), (206, 166, 118), grain=0.06)
    s.box((2.36, 2.6), (0.1, 1.0), (2.75, 3.65), (196, 156, 108), grain=0.06)
    s.box((1.45, 1.6), (0.1, 0.62), (3.5, 3.65), (186, 146, 100), grain=0.06)
    downlights(s, (-2.2, 0.2, 2.4), (3.0, 5.2), 3.39)
    return s.develop(warmth=0.03)


def dining() -> Image.Image:
    s = Scene((1600, 1200), eye=(-0.5, 1.5, 0), focal=0.72, horizon=0.46, seed=17)
    shell(s, (-2.8, 2.8), 5.6, 2.9, (228, 222, 212), floor=(140, 106, 76))
    s.wall_z(-2.8, 2.8, 0.13, 1.0, 5.57, (120, 134, 124), (108, 122, 112))
    s.wall_z(-2.8, 2.8, 1.0, 1.06, 5.56, WHITE)
    outdoors(s, (-2.2, -0.9), (0.6, 2.5), 5.55)
    outdoors(s, (0.9, 2.2), (0.6, 2.5), 5.55)
    frames(s, (-2.2, -0.9), (0.6, 2.5), 5.54, 2, WHITE)
    frames(s, (0.9, 2.2), (0.6, 2.5), 5.54, 2, WHITE)
    art(
        s,
        (-0.6, 0.6),
        (1.35, 2.25),
        5.54,
        ((230, 222, 206), (196, 178, 148), (124, 142, 132), (70, 92, 94)),
    )
    s.floor(-2.1, 2.1, 1.9, 4.7, 0.01, (156, 92, 72), (176, 106, 82), grain=0.19, cell=(4, 3))
    s.floor(-1.9, 1.9, 2.05, 4.55, 0.012, (196, 164, 136), (206, 176, 148), grain=0.19, cell=(5, 4))
    sunlight(s, (-2.1, -0.9), (3.2, 5.2), 1.2, 2, 0.35)
    for a in (-0.95, -0.1, 0.75):  # chairs behind
        s.box((a, a + 0.45), (0.45, 1.0), (4.25, 4.3), (196, 178, 152), grain=0.11)
        s.box((a, a + 0.45), (0.42, 0.48), (3.9, 4.3), (206, 188, 162))
    s.shadow(-1.4, 2.7, 1.5, 4.0, 0.55)
    for x in (-1.2, 1.2):
        s.box((x, x + 0.12), (0, 0.72), (2.9, 3.8), (96, 66, 44), grain=0.11)
    s.box(
        (-1.5, 1.6),
        (0.72, 0.79),
        (2.7, 3.95),
        (150, 108, 72),
        light=(1.12, 0.8, 0.7, 0.7),
        grain=0.17,
        cell=(40, 4),
    )
    for a in (-0.95, -0.1, 0.75):
        for z in (3.7, 2.95):
            cx, cy = s.at(a + 0.22, 0.8, z)
            r = s.metres(0.16, z)
            s.ellipse((cx, cy), (r, r * 0.32), (250, 248, 244), (222, 218, 212))
            s.ellipse((cx, cy), (r * 0.66, r * 0.2), (232, 228, 222))
    x, y = s.at(0.1, 0.8, 3.35)
    s.fill(
        [(x - 34, y - 80), (x + 34, y - 80), (x + 22, y), (x - 22, y)],
        (196, 208, 208),
        (132, 146, 148),
        right=(100, 116, 120),
    )
    for i in range(22):
        fx, fy = x + s.random.uniform(-95, 95), y - 110 - s.random.uniform(0, 110)
        s.fill([(x - 3, y - 70), (x + 3, y - 70), (fx + 2, fy), (fx - 2, fy)], (84, 110, 72))
        s.ellipse((fx, fy), (20, 18), ((244, 236, 226), (226, 178, 160), (206, 128, 112))[i % 3])
    for a in (-1.0, -0.1, 0.8):  # chairs in front
        s.shadow(a, 2.2, a + 0.48, 2.6, 0.4)
        s.box((a, a + 0.48), (0.42, 0.48), (2.2, 2.6), (206, 188, 162), grain=0.11)
        for x in (a, a + 0.44):
            s.box((x, x + 0.04), (0, 1.0), (2.2, 2.24), (92, 66, 46))
        s.box(
            (a + 0.02, a + 0.46),
            (0.55, 0.98),
            (2.2, 2.23),
            (200, 182, 156),
            grain=0.14,
            cell=(3, 3),
        )
    for a in (-0.7, 0.1, 0.9):
        pendant(s, a, 3.35, 2.9, 1.85, (120, 84, 50))
    x, y = s.at(2.5, 0.9, 4.6)
    s.box((2.2, 2.8), (0.0, 0.9), (2.6, 4.8), (112, 82, 58), grain=0.11, cell=(3, 18))
    lamp(s, 2.5, 0.9, 4.2)
    s.glow((s.width / 2, s.height * 0.3), (600, 300), WARM, 0.12)
    return s.develop(warmth=0.03)
