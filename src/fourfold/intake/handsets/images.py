"""What do the bytes of a picture say, without keeping the picture?"""

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pdqhash
import pi_heif
from numpy.typing import NDArray
from PIL import Image, ImageOps

from fourfold.intake.cells import Wrong
from fourfold.intake.handsets.exif import exif_of
from fourfold.intake.handsets.found import Found, Items, Sought, spoilt
from fourfold.intake.handsets.limits import fits, most
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting

LONGEST_SIDE = 512
"""Pixels to which a picture is brought before it is hashed, as in the authors' own
program."""

WORDS_SIDE = 1600
"""Pixels to which a picture is brought before its words are read (chosen)."""

MAGIC = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "HEIF")
BRANDS = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"mif1")
"""What stands behind `ftyp` in a still picture of the newer forms (ISO/IEC 23008-12).
"""
BROKEN = (
    OSError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What Pillow raises, by trial, on pictures cut short or altered."""

MEND = "Open it in a viewer; if it opens there, save it as PNG."

pi_heif.register_heif_opener(thumbnails=False)


def is_picture(head: bytes) -> bool:
    """Do bytes begin as those of a picture that we read?"""
    boxed = head[4:8] == b"ftyp" and head[8:12] in BRANDS
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return boxed or webp or head.startswith(MAGIC)


def picture_items(
    part: Part, setting: Setting, device: str, declared: str = ""
) -> Items:
    """The row of one picture, and of its place where it says one.

    Args:
        part: where its bytes lie; its name goes into `path`.
        setting: zone and reader of words.
        device: handset or folder that it lies in.
        declared: the digest that a report says it has; "" for none.
    """
    if setting.sought and declared not in ("", setting.sought):
        return
    if not fits("picture_bytes", part.size):
        fault = f"a picture of {part.size:,} bytes"
        yield spoilt(part.place, part.name, fault, MEND, "path")
        return
    with part.open() as file:
        data = file.read()
    actual = hashlib.sha256(data).hexdigest()
    if declared and declared != actual:
        fault = f"its digest is {actual}, not {declared} as the report says"
        mend = "Ask for the report again; the picture was altered or damaged."
        yield spoilt(part.place, part.name, fault, mend, "sha256")
        return
    setting = replace(setting, device=device)
    yield from picture_rows(data, part.name or part.file, part.place, setting)


def picture_rows(data: bytes, path: str, place: int, setting: Setting) -> Items:
    """The rows of a picture given as bytes: itself, its place, the words in it.

    Args:
        data: the whole file.
        path: what it is called, with the container's name where it helps.
        place: which item of its part.
        setting: device, zone and reader of words.
    """
    digest = hashlib.sha256(data).hexdigest()
    if setting.sought:
        if digest == setting.sought:
            yield Sought(data)
        return
    seen = _seen(data, digest, setting)
    if isinstance(seen, Wrong):
        yield spoilt(place, path, seen.fault, seen.mend, "path")
        return
    exif = seen.pop("exif")
    values = {
        **seen,
        "path": path,
        "device": setting.device,
        "sha256": digest,
        "md5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
        **exif.values(),
    }
    yield Found("images", place, values)
    if exif.lat is not None:
        where = {"device": setting.device, "at": exif.taken_at, "lat": exif.lat}
        yield Found("locations", place, {**where, "lon": exif.lon, "what": "picture"})
    if seen["words"]:
        yield Found("messages", place, _as_message(values))


def _as_message(picture: dict[str, Any]) -> dict[str, Any]:
    """The words of a picture as a message, so that a search finds them."""
    return {
        "item": picture["sha256"],
        "device": picture["device"],
        "platform": "picture",
        "thread": picture["path"],
        "sent_at": picture["taken_at"],
        "sent_local": picture["taken_local"],
        "body": picture["words"],
        "attachments": [picture["path"]],
        "place_in_source": picture["path"],
    }


def fingerprint(pixels: NDArray[np.uint8]) -> tuple[str, int]:
    """The PDQ hash, 64 hexadecimal digits, and its quality from 0 to 100.

    Source:
        Meta, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
        Algorithm" (2019).
    """
    bits, quality = pdqhash.compute(pixels)
    return np.packbits(bits.astype(np.uint8)).tobytes().hex(), int(quality)


def _seen(data: bytes, digest: str, setting: Setting) -> dict[str, Any] | Wrong:
    try:
        with _opened(data) as image:
            width, height = image.size
            if not fits("picture_pixels", width * height):
                return Wrong(_too_large(width, height), MEND)
            exif = exif_of(image)
            shown = _shown(image)
    except Image.DecompressionBombError:
        return Wrong(f"more than {most('picture_pixels'):,} pixels", MEND)
    except BROKEN as error:
        return Wrong(f"a damaged picture ({type(error).__name__})", MEND)
    pdq, quality = fingerprint(np.asarray(_fitted(shown, LONGEST_SIDE)))
    words = ""
    if setting.words.wanted(digest):
        large = np.asarray(_fitted(shown, WORDS_SIDE))
        words = setting.words.words_of(large, digest)
    if exif.turned:
        width, height = height, width
    return {
        "pdq": pdq,
        "quality": quality,
        "width": width,
        "height": height,
        "words": words,
        "exif": exif,
    }


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            yield image


def _shown(image: Image.Image) -> Image.Image:
    """The picture as a viewer shows it, in three colours; large ones are halved."""
    image.draft("RGB", (WORDS_SIDE, WORDS_SIDE))
    shown = ImageOps.exif_transpose(image)
    if shown.mode in ("RGBA", "LA", "P", "PA"):
        shown = shown.convert("RGBA")
        under = Image.new("RGBA", shown.size, "white")
        shown = Image.alpha_composite(under, shown)
    return shown if shown.mode == "RGB" else shown.convert("RGB")


def _fitted(image: Image.Image, side: int) -> Image.Image:
    """The picture made smaller until no side is longer than `side`; never larger."""
    share = side / max(image.size)
    if share >= 1:
        return image
    size = tuple(max(1, round(length * share)) for length in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.BILINEAR, reducing_gap=2.0)


def _too_large(width: int, height: int) -> str:
    return f"{width:,} x {height:,} pixels, more than {most('picture_pixels'):,}"
