"""Are pictures read by their bytes, and broken ones kept back one by one?"""

import hashlib
import struct
import zlib
from pathlib import Path

import numpy as np
import pdqhash
import pytest
from PIL import ExifTags, Image

from fourfold.intake.handsets.images import fingerprint
from fourfold.region.bulk.handset_pictures import scene
from tests.fourfold.intake.handsets.made_material import (
    adds_up,
    encoded,
    jpeg,
    read,
    rows,
)

PICTURES = Path(__file__).parents[3] / "data" / "pictures"


def folder_of(folder, **pictures):
    path = folder / "phone"
    path.mkdir(exist_ok=True)
    for name, data in pictures.items():
        (path / f"{name}.jpg").write_bytes(data)
    return path


def exif(**more):
    block = Image.Exif()
    block[ExifTags.Base.Make], block[ExifTags.Base.Model] = "Lumo", "Lumo L9"
    inner = block.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = more.get("time", "2023:05:12 18:20:05")
    if "offset" in more:
        inner[ExifTags.Base.OffsetTimeOriginal] = more["offset"]
    if "gps" in more:
        gps = block.get_ifd(ExifTags.IFD.GPSInfo)
        gps[1], gps[2], gps[3], gps[4] = more["gps"]
    return block


def seen(tmp_path, data):
    (found,) = rows(read(folder_of(tmp_path, a=data), kind="images"), "images")
    return found


def test_a_picture_gives_digest_hash_size_time_place_and_camera(tmp_path):
    data = jpeg(
        exif=exif(offset="+01:00", gps=("N", (52, 38, 9.96), "W", (1, 8, 23.28)))
    )
    found = seen(tmp_path, data)
    assert found["sha256"] == hashlib.sha256(data).hexdigest()
    assert found["md5"] == hashlib.md5(data).hexdigest()
    assert (len(found["pdq"]), found["quality"]) == (64, 100)
    assert (found["width"], found["height"]) == (400, 300)
    assert found["taken_local"].isoformat() == "2023-05-12T18:20:05"
    assert found["taken_at"].isoformat() == "2023-05-12T17:20:05+00:00"
    assert (found["lat"], found["lon"]) == (
        pytest.approx(52.6361),
        pytest.approx(-1.1398),
    )
    assert (found["make"], found["model"]) == ("Lumo", "Lumo L9")
    assert (found["device"], found["path"]) == ("phone", "a.jpg")


def test_without_an_offset_the_instant_is_not_guessed(tmp_path):
    found = seen(tmp_path, jpeg(exif=exif()))
    assert found["taken_local"] is not None
    assert found["taken_at"] is None


def test_our_hash_is_near_that_of_the_authors_on_the_whole_picture():
    picture = scene(5).resize((2_400, 1_800))
    whole, _ = pdqhash.compute(np.asarray(picture))
    small = picture.copy()
    small.thumbnail((1_024, 1_024))
    ours, _ = fingerprint(np.asarray(small))
    theirs = np.packbits(whole.astype(np.uint8)).tobytes().hex()
    assert (int(ours, 16) ^ int(theirs, 16)).bit_count() <= 10


def test_a_picture_on_its_side_hashes_as_it_is_shown(tmp_path):
    block = exif()
    block[ExifTags.Base.Orientation] = 6
    picture = scene(3).resize((400, 300))
    turned = encoded(picture.rotate(90, expand=True), "JPEG", exif=block, quality=95)
    first, second = seen(tmp_path, turned), seen(tmp_path, encoded(picture, "JPEG"))
    assert (first["width"], first["height"]) == (400, 300)
    assert (int(first["pdq"], 16) ^ int(second["pdq"], 16)).bit_count() <= 10


