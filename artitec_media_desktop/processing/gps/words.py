"""Which names and which free texts tell where a picture was taken."""

import re
from functools import lru_cache
from typing import Final

# Any property whose name holds one of these is about a place, whatever its prefix or vendor:
# exif:GPSLatitude, drone-dji:GpsLongtitude (sic), Iptc4xmpExt:LocationShown,
# com.apple.quicktime.location.ISO6709, dwc:decimalLatitude.
_PART: Final = re.compile(
    r"gps|latitude|longt?itude|altitude|geotag|geoloc|geohash|location|directionfacing|directionmotion"
)
# The same letters, another meaning: film speed, and places within the picture.
_OTHER: Final = re.compile(
    r"isospeedlatitude|exposurelatitude|subjectlocation|focuslocation|allocation"
)
_WHOLE: Final = frozenset(
    {
        *("lat", "lon", "lng", "long", "latlon", "latlong", "latlng"),
        *("city", "county", "locality", "municipality", "landmark", "state", "provincestate"),
        *("country", "countrycode", "countryname", "worldregion"),
    }
)

_DEGREES = r"[-+]?\d{1,3}(?:\.\d{2,}|\s?(?:\xb0|\xc2\xb0|deg\b|d\b))"
_GAP = r"[\s\"':=,>(\[]{1,8}"
# What any of these starts with comes first: most letters are passed over by that alone.
_POSITION: Final = re.compile(
    r"(?=[-+$\dGLNS])(?:"
    + "|".join(
        (
            # ISO 6709: +48.8577+002.295/
            r"[+-]\d{2,6}\.\d{2,}[+-]\d{3,7}\.\d+",
            # latitude: 48.85, "lon" = 2°, GPSLatitude>48.85; a room may be "long, 4.20 wide"
            rf"\b(?:(?:geo|lat|lon|lng|latitude|longitude)\b|long\s?[:=]){_GAP}{_DEGREES}",
            rf"\bgps\s?\w*\b{_GAP}{_DEGREES}",
            # 48.8577, 2.2950: only with a whole degree, as 0.12, 0.34 is a place in the picture
            r"(?<![\d.])[-+]?[1-9]\d{0,2}\.\d{4,}\s?[,;]\s?[-+]?\d{1,3}\.\d{4,}",
            r"(?<![\d.])[-+]?\d{1,2}\.\d{4,}\s?[,;]\s?[-+]?[1-9]\d{0,2}\.\d{4,}",
            # 48.858N 2.295E, N48.858 E2.295
            r"\d\.\d{2,}\s?[NS]\b\W{0,3}\d{1,3}\.\d{2,}\s?[EW]\b",
            r"\b[NS]\s?\d{1,2}\.\d{2,}\W{1,3}[EW]\s?\d{1,3}\.\d{2,}",
            # 48°51'29"N
            r"\d\s?(?:\xb0|\xc2\xb0|deg)\s?\d{1,2}(?:\.\d+)?\s?['\xe2][^\n]{0,16}?[NSEW]\b",
            # NMEA sentences of a receiver
            r"\$G[PNLA](?:RMC|GGA|GLL),",
        )
    )
    + ")",
    re.IGNORECASE,
)
# Names of fields: of GoPro's telemetry with the type after it, of Pentax, of EXIF in any dress
_BINARY: Final = re.compile(
    rb"GPS[59AFPU][\0bBcdDfFGjJlLqQsSU]|GPS_[\x02\x03]|freeGPS"
    rb"|GPS(?:Lat|Long|Alt|Pos|Info|Date|Time|Coord)"
    rb"|(?:[Ll]at|[Ll]ong|LAT|LONG)(?:itude|ITUDE)[\"'\s]{0,4}[:=>\0]"
)
# Whatever matches above has one of these: a quick look that spares most texts the long one.
_NUMERIC: Final = re.compile(rb"\d\.\d\d|\xb0|\d\s?d|\$G")
_TEXT_LIMIT: Final = 1 << 18


@lru_cache(maxsize=4096)
def is_location(name: str) -> bool:
    """True if a property of this name (with or without a prefix) says where something is."""
    word = re.sub(r"[^a-z0-9]", "", name.rpartition(":")[2].lower())
    if word in _WHOLE:
        return True
    return _PART.search(word) is not None and _OTHER.search(word) is None


def tells_position(text: bytes) -> bool:
    """True if free text (any ASCII-like encoding, NULs ignored) spells coordinates."""
    plain = text[:_TEXT_LIMIT].replace(b"\0", b"")
    if _NUMERIC.search(plain) is None:
        return False
    return _POSITION.search(plain.decode("latin-1")) is not None


def mentions_position(data: bytes) -> bool:
    """True if binary data of an unknown format holds the name of a position's field."""
    return _BINARY.search(data) is not None
