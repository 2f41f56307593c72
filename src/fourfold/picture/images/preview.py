"""How is a picture shown so that a reviewer need not see it?

A strong blur by default, for the welfare of those who look through many. To see the
picture itself is an act of its own, for the site to ask for and to log.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps

from fourfold.base.errors import FourfoldError
from fourfold.intake.handsets.images import BROKEN, FORMATS
from fourfold.intake.handsets.limits import fits

SIDE, CLEAR_SIDE = 320, 1600
COARSE = 24
"""Dots along the longer side that are left; a face or a word does not survive it."""
SOFTEN = 9.0


class NotAPicture(FourfoldError):
    """A file from which no preview can be made."""

    what = "No preview can be made of {file}: {fault}."
    do = "Bring the picture in again, or look at it in the tool that it came from."
    status = 422


def blurred_preview(source: Path | bytes, name: str = "") -> bytes:
    """A small JPEG in which colours and shapes show and details do not.

    Args:
        source: the file of a picture, or its bytes.
        name: what to call it in an error; left out, the file's name.

    Returns:
        A JPEG of at most 320 pixels a side, without anything that the file says of
        itself. The same picture gives the same bytes.

    Raises:
        NotAPicture: it cannot be opened, or is larger than we open.
    """
    with _opened(source, name) as image:
        image.draft("RGB", (SIDE, SIDE))
        return _jpeg(_coarse(ImageOps.exif_transpose(image).convert("RGB")))


def clear_preview(source: Path | bytes, name: str = "") -> bytes:
    """A JPEG of the picture as it is, of at most 1,600 pixels a side.

    Made anew: what the file says of itself, such as where it was taken, is left out.

    Args:
        source: the file of a picture, or its bytes.
        name: what to call it in an error; left out, the file's name.

    Raises:
        NotAPicture: it cannot be opened, or is larger than we open.
    """
    with _opened(source, name) as image:
        image.draft("RGB", (CLEAR_SIDE, CLEAR_SIDE))
        shown = ImageOps.exif_transpose(image).convert("RGB")
        shown.thumbnail((CLEAR_SIDE, CLEAR_SIDE))
        return _jpeg(shown)


@contextmanager
def _opened(source: Path | bytes, name: str) -> Iterator[Image.Image]:
    called = name or (source.name if isinstance(source, Path) else "the picture")
    opened = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(opened, formats=FORMATS) as image:
                if not fits("picture_pixels", image.width * image.height):
                    raise NotAPicture(file=called, fault="it is too large")
                yield image
    except Image.DecompressionBombError as error:
        raise NotAPicture(file=called, fault="it is too large") from error
    except BROKEN as error:
        raise NotAPicture(file=called, fault="it cannot be opened") from error


def _jpeg(shown: Image.Image) -> bytes:
    into = io.BytesIO()
    shown.save(into, "JPEG", quality=70)
    return into.getvalue()


def _coarse(shown: Image.Image) -> Image.Image:
    longest = max(shown.size)
    size = tuple(max(1, round(side * SIDE / longest)) for side in shown.size)
    few = tuple(max(1, round(side * COARSE / longest)) for side in shown.size)
    coarse = shown.resize((few[0], few[1]), Image.Resampling.BOX)
    large = coarse.resize((size[0], size[1]), Image.Resampling.BILINEAR)
    return large.filter(ImageFilter.GaussianBlur(SOFTEN))
