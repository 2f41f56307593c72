"""What pictures lie on the two handsets of the invented drug line?

Drawn, not photographed. Three of the first handset lie on the second as well, smaller
and squeezed again as a chat app sends them; one shows a number plate and a list.
"""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

from fourfold.region.bulk.handset_words import PLATE, POSTCODE

FIRST, SECOND = "phone-a", "phone-b"
SIZE = (1_200, 900)
BEGINS = datetime(2023, 5, 12, 18, 20, 5)  # noqa: DTZ001 (a camera's clock has no zone)
CAMERA, OTHER = ("Lumo", "L9"), ("Petra", "P30")
AT = ((52.6361, -1.1398), (52.6418, -1.1290), (53.0702, -0.8065))
WRITTEN = (PLATE, "TICK LIST", "KEZ 40", "TALL GUY 120", "CALL 07700 900123", POSTCODE)
SHARED = (0, 2, 4)
"""Which of the first handset's pictures were sent on to the second."""


def draw_pictures(folder: Path, seed: int) -> list[Path]:
    """Draw twelve pictures in two folders; those of the first handset are returned."""
    first, second = folder / FIRST, folder / SECOND
    for one in (first, second):
        one.mkdir(parents=True, exist_ok=True)
    drawn = []
    for number in range(6):
        picture = scene(seed + number)
        if number == 4:
            picture = with_words(picture, WRITTEN)
        path = first / f"IMG_{number + 1:04}.jpg"
        path.write_bytes(_jpeg(picture, 90, _exif(number, CAMERA)))
        drawn.append(path)
        if number in SHARED:
            small = picture.resize((800, 600), Image.Resampling.LANCZOS)
            name = f"IMG-20230513-WA{number + 1:04}.jpg"
            (second / name).write_bytes(_jpeg(small, 55, None))
    for number in range(3):
        picture = scene(seed + 100 + number)
        data = _jpeg(picture, 90, _exif(number + 8, OTHER))
        (second / f"IMG_{number + 1:04}.jpg").write_bytes(data)
    return drawn


def scene(seed: int) -> Image.Image:
    """A street of blocks and lights under a sky: much to tell it by, nobody in it."""
    chance = np.random.default_rng(seed)
    width, height = SIZE
    tops = chance.integers(20, 200, (2, 3))
    ramp = np.linspace(0, 1, height)[:, None, None]
    sky = (tops[0] * (1 - ramp) + tops[1] * ramp).astype(np.uint8)
    picture = Image.fromarray(np.broadcast_to(sky, (height, width, 3)).copy())
    pen = ImageDraw.Draw(picture)
    for _ in range(26):
        left, top = int(chance.integers(-80, width)), int(chance.integers(0, height))
        right, low = (
            left + int(chance.integers(60, 360)),
            top + int(chance.integers(60, 420)),
        )
        colour = tuple(int(c) for c in chance.integers(0, 255, 3))
        draws = pen.ellipse if chance.random() < 0.35 else pen.rectangle
        draws((left, top, right, low), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(1.2))


def with_words(picture: Image.Image, lines: Sequence[str]) -> Image.Image:
    """The picture with a plate and a list, dark on light, as on paper and metal."""
    shown = picture.copy()
    pen = ImageDraw.Draw(shown)
    top = 90
    for number, line in enumerate(lines):
        font = ImageFont.load_default(76 if number == 0 else 46)
        box = pen.textbbox((140, top), line, font=font)
        ground = "#f4d03f" if number == 0 else "#f7f7f2"
        pen.rectangle((box[0] - 24, box[1] - 16, box[2] + 24, box[3] + 16), fill=ground)
        pen.text((140, top), line, fill="#111111", font=font)
        top = int(box[3]) + 44
    return shown


def _jpeg(picture: Image.Image, quality: int, exif: Image.Exif | None) -> bytes:
    into = io.BytesIO()
    if exif is None:
        picture.save(into, "JPEG", quality=quality)
    else:
        picture.save(into, "JPEG", quality=quality, exif=exif)
    return into.getvalue()


def _exif(number: int, camera: tuple[str, str]) -> Image.Exif:
    taken = BEGINS + timedelta(hours=number * 5, minutes=number * 7)
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = camera
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if number % 2 == 0:
        inner[ExifTags.Base.OffsetTimeOriginal] = "+01:00"
    if number % 3 != 1:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        lat, lon = AT[number % len(AT)]
        gps[1], gps[2] = "N", _degrees(lat)
        gps[3], gps[4] = "W" if lon < 0 else "E", _degrees(abs(lon))
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = int((value - whole) * 60)
    return whole, minutes, round(((value - whole) * 60 - minutes) * 60, 3)
