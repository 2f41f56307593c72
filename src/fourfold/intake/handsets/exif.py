"""When, where and with which camera was a picture taken, as it says itself?"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from PIL import ExifTags, Image

WRITTEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
FIRST_YEAR, LAST_YEAR = 1980, 2100
TURNED = (5, 6, 7, 8)
MAKE, MODEL, ORIENTATION, CHANGED = 271, 272, 274, 306
ORIGINAL, OFFSET_ORIGINAL, OFFSET_TIME = 36867, 36881, 36880
LAT_REF, LAT, LON_REF, LON, GPS_TIME, GPS_DAY = 1, 2, 3, 4, 7, 29
BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a malformed block raises, by trial."""


@dataclass(frozen=True)
class Exif:
    """What a picture says of itself; `None` and "" where it says nothing.

    `turned` tells that a viewer shows it on its side.
    """

    taken_local: datetime | None = None
    taken_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    make: str = ""
    model: str = ""
    turned: bool = False

    def values(self) -> dict[str, Any]:
        """The columns of an image that it fills."""
        names = ("taken_local", "taken_at", "lat", "lon", "make", "model")
        return {name: getattr(self, name) for name in names}


def exif_of(image: Image.Image) -> Exif:
    """What does an opened picture say of itself? A malformed block says nothing.

    Source:
        EXIF 2.32 (CIPA DC-008-2019): DateTimeOriginal, OffsetTimeOriginal, GPS block.
    """
    try:
        block = image.getexif()
        inner = dict(block.get_ifd(ExifTags.IFD.Exif))
        gps = dict(block.get_ifd(ExifTags.IFD.GPSInfo))
        outer = dict(block)
    except BROKEN:
        return Exif()
    local = _time(inner.get(ORIGINAL) or outer.get(CHANGED))
    offset = _offset(inner.get(OFFSET_ORIGINAL) or inner.get(OFFSET_TIME))
    where = _position(gps)
    at = _gps_time(gps)
    if local is not None and offset is not None:
        at = local.replace(tzinfo=offset).astimezone(UTC)
    return Exif(
        taken_local=local,
        taken_at=at,
        lat=where[0] if where else None,
        lon=where[1] if where else None,
        make=_text(outer.get(MAKE)),
        model=_text(outer.get(MODEL)),
        turned=outer.get(ORIENTATION) in TURNED,
    )


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text if c.isprintable()).strip()[:100]


def _time(value: Any) -> datetime | None:
    found = WRITTEN.match(_text(value))
    if not found:
        return None
    try:
        taken = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    return taken if FIRST_YEAR <= taken.year <= LAST_YEAR else None


def _offset(value: Any) -> timezone | None:
    found = OFFSET.match(_text(value))
    if not found or int(found[2]) > 14 or int(found[3]) > 59:
        return None
    span = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-span if found[1] == "-" else span)


def _position(gps: dict[int, Any]) -> tuple[float, float] | None:
    try:
        lat = _degrees(gps[LAT]) * (-1 if _text(gps.get(LAT_REF)) == "S" else 1)
        lon = _degrees(gps[LON]) * (-1 if _text(gps.get(LON_REF)) == "W" else 1)
    except BROKEN:
        return None
    real = abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon)
    return (lat, lon) if real else None


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return round(degrees + minutes / 60 + seconds / 3600, 7)


def _gps_time(gps: dict[int, Any]) -> datetime | None:
    day = re.fullmatch(r"(\d{4}):(\d\d):(\d\d)", _text(gps.get(GPS_DAY)))
    if day is None:
        return None
    try:
        hour, minute, second = (float(part) for part in gps[GPS_TIME])
        at = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        at += timedelta(hours=hour, minutes=minute, seconds=second)
    except BROKEN:
        return None
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else None
