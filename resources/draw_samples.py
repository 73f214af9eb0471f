"""Draw our own sample photos: `python resources/draw_samples.py` writes resources/samples/*.jpg.

They look like rooms and houses, carry what a camera writes (EXIF, a place to be stripped, once
the place in XMP too, once an orientation), and come out the same bytes on every run.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from drawing.bedrooms import bathroom, bedroom, window_wall
from drawing.gardens import entry_door, pool_evening, trail_park
from drawing.houses import front_elevation, garden_front
from drawing.rooms import dining, great_room, kitchen
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

QUALITY = 85
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
#: name, painter, when, exposure (1/s), ISO, focal length in mm
PHOTOS: tuple[tuple[str, Callable[[], Image.Image], str, int, int, int], ...] = (
    ("front-elevation", front_elevation, "2025:10:12 18:04:31", 15, 400, 24),
    ("garden-front", garden_front, "2025:10:13 09:22:08", 250, 100, 28),
    ("entry-door", entry_door, "2025:10:13 09:31:45", 160, 100, 35),
    ("great-room", great_room, "2025:10:12 15:12:02", 60, 200, 18),
    ("kitchen-island", kitchen, "2025:10:12 15:20:50", 60, 200, 20),
    ("dining-room", dining, "2025:10:12 15:26:17", 80, 200, 20),
    ("primary-bedroom", bedroom, "2025:10:12 15:41:33", 60, 320, 18),
    ("primary-bath", bathroom, "2025:10:12 15:48:09", 50, 320, 17),
    ("window-wall-dusk", window_wall, "2025:10:12 18:21:57", 10, 800, 18),
    ("pool-evening", pool_evening, "2025:10:12 18:30:12", 8, 640, 22),
    ("trailhead-park", trail_park, "2025:10:14 17:05:40", 320, 100, 35),
)
#: Stored lying on its side, with the orientation that stands it up again.
TURNED = "entry-door"
WITH_XMP = "pool-evening"
XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmp:CreatorTool="draw_samples.py" exif:GPSLatitude="33,29.652N"
 exif:GPSLongitude="111,55.530W" exif:GPSAltitude="384/1"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def camera_data(when: str, speed: int, iso: int, focal: int, orientation: int) -> Image.Exif:
    """What a camera would have written, the place included."""
    exif = Image.Exif()
    exif[0x010F] = "Artitec"
    exif[0x0110] = "Sample One"
    exif[0x0112] = orientation
    exif[0x0131] = "draw_samples.py"
    exif[0x0132] = when
    exif[0x013B] = "Artitec"
    exif[0x8298] = "Artitec. Drawn, not photographed."
    exif.get_ifd(EXIF_IFD).update(
        {
            0x829A: IFDRational(1, speed),
            0x829D: IFDRational(8, 1),
            0x8827: iso,
            0x9003: when,
            0x9004: when,
            0x9209: 16,
            0x920A: IFDRational(focal, 1),
            0xA434: "Artitec 17-35 mm F4",
        }
    )
    exif.get_ifd(GPS_IFD).update(
        {
            0: b"\x02\x03\x00\x00",
            1: "N",
            2: (IFDRational(33), IFDRational(29), IFDRational(3912, 100)),
            3: "W",
            4: (IFDRational(111), IFDRational(55), IFDRational(3180, 100)),
            6: IFDRational(384),
        }
    )
    return exif


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, painter, when, speed, iso, focal in PHOTOS:
        picture = painter()
        turned = name == TURNED
        if turned:
            picture = picture.transpose(Image.Transpose.ROTATE_90)
        exif = camera_data(when, speed, iso, focal, 6 if turned else 1)
        more = {"xmp": XMP} if name == WITH_XMP else {}
        path = folder / f"{name}.jpg"
        picture.save(path, "JPEG", quality=QUALITY, optimize=True, exif=exif.tobytes(), **more)
        print(f"{path.name}: {picture.width}×{picture.height}, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "samples")
