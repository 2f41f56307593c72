"""Does a preview show that there is a picture, and not what is on it?"""

import io

import numpy as np
import pytest
from PIL import ExifTags, Image

from fourfold.picture.images.preview import (
    NotAPicture,
    blurred_preview,
    clear_preview,
)
from fourfold.region.bulk.handset_pictures import scene, with_words
from tests.fourfold.intake.handsets.made_material import encoded


def shown(data):
    return Image.open(io.BytesIO(data))


def test_a_preview_is_small_plain_and_the_same_each_time(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(scene(1), "JPEG"))
    first = blurred_preview(path)
    assert first == blurred_preview(path) == blurred_preview(path.read_bytes())
    assert shown(first).size == (320, 240)
    assert not shown(first).getexif()


def test_words_do_not_survive_the_blur():
    plain = np.asarray(shown(blurred_preview(encoded(scene(1), "PNG"))).convert("L"))
    words = encoded(with_words(scene(1), ("SECRET WORDS",)), "PNG")
    lettered = np.asarray(shown(blurred_preview(words)).convert("L")).astype(int)
    edges = np.abs(np.diff(lettered, axis=1))
    assert edges.max() <= 12
    assert np.abs(lettered - plain).max() > 20


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff" + bytes(40), b"words"])
def test_what_is_no_picture_has_no_preview(data):
    with pytest.raises(NotAPicture):
        blurred_preview(data, "a.jpg")


def test_the_picture_itself_is_made_anew_without_what_it_says_of_itself():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Lumo"
    exif[ExifTags.Base.Orientation] = 6
    data = encoded(scene(1).resize((2400, 1800)), "JPEG", exif=exif)
    clear = shown(clear_preview(data))
    assert clear.size == (1200, 1600)
    assert not clear.getexif()
    assert clear.format == "JPEG"
