"""How many edited copies the duplicate finder finds, and what it takes for copies that is none.

    python -m benchmarks.accuracy [--photos FOLDER] [--most N] [--show]

Makes edits of the photos below a folder, stores signatures as an upload does, and lets the finder
compare all with all at the default threshold. Without a folder it draws rooms of its own: then only
the program is tried, not its recall.

A pair of different photos is false. Photos of the folder that are copies of each other are found
first and only one of them is used; ``--show`` names the rest, to be looked at.
"""

import argparse
import io
import random
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from PIL import Image, ImageOps

from artitec_media_desktop.domain.duplicates import DEFAULT_THRESHOLD
from artitec_media_desktop.domain.limits import LARGE
from artitec_media_desktop.processing.alike import AlikePairs, Signatures, find_alike
from artitec_media_desktop.processing.hashes import reduced
from artitec_media_desktop.processing.signature import Signature

from .edits import CENTRED, OFF_CENTRE
from .pipeline import photo
from .report import report

REACH = {
    "centred_percent": (">=", 99.0),
    "off_centre_percent": (">=", 90.0),
    "false_in_a_million_pairs": ("<=", 1.0),
}
EDITS: Final = CENTRED | OFF_CENTRE
_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp")
_DRAWN: Final = 60
#: Grey levels: with a watermark on it, one blank picture is as good as another.
_BLANK: Final = 3.0
Edit = Callable[[Image.Image, random.Random], Image.Image]


def photos(folder: Path | None, most: int) -> Iterator[tuple[str, Image.Image]]:
    """Names and upright pictures; what can't be decoded, or is blank, is left out."""
    if folder is None:
        for seed in range(min(most, _DRAWN)):
            yield f"drawn {seed}", Image.open(io.BytesIO(photo(seed, 800, 600)))
        return
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES)
    for path in paths[:most]:
        try:
            with Image.open(path) as image:
                upright = ImageOps.exif_transpose(image).convert("RGB")
        except (OSError, ValueError, SyntaxError):
            print(f"left out, since it can't be decoded: {path}")
            continue
        upright.thumbnail((LARGE.side, LARGE.side))
        if np.asarray(upright.convert("L")).std() < _BLANK:
            print(f"left out, since it is blank: {path}")
            continue
        yield str(path.relative_to(folder)), upright


def stored(image: Image.Image) -> bytes:
    """The signature of a copy as it would be uploaded: a JPEG."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=85)
    return Signature.of(reduced(Image.open(out).convert("L"))).to_bytes()


class Copies:
    """Photos and their edits; the media of photo ``n`` are ``n * span`` and those that follow."""

    span = len(EDITS) + 1

    def __init__(self) -> None:
        self.names: list[str] = []
        self.signatures: list[bytes] = []
        self.milliseconds: list[float] = []

    def add(self, name: str, image: Image.Image) -> None:
        """A photo and all its edits."""
        chance = random.Random(name)  # noqa: S311
        image.load()
        grey = image.convert("L")
        began = perf_counter()
        signature = Signature.of(reduced(grey)).to_bytes()
        self.milliseconds.append((perf_counter() - began) * 1000)
        self.names.append(name)
        self.signatures.append(signature)
        self.signatures += [stored(edit(image, chance)) for edit in EDITS.values()]

    def without(self, left_out: set[int]) -> list[tuple[int, bytes]]:
        """Media and their signatures, without those of some photos."""
        return [
            (number, data)
            for number, data in enumerate(self.signatures)
            if number // self.span not in left_out
        ]


def near(media: Sequence[tuple[int, bytes]]) -> list[tuple[int, int]]:
    """Pairs that the finder takes for alike, at the default threshold."""
    signatures = Signatures.of(media)
    found: AlikePairs = find_alike(signatures, DEFAULT_THRESHOLD)
    ids = signatures.ids
    return list(zip(ids[found.first].tolist(), ids[found.second].tolist(), strict=True))


def copies_in(copies: Copies) -> set[int]:
    """Photos that are copies of an earlier one of the folder: by pixels, not by the finder.

    They correlate as two compressions of the same picture do.
    """
    greys = []
    for data in copies.signatures[:: copies.span]:
        signature = Signature.from_bytes(data)
        if signature is not None:
            grey = signature.frames[0].grey.astype(np.float64).ravel()
            greys.append((grey - grey.mean()) / (np.linalg.norm(grey - grey.mean()) or 1))
    alike = np.array(greys) @ np.array(greys).T
    return {b for a, b in combinations(range(len(greys)), 2) if alike[a, b] > _SAME}


#: The correlation of 32 × 32 pixels of the same photo at two qualities is above that.
_SAME: Final = 0.98


def main() -> int:
    """Print recall a kind and what is false; 0 when every reach is met."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy", description=__doc__)
    parser.add_argument("--photos", type=Path, metavar="FOLDER")
    parser.add_argument("--most", type=int, default=1_000, help="photos that are used")
    parser.add_argument("--show", action="store_true", help="name the photos of false pairs")
    asked = parser.parse_args()
    copies = Copies()
    for name, image in photos(asked.photos, asked.most):
        copies.add(name, image)
    if len(copies.names) < 2:
        parser.error("the folder holds no two photos")
    left_out = copies_in(copies)
    media = copies.without(left_out)
    used = len(copies.names) - len(left_out)
    span = copies.span
    began = perf_counter()
    found = near(media)
    seconds = perf_counter() - began
    own = Counter(b % span for a, b in found if a // span == b // span and a % span == 0)
    false = Counter(
        tuple(sorted((a // span, b // span))) for a, b in found if a // span != b // span
    )
    compared = len(media) * (len(media) - span) // 2
    print(
        f"{used} photos ({len(left_out)} of the folder are copies of others), {len(EDITS)} edits "
        f"each; {len(media)} media compared with each other in {seconds:.1f} s"
    )
    recall = {name: 100 * own[n] / used for n, name in enumerate(EDITS, 1)}
    for name, value in recall.items():
        print(f"  {name:<28} {value:6.1f} %")
    if asked.show:
        for (a, b), count in false.most_common():
            print(f"  {count:>5} edits of {copies.names[a]} and of {copies.names[b]}")
    figures = {
        "centred_percent": round(statistics.mean(recall[n] for n in CENTRED), 2),
        "worst_centred_percent": round(min(recall[n] for n in CENTRED), 2),
        "off_centre_percent": round(statistics.mean(recall[n] for n in OFF_CENTRE), 2),
        "false_in_a_million_pairs": round(sum(false.values()) / compared * 1e6, 2),
        "false_pairs": sum(false.values()),
        "pairs_of_photos_in_them": len(false),
        "pairs_compared": compared,
        "photos": used,
        "milliseconds_a_photo": round(statistics.median(copies.milliseconds), 2),
        "bytes_a_signature": len(copies.signatures[0]),
    }
    return report("accuracy", figures, REACH)


if __name__ == "__main__":
    raise SystemExit(main())
