"""What an upload computes of a 12-megapixel photo, against three other ways to do it.

    python -m benchmarks.pipeline [FOLDER] [--rounds N]

Makes its photos, or takes the JPEGs of a folder. All ways take turns, picture by picture, so that
a machine that slows down slows all of them; every figure is a ratio within one turn.
"""

import argparse
import hashlib
import io
import os
import statistics
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

# One worker is one thread, in every way; read when the libraries are loaded. The application sets
# NumPy's itself, but here NumPy comes first.
os.environ["VIPS_CONCURRENCY"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import imagehash
import numpy as np
from PIL import Image, ImageDraw, ImageOps

from artitec_media_desktop.domain.limits import IMAGE, THUMB, VARIANTS
from artitec_media_desktop.processing.image import process_image
from artitec_media_desktop.processing.sniff import HEAD, sniff
from artitec_media_desktop.processing.variants import fitted

from .memory import peak_over_idle
from .report import report

REACH = {
    "plain_over_ours": (">=", 4.0),
    "vips_over_ours": (">=", 1.0),
    "ours_over_floor": ("<=", 2.5),
    "two_workers_over_one": (">=", 1.8),
    "peak_megabytes_over_idle": ("<=", 400),
}
LANCZOS = Image.Resampling.LANCZOS
Way = Callable[[bytes], object]


def ours(data: bytes) -> object:
    """Everything: what it is, SHA-256, location out, EXIF, decode, variants, hashes."""
    fmt = sniff(data[:HEAD])
    if fmt is None:
        raise SystemExit("The folder holds a file that is no picture.")
    return hashlib.sha256(data).hexdigest(), process_image(data, fmt, IMAGE)


def plain(data: bytes) -> object:
    """The four variants, each from a decode of its own, and the average hash."""
    made = []
    for variant in VARIANTS:
        image = Image.open(io.BytesIO(data), formats=["JPEG"])
        image.load()
        upright = ImageOps.exif_transpose(image)
        if variant is THUMB:
            small = ImageOps.fit(upright, (variant.side, variant.side), LANCZOS)
        else:
            small = upright.resize(fitted(upright.size, variant.side), LANCZOS)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=variant.quality, optimize=True)
        made.append(out.getvalue())
    return made, str(imagehash.average_hash(upright))


def vips(data: bytes) -> object:
    """One shrink-on-load thumbnail of the largest, and each of the rest from the one before."""
    import pyvips

    made = []
    picture: Any = None
    for variant in sorted(VARIANTS, key=lambda each: -each.side):
        square = {"crop": "centre"} if variant.crop else {}
        how = {"height": variant.side, "size": "down", **square}
        if picture is None:
            picture = pyvips.Image.thumbnail_buffer(data, variant.side, **how).copy_memory()
        else:
            picture = picture.thumbnail_image(variant.side, **how).copy_memory()
        made.append(picture.jpegsave_buffer(Q=variant.quality, keep="none"))
    return made


def floor_of(data: bytes) -> Way:
    """One scaled decode and the four encodes: of pictures that are there already."""
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        size = image.size
        largest = fitted(size, max(each.side for each in VARIANTS))
        ready = []
        for variant in VARIANTS:
            crop = (variant.side, variant.side)
            target = crop if variant is THUMB else fitted(size, variant.side)
            ready.append((image.convert("RGB").resize(target, LANCZOS), variant.quality))

    def floor(data: bytes) -> object:
        image = Image.open(io.BytesIO(data), formats=["JPEG"])
        image.draft("RGB", largest)
        image.load()
        for small, quality in ready:
            small.save(io.BytesIO(), "JPEG", quality=quality)
        return image

    return floor


