"""What grows in the pictures."""

import math

from drawing.scene import Colour, Scene, lit

LEAF: Colour = (74, 104, 62)


def palm(s: Scene, x: float, z: float, height: float, tone: Colour = LEAF) -> None:
    """A palm with hanging fronds."""
    foot, head = s.at(x, 0, z), s.at(x, height, z)
    w = s.metres(0.13, z)
    s.fill(
        [
            (foot[0] - w, foot[1]),
            (foot[0] + w, foot[1]),
            (head[0] + w * 0.6, head[1]),
            (head[0] - w * 0.6, head[1]),
        ],
        (118, 98, 78),
        (84, 68, 54),
        grain=0.6,
        cell=(8, 2),
    )
    reach = s.metres(1.25, z)
    for i in range(30):
        a = math.tau * i / 30 + s.random.uniform(-0.1, 0.1)
        size = reach * s.random.uniform(0.75, 1.1)
        dx, dy = math.cos(a) * size, math.sin(a) * size * 0.55
        tip = (head[0] + dx, head[1] + dy + abs(dx) * 0.38)
        mid = (head[0] + dx * 0.55, head[1] + dy * 0.6 - reach * 0.16)
        wide = reach * 0.055
        shade = lit(tone, 1.12 - 0.5 * (i % 5) / 5)
        s.fill(
            [head, (mid[0], mid[1] - wide), tip, (mid[0], mid[1] + wide)], shade, lit(shade, 0.75)
        )


def saguaro(s: Scene, x: float, z: float, height: float, tone: Colour = (88, 112, 74)) -> None:
    """The cactus with arms."""

    def limb(x0: float, y0: float, y1: float, w: float) -> None:
        r = s.metres(w, z)
        (ax, ay), (bx, by) = s.at(x0, y0, z), s.at(x0, y1, z)
        arc = [
            (bx + r * math.cos(a), by + r * math.sin(a))
            for a in (math.pi + i * math.pi / 12 for i in range(13))
        ]
        s.fill(
            [(ax - r, ay), *arc, (bx + r, ay)],
            lit(tone, 1.05),
            lit(tone, 0.9),
            right=lit(tone, 0.55),
        )
        for k in (-0.5, 0, 0.5):
            s.fill(
                [
                    (bx + r * k - 2, by),
                    (bx + r * k + 2, by),
                    (ax + r * k + 2, ay),
                    (ax + r * k - 2, ay),
                ],
                lit(tone, 0.7),
                opacity=0.5,
            )

    for side, low, high in ((-1, 0.42, 0.78), (1, 0.52, 0.9)):
        arm = x + side * height * 0.13
        limb(arm, height * low, height * high, height * 0.036)
        a, b = (
            s.at(min(x, arm), height * (low + 0.05), z),
            s.at(max(x, arm), height * (low - 0.03), z),
        )
        s.fill([a, (b[0], a[1]), b, (a[0], b[1])], lit(tone, 0.85), lit(tone, 0.6))
    limb(x, 0, height, height * 0.052)


def shrub(s: Scene, x: float, z: float, size: float, tone: Colour = LEAF) -> None:
    """A round bush of many leaves, and its shadow."""
    cx, cy = s.at(x, size * 0.45, z)
    r = s.metres(size * 0.6, z)
    s.shadow(x - size * 0.5, z - size * 0.2, x + size * 0.6, z + size * 0.3, 0.4)
    for i in range(90):
        a, far = s.random.uniform(0, math.tau), math.sqrt(s.random.random())
        px, py = cx + math.cos(a) * r * far, cy + math.sin(a) * r * 0.75 * far
        shade = lit(
            tone,
            0.62 + 0.65 * (0.5 - (py - cy) / (r * 1.6)) + s.random.uniform(-0.12, 0.12) + 0.002 * i,
        )
        leaf = r * s.random.uniform(0.08, 0.2)
        s.ellipse((px, py), (leaf, leaf * 0.8), shade)


def agave(s: Scene, x: float, z: float, size: float, tone: Colour = (120, 142, 122)) -> None:
    """A rosette of pointed leaves."""
    cx, cy = s.at(x, 0, z)
    reach = s.metres(size, z)
    s.shadow(x - size * 0.6, z - size * 0.2, x + size * 0.6, z + size * 0.2, 0.4)
    for i in range(17):
        a = math.pi * (0.04 + 0.92 * ((i * 7) % 17) / 16)
        tip = (cx + math.cos(a) * reach, cy - math.sin(a) * reach * 0.95)
        across = (math.sin(a) * reach * 0.09, math.cos(a) * reach * 0.09)
        shade = lit(tone, 0.75 + 0.4 * (i % 4) / 3)
        s.fill(
            [(cx - across[0], cy - across[1]), tip, (cx + across[0], cy + across[1])],
            shade,
            lit(shade, 0.7),
        )


def pot_plant(s: Scene, x: float, z: float, height: float, pot: Colour = (222, 216, 206)) -> None:
    """A tall plant in a pot, for the corner of a room."""
    s.shadow(x - 0.22, z - 0.2, x + 0.22, z + 0.2)
    cx, top = s.at(x, height * 0.34, z)
    foot, w = s.at(x, 0, z)[1], s.metres(0.2, z)
    s.fill(
        [(cx - w, top), (cx + w, top), (cx + w * 0.75, foot), (cx - w * 0.75, foot)],
        lit(pot, 1.0),
        lit(pot, 0.75),
        right=lit(pot, 0.7),
    )
    reach = s.metres(height * 0.62, z)
    for i in range(20):
        a = math.pi * (0.12 + 0.76 * ((i * 3) % 20) / 19)
        far = reach * s.random.uniform(0.6, 1.0)
        tip = (cx + math.cos(a) * far * 0.75, top - math.sin(a) * far)
        mid = (cx + math.cos(a) * far * 0.42, top - math.sin(a) * far * 0.66)
        wide = reach * 0.075
        shade = lit((70, 104, 66), 0.7 + 0.5 * s.random.random())
        s.fill(
            [(cx, top), (mid[0] - wide, mid[1]), tip, (mid[0] + wide, mid[1])],
            shade,
            lit(shade, 0.7),
        )