def huge_png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1_000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "broken",
    [
        jpeg()[:4_000],
        b"\xff\xd8\xff\xe0" + bytes(500),
        huge_png(50_000, 50_000),
        huge_png(13_100, 13_000),
        b"GIF89a" + b"\xff" * 40,
        b"RIFF\xff\xff\xff\xffWEBP" + bytes(50),
        b"BM" + b"\xff" * 100,
        b"II*\0" + b"\xff" * 100,
    ],
)
def test_a_broken_or_huge_picture_is_one_item_kept_back(tmp_path, broken):
    reading = read(folder_of(tmp_path, good=jpeg(), odd=broken), kind="images")
    assert (reading.loaded, reading.quarantined) == (1, 1)
    assert reading.faults[0].fault.value.endswith("odd.jpg")
    assert adds_up(reading)


def malformed(data):
    at = data.index(b"Exif\0\0") + 14
    return data[:at] + b"\xff" * 40 + data[at + 40 :]


@pytest.mark.parametrize(
    "data",
    [
        malformed(jpeg(exif=exif())),
        jpeg(exif=exif(time="2023:99:99 99:99:99")),
        jpeg(exif=exif(offset="never")),
        jpeg(exif=exif(gps=("N", (252, 0, 0), "E", (0, 0, 0)))),
        jpeg(exif=exif(gps=("N", (0, 0, 0), "E", (0, 0, 0)))),
    ],
)
def test_malformed_facts_leave_the_picture_whole(tmp_path, data):
    found = seen(tmp_path, data)
    assert len(found["pdq"]) == 64
    assert (found["lat"], found["lon"]) == (None, None)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_every_usual_kind_of_colour_is_read(tmp_path, mode):
    picture = scene(1).resize((200, 150))
    if mode == "I;16":
        made = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 256)
    else:
        made = picture.convert(mode)
    found = seen(tmp_path, encoded(made, "TIFF" if mode == "CMYK" else "PNG"))
    assert len(found["pdq"]) == 64


def test_a_plain_picture_has_no_quality(tmp_path):
    found = seen(tmp_path, encoded(Image.new("RGB", (300, 300), "white"), "PNG"))
    assert found["quality"] < 50


def test_a_picture_of_a_newer_phone_is_the_same_picture(tmp_path):
    newer = seen(tmp_path, (PICTURES / "shapes.heic").read_bytes())
    plain = fingerprint(np.asarray(Image.open(PICTURES / "shapes.png").convert("RGB")))
    apart = (int(newer["pdq"], 16) ^ int(plain[0], 16)).bit_count()
    assert apart < 16
    assert (newer["width"], newer["height"]) == (320, 240)
    assert (newer["make"], newer["model"]) == ("Apple", "iPhone 12")
    assert newer["taken_at"].isoformat() == "2022-05-14T17:03:22+00:00"
    assert (newer["lat"], newer["lon"]) == (52.954, -1.15)


def test_an_avif_is_read(tmp_path):
    data = encoded(scene(1).resize((200, 150)), "AVIF")
    assert len(seen(tmp_path, data)["pdq"]) == 64


@pytest.mark.parametrize("kept", [16, 300, 2000, 6000])
def test_a_newer_picture_cut_short_is_kept_back(tmp_path, kept):
    data = (PICTURES / "shapes.heic").read_bytes()[:kept]
    reading = read(folder_of(tmp_path, a=data), kind="images")
    assert (reading.loaded, reading.quarantined) == (0, 1)


@pytest.mark.slow
def test_the_words_of_a_picture_are_read_and_can_be_searched_as_a_message(tmp_path):
    from fourfold.region.bulk.handset_pictures import with_words

    data = encoded(with_words(scene(4), ("ZK99 PLX",)), "JPEG")
    path = folder_of(tmp_path, a=data, b=data)
    reading = read(path, layout="words")
    assert [r["words"] for r in rows(reading, "images")] == ["ZK99 PLX", "ZK99 PLX"]
    assert [r["body"] for r in rows(reading)] == ["ZK99 PLX", "ZK99 PLX"]
    none = read(path)
    assert [r["words"] for r in rows(none, "images")] == ["", ""]
    assert any("from 0 of 2" in note for note in none.notes)
