"""From any way of storing pixels to 8-bit sRGB or grey, on white."""

import io
import math
from typing import Final, cast

from PIL import Image, ImageCms

#: Modes whose pixels may be averaged as they are.
_CONTINUOUS: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB"})
#: What Pillow makes of the odder modes; all others become RGB.
_EXPANDED: Final = {"1": "L", "La": "LA", "PA": "RGBA", "RGBa": "RGBA"}
#: The colour spaces of an ICC profile, as the profile spells them, for the modes they fit.
_SPACES: Final = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY"}
#: The primaries of sRGB as XYZ under D50: IEC 61966-2-1 with the adaptation of ICC.1.
_PRIMARIES: Final = ((0.436, 0.222, 0.014), (0.385, 0.717, 0.097), (0.143, 0.061, 0.714))

_Profile = ImageCms.ImageCmsProfile | ImageCms.core.CmsProfile


def expanded(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be resized: 8 bits a channel, without palette or key colour.

    Raises ValueError for a picture of numbers that are no brightness (NaN, infinity).
    """
    if image.mode.startswith("I;16"):
        return _scaled(image, 0, _white_of(image))
    if image.mode in ("I", "F"):
        return _stretched(image)
    if "transparency" in image.info and image.mode in ("1", "L", "P", "RGB"):
        return image.convert("RGBA")
    if image.mode in _CONTINUOUS:
        return image
    return image.convert(_EXPANDED.get(image.mode, "RGB"))


def flattened(image: Image.Image) -> Image.Image:
    """Without alpha: laid on white."""
    if image.mode not in ("LA", "RGBA"):
        return image
    opaque = image.convert(image.mode[:-1])
    white = Image.new(opaque.mode, image.size, "white")
    white.paste(opaque, mask=image.getchannel("A"))
    return white


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB (or L, for grey without a profile) from L, RGB, YCbCr, CMYK or LAB.

    A profile that is broken, or that is for other colours than the picture has, is ignored.
    """
    if image.mode == "LAB":
        return _converted(image, ImageCms.createProfile("LAB"))
    if image.mode == "YCbCr":
        image = image.convert("RGB")
    described = _described(profile)
    if described is not None and _space(described) == _SPACES.get(image.mode):
        try:
            return image if _is_srgb(described) else _converted(image, described)
        except ImageCms.PyCMSError:
            pass
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def leaves_srgb(profile: bytes | None) -> bool:
    """True where there is nothing to convert: no usable profile, or that of sRGB itself."""
    described = _described(profile)
    return described is None or _is_srgb(described)


def _described(profile: bytes | None) -> ImageCms.ImageCmsProfile | None:
    if not profile:
        return None
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None


def _space(described: ImageCms.ImageCmsProfile) -> str:
    return described.profile.xcolor_space.strip()


def _is_srgb(described: ImageCms.ImageCmsProfile) -> bool:
    """By name and by primaries; converting from sRGB to sRGB takes as long as decoding."""
    profile = described.profile
    primaries = (profile.red_colorant, profile.green_colorant, profile.blue_colorant)
    return "sRGB" in (profile.profile_description or "") and all(
        found is not None and all(abs(a - b) < 0.01 for a, b in zip(found[0], srgb, strict=True))
        for found, srgb in zip(primaries, _PRIMARIES, strict=True)
    )


def _converted(image: Image.Image, profile: _Profile) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    result = ImageCms.profileToProfile(image, profile, srgb, outputMode="RGB")
    if result is None:
        raise ValueError("no conversion")
    return result


def _white_of(image: Image.Image) -> int:
    """The number that means white: 16 bits, unless a TIFF says that it uses fewer."""
    bits = getattr(image, "tag_v2", {}).get(258, (16,))[0]
    return (1 << bits) - 1 if 8 <= bits <= 16 else 0xFFFF


def _stretched(image: Image.Image) -> Image.Image:
    """Numbers without a known white: the range that fits them, else darkest to brightest."""
    low, high = cast("tuple[float, float]", image.getextrema())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("not a picture")
    if low >= 0:
        for white in (1, 255, 65535) if image.mode == "F" else (255, 65535):
            if high <= white:
                return _scaled(image, 0, white)
    return _scaled(image, low, high)


def _scaled(image: Image.Image, black: float, white: float) -> Image.Image:
    """8-bit grey from numbers between ``black`` and ``white``."""
    factor = 255 / (white - black) if white > black else 0
    numbers = image if image.mode in ("I", "I;16", "F") else image.convert("I")
    return numbers.point(lambda v: v * factor + (0.5 - black * factor)).convert("L")
