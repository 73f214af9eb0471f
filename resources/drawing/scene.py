"""The little renderer behind draw_samples.py: a shift-lens camera, quads, boxes, light.

Scenes are in metres: x to the right, y up, z away from the viewer. Verticals stay vertical,
as in photographs of houses. Everything is drawn twice too large and scaled down at the end.
"""

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Point3 = tuple[float, float, float]
SCALE = 2
NEAR = 0.15


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """``part`` of b, the rest of a."""
    part = min(1.0, max(0.0, part))
    red, green, blue = (round(x + (y - x) * part) for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def lit(colour: Colour, factor: float) -> Colour:
    """Darker below 1, lighter above; light goes towards white, not out of range."""
    return (
        mix(colour, (0, 0, 0), 1 - factor)
        if factor < 1
        else mix(colour, (255, 255, 255), factor - 1)
    )


class Scene:
    """A picture being drawn from one place."""

    def __init__(
        self,
        size: tuple[int, int],
        *,
        eye: Point3 = (0, 1.5, 0),
        focal: float = 0.8,
        horizon: float = 0.5,
        yaw: float = 0.0,
        seed: int = 1,
    ) -> None:
        self.size = size
        self.width, self.height = size[0] * SCALE, size[1] * SCALE
        self.image = Image.new("RGB", (self.width, self.height))
        self.random = random.Random(seed)
        self.eye = eye
        self.focal = focal * self.width
        self.horizon = horizon * self.height
        self.cos, self.sin = math.cos(math.radians(yaw)), math.sin(math.radians(yaw))

    # ---- from the world to the picture

    def _view(self, p: Point3) -> Point3:
        x, y, z = p[0] - self.eye[0], p[1] - self.eye[1], p[2] - self.eye[2]
        return (x * self.cos - z * self.sin, y, x * self.sin + z * self.cos)

    def project(self, points: Sequence[Point3]) -> list[Point]:
        """Clip at the near plane, then project to pixels."""
        seen = [self._view(p) for p in points]
        kept: list[Point3] = []
        for a, b in zip(seen, [*seen[1:], seen[0]], strict=True):
            if a[2] >= NEAR:
                kept.append(a)
            if (a[2] >= NEAR) != (b[2] >= NEAR):
                t = (NEAR - a[2]) / (b[2] - a[2])
                kept.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, NEAR))
        return [
            (self.width / 2 + self.focal * x / z, self.horizon - self.focal * y / z)
            for x, y, z in kept
        ]

    # ---- painting in the picture

    def _box(self, points: Sequence[Point], margin: float = 0) -> tuple[int, int, int, int] | None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, top = max(0, math.floor(min(xs) - margin)), max(0, math.floor(min(ys) - margin))
        right = min(self.width, math.ceil(max(xs) + margin) + 1)
        bottom = min(self.height, math.ceil(max(ys) + margin) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _mask(self, points: Sequence[Point], box: tuple[int, int, int, int]) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in points], fill=255)
        return mask

    def noise(self, size: tuple[int, int], cell: tuple[float, float]) -> Image.Image:
        """Smooth grey noise whose grains are ``cell`` pixels of the finished picture."""
        w, h = (max(2, round(size[i] / (cell[i] * SCALE)) + 1) for i in (0, 1))
        small = Image.frombytes("L", (w, h), self.random.randbytes(w * h))
        return small.resize(size, Image.Resampling.BICUBIC)

    def fill(
        self,
        points: Sequence[Point],
        top: Colour,
        bottom: Colour | None = None,
        *,
        right: Colour | None = None,
        opacity: float = 1.0,
        grain: float = 0.0,
        cell: tuple[float, float] = (2, 2),
    ) -> None:
        """A polygon in pixels; ``bottom`` and ``right`` make gradients, ``grain`` (0-1) texture."""
        if len(points) < 3 or (box := self._box(points)) is None:
            return
        bottom, across = bottom or top, right or top
        corner = mix(bottom, across, 0.5) if right else bottom
        tile = Image.new("RGB", (2, 2))
        for spot, colour in {(0, 0): top, (1, 0): across, (0, 1): bottom, (1, 1): corner}.items():
            tile.putpixel(spot, colour)
        size = (box[2] - box[0], box[3] - box[1])
        paint = tile.resize(size, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))
        if grain:
            texture = self.noise(size, cell).point(
                [round(128 + (v - 128) * grain) for v in range(256)]
            )
            paint = ImageChops.overlay(paint, Image.merge("RGB", (texture,) * 3))
        mask = self._mask(points, box)
        if opacity < 1:
            mask = mask.point([round(v * opacity) for v in range(256)])
        self.image.paste(paint, box[:2], mask)

    def soft(self, points: Sequence[Point], colour: Colour, opacity: float, blur: float) -> None:
        """A polygon in pixels with soft edges, ``blur`` pixels of the finished picture wide."""
        radius = blur * SCALE
        if len(points) < 3 or (box := self._box(points, radius * 2)) is None:
            return
        small = (max(1, (box[2] - box[0]) // 4), max(1, (box[3] - box[1]) // 4))
        mask = Image.new("L", small)
        shape = [((x - box[0]) / 4, (y - box[1]) / 4) for x, y in points]
        ImageDraw.Draw(mask).polygon(shape, fill=round(255 * opacity))
        mask = mask.filter(ImageFilter.GaussianBlur(radius / 4)).resize(
            (box[2] - box[0], box[3] - box[1])
        )
        self.image.paste(Image.new("RGB", mask.size, colour), box[:2], mask)

    def glow(
        self, centre: Point, radius: tuple[float, float], colour: Colour, power: float
    ) -> None:
        """Light added around a pixel; radii in pixels of the finished picture."""
        rx, ry = radius[0] * SCALE, radius[1] * SCALE
        left, top = round(centre[0] - rx), round(centre[1] - ry)
        fall = [round(255 * power * (1 - v / 255) ** 2) for v in range(256)]
        light = Image.radial_gradient("L").point(fall).resize((round(2 * rx), round(2 * ry)))
        layer = Image.merge(
            "RGB", [light.point([v * c // 255 for v in range(256)]) for c in colour]
        )
        box = (left, top, left + layer.width, top + layer.height)
        under = self.image.crop(box)
        self.image.paste(ImageChops.screen(under, layer), (left, top))

    def ellipse(
        self, centre: Point, radius: Point, colour: Colour, dark: Colour | None = None
    ) -> None:
        """An ellipse in pixels, optionally shaded towards ``dark`` at its foot."""
        ring = [
            (centre[0] + radius[0] * math.cos(a), centre[1] + radius[1] * math.sin(a))
            for a in (i * math.tau / 48 for i in range(48))
        ]
        self.fill(ring, colour, dark)

    # ---- painting in the world

    def quad(
        self, points: Sequence[Point3], top: Colour, bottom: Colour | None = None, **how: object
    ) -> None:
        """A flat polygon in the world."""
        self.fill(self.project(points), top, bottom, **how)  # type: ignore[arg-type]

    def shadow(
        self, x0: float, z0: float, x1: float, z1: float, opacity: float = 0.45, y: float = 0.0
    ) -> None:
        """What a thing standing there takes from the light of the floor."""
        pad = 0.12
        corners = [
            (x0 - pad, y, z0 - pad),
            (x1 + pad, y, z0 - pad),
            (x1 + pad, y, z1 + pad),
            (x0 - pad, y, z1 + pad),
        ]
        self.soft(self.project(corners), (12, 10, 14), opacity, 14)

    def box(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float],
        colour: Colour,
        *,
        light: tuple[float, float, float, float] = (1.12, 0.92, 0.72, 0.8),
        fade: float = 0.12,
        **how: object,
    ) -> None:
        """A block; ``light`` is for its top, front, left and right face."""
        (x0, x1), (y0, y1), (z0, z1) = x, y, z
        top, front, left, right = (lit(colour, part) for part in light)

        def face(points: Sequence[Point3], colour: Colour) -> None:
            self.quad(points, colour, lit(colour, 1 - fade), **how)

        if self.eye[0] < x0:
            face([(x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)], left)
        if self.eye[0] > x1:
            face([(x1, y0, z0), (x1, y0, z1), (x1, y1, z1), (x1, y1, z0)], right)
        if self.eye[1] > y1:
            face([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], top)
        if self.eye[1] < y0:
            face([(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)], lit(colour, 0.55))
        if self.eye[2] < z0:
            face([(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)], front)

    def wall_z(
        self,
        x0: float,
        x1: float,
        y0: float,
        y1: float,
        z: float,
        top: Colour,
        bottom: Colour | None = None,
        **how: object,
    ) -> None:
        """A rectangle that faces the viewer."""
        self.quad([(x0, y1, z), (x1, y1, z), (x1, y0, z), (x0, y0, z)], top, bottom, **how)

    def wall_x(
        self,
        x: float,
        z0: float,
        z1: float,
        y0: float,
        y1: float,
        top: Colour,
        bottom: Colour | None = None,
        **how: object,
    ) -> None:
        """A rectangle on a side wall."""
        self.quad([(x, y1, z0), (x, y1, z1), (x, y0, z1), (x, y0, z0)], top, bottom, **how)

    def floor(
        self,
        x0: float,
        x1: float,
        z0: float,
        z1: float,
        y: float,
        far: Colour,
        near: Colour | None = None,
        **how: object,
    ) -> None:
        """A level rectangle; ``far`` is the colour at its far edge."""
        self.quad([(x0, y, z1), (x1, y, z1), (x1, y, z0), (x0, y, z0)], far, near, **how)

    def planks(
        self,
        x: tuple[float, float],
        z: tuple[float, float],
        y: float,
        colour: Colour,
        *,
        wide: float = 0.22,
        spread: float = 0.1,
    ) -> None:
        """A boarded floor, boards running away from the viewer."""
        at = x[0]
        while at < x[1]:
            end = min(at + wide, x[1])
            start = z[0] - self.random.random() * 2
            while start < z[1]:
                stop = start + 1.6 + self.random.random() * 1.4
                tone = lit(colour, 1 + self.random.uniform(-spread, spread))
                a, b = max(start, z[0]), min(stop, z[1])
                if b > a:
                    self.floor(
                        at,
                        end - 0.006,
                        a,
                        b - 0.008,
                        y,
                        lit(tone, 0.97),
                        tone,
                        grain=0.12,
                        cell=(3, 14),
                    )
                start = stop
            at = end

    def tiles(
        self,
        x: tuple[float, float],
        z: tuple[float, float],
        y: float,
        colour: Colour,
        *,
        side: float = 0.6,
        joint: Colour | None = None,
    ) -> None:
        """A floor of square slabs."""
        self.floor(*x, *z, y, joint or lit(colour, 0.8))
        for i in range(math.ceil((x[1] - x[0]) / side)):
            for j in range(math.ceil((z[1] - z[0]) / side)):
                a, b = x[0] + i * side, z[0] + j * side
                tone = lit(colour, 1 + self.random.uniform(-0.05, 0.05))
                self.floor(
                    a + 0.01,
                    min(a + side, x[1]) - 0.01,
                    b + 0.01,
                    min(b + side, z[1]) - 0.01,
                    y,
                    tone,
                    lit(tone, 0.96),
                    grain=0.08,
                    cell=(6, 4),
                )

    def at(self, x: float, y: float, z: float) -> Point:
        """Where one point of the world falls, in pixels."""
        vx, vy, vz = self._view((x, y, z))
        vz = max(vz, NEAR)
        return (self.width / 2 + self.focal * vx / vz, self.horizon - self.focal * vy / vz)

    def metres(self, length: float, z: float) -> float:
        """A length at that distance, in pixels."""
        return self.focal * length / max(z - self.eye[2], NEAR)

    # ---- the finished picture

    def develop(
        self, *, warmth: float = 0.0, vignette: float = 0.22, grain: float = 5.0
    ) -> Image.Image:
        """Scale down; a lens's falling light, a touch of bloom and a sensor's noise."""
        picture = self.image.resize(self.size, Image.Resampling.LANCZOS)
        bright = picture.point([max(0, v - 205) * 3 for v in range(256)] * 3)
        bloom = bright.resize((self.size[0] // 8, self.size[1] // 8)).filter(
            ImageFilter.GaussianBlur(5)
        )
        picture = ImageChops.screen(
            picture, bloom.resize(self.size).point([v // 3 for v in range(256)] * 3)
        )
        fall = Image.radial_gradient("L").resize(self.size)
        fall = fall.point([round(255 * (1 - vignette * (v / 255) ** 2)) for v in range(256)])
        picture = ImageChops.multiply(picture, Image.merge("RGB", (fall,) * 3))
        if warmth:
            red, green, blue = picture.split()
            red = red.point([min(255, round(v * (1 + warmth))) for v in range(256)])
            blue = blue.point([min(255, round(v * (1 - warmth))) for v in range(256)])
            picture = Image.merge("RGB", (red, green, blue))
        count = self.size[0] * self.size[1]
        noise = Image.frombytes("L", self.size, self.random.randbytes(count))
        noise = noise.point([round(128 + (v - 128) / 128 * grain) for v in range(256)])
        return ImageChops.overlay(picture, Image.merge("RGB", (noise,) * 3))