def photo(seed: int, width: int = 4000, height: int = 3000) -> bytes:
    """A JPEG like a camera's: detail at every scale, edges, sensor noise, EXIF with a place."""
    random = np.random.default_rng(seed)
    pixels = np.full((height, width, 3), 125, np.float32)
    for cells, strength in ((4, 70), (12, 40), (40, 22), (130, 12), (500, 8), (1500, 6)):
        coarse = random.normal(size=(max(2, height * cells // width), cells, 3))
        coarse = coarse.mean(axis=2, keepdims=True) + 0.4 * coarse
        for channel in range(3):
            plane = Image.fromarray(coarse[..., channel].astype(np.float32))
            smooth = plane.resize((width, height), Image.Resampling.BICUBIC)
            pixels[..., channel] += strength * np.asarray(smooth)
    pixels += random.normal(scale=3, size=(height, width, 1)).astype(np.float32)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for left, top, wide, high, shade in random.integers(0, [width, height, 600, 600, 256], (60, 5)):
        box = (int(left), int(top), int(left + wide), int(top + high))
        draw.rectangle(box, outline=(int(shade), int(255 - shade), 90), width=int(1 + shade // 25))
    exif = Image.Exif()
    exif.update({0x010F: "Artitec", 0x0110: "Benchmark", 0x0112: (1, 6)[seed % 2]})
    exif.get_ifd(0x8769).update({0x829A: 0.004, 0x829D: 2.8, 0x8827: 200, 0xA434: "28 mm"})
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 24.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def seconds(way: Way, data: bytes) -> float:
    """How long one picture takes."""
    began = perf_counter()
    way(data)
    return perf_counter() - began


def measure(photos: Sequence[bytes], rounds: int) -> dict[str, list[float]]:
    """Seconds of every way, by its name; the nth of each are of the same turn and picture."""
    ways = [{"ours": ours, "plain": plain, "vips": vips, "floor": floor_of(d)} for d in photos]
    for data, by_name in zip(photos[:1], ways, strict=False):
        for way in by_name.values():
            way(data)
    taken: dict[str, list[float]] = {name: [] for name in ways[0]}
    for _ in range(rounds):
        for data, by_name in zip(photos, ways, strict=True):
            for name, way in by_name.items():
                taken[name].append(seconds(way, data))
    return taken


def two_workers(photos: Sequence[bytes], rounds: int) -> float:
    """How much faster two threads get through the photos than one.

    The best round of each: whatever else the machine does takes from two threads more than from
    one, and never gives. Enough photos that the last one, which one thread has alone, hardly
    counts.
    """
    work = list(photos) * max(1, 40 // len(photos))

    def taken(workers: int) -> float:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(ours, work[:workers]))
            began = perf_counter()
            list(pool.map(ours, work))
            return perf_counter() - began

    turns = [(taken(1), taken(2)) for _ in range(rounds)]
    return min(one for one, _ in turns) / min(two for _, two in turns)


def main() -> int:
    """Print the table and, last, the JSON document; 0 when every reach is met."""
    parser = argparse.ArgumentParser(prog="benchmarks.pipeline", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="take its JPEGs instead")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    if asked.folder:
        paths = sorted(p for p in asked.folder.iterdir() if p.suffix.lower() in (".jpg", ".jpeg"))
        photos = [path.read_bytes() for path in paths]
    else:
        photos = [photo(seed) for seed in range(4)]
    if not photos:
        parser.error("the folder holds no JPEG")

    taken = measure(photos, asked.rounds)
    print(f"{len(photos)} photos, {asked.rounds} rounds, one worker; the middle of all turns:")
    for name, values in taken.items():
        print(f"  {name:<6} {statistics.median(values) * 1000:6.1f} ms a photo")

    def ratio(above: str, below: str) -> float:
        pairs = zip(taken[above], taken[below], strict=True)
        return round(statistics.median(a / b for a, b in pairs), 2)

    figures = {
        "plain_over_ours": ratio("plain", "ours"),
        "vips_over_ours": ratio("vips", "ours"),
        "ours_over_floor": ratio("ours", "floor"),
        "two_workers_over_one": round(two_workers(photos, asked.rounds), 2),
        "peak_megabytes_over_idle": peak_over_idle(photos),
        "photos": len(photos),
        "rounds": asked.rounds,
    }
    return report("pipeline", figures, REACH)


if __name__ == "__main__":
    raise SystemExit(main())
