"""The bytes of one picture are found by its digest, wherever it lies."""

import hashlib

import pytest

from fourfold.intake.errors import UnsafeFile
from fourfold.intake.handsets.one_picture import picture_bytes
from fourfold.region.bulk.handsets import write_handsets
from tests.fourfold.intake.handsets.made_material import jpeg, read, rows, zip_of


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def handset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handset")
    write_handsets(folder)
    return folder / "galaxy-holder.ufdr"


def test_every_picture_of_a_report_is_found_by_its_name_or_without(handset):
    found = rows(read(handset, kind="images"), "images")
    assert found
    for row in found:
        for name in (row["path"], ""):
            data = picture_bytes(handset, row["sha256"], name)
            assert digest(data) == row["sha256"]


def test_a_picture_in_a_zip_in_a_zip_is_found(tmp_path):
    data = jpeg(3)
    inner = zip_of(tmp_path / "inner.zip", {"a.jpg": jpeg(1), "b.jpg": data})
    outer = zip_of(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()})
    assert picture_bytes(outer, digest(data)) == data


def test_a_picture_given_by_itself_or_in_a_folder_is_found(tmp_path):
    data = jpeg(3)
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "a.jpg").write_bytes(data)
    assert picture_bytes(tmp_path / "phone", digest(data), "a.jpg") == data
    assert picture_bytes(tmp_path / "phone" / "a.jpg", digest(data)) == data


def test_the_same_name_with_other_bytes_is_not_it(tmp_path):
    given = zip_of(tmp_path / "a.zip", {"x/a.jpg": jpeg(1), "y/a.jpg": jpeg(2)})
    assert picture_bytes(given, digest(jpeg(2)), "a.jpg") == jpeg(2)
    assert picture_bytes(given, digest(jpeg(3)), "a.jpg") is None


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path):
    bomb = zip_of(tmp_path / "bomb.zip", {"a.jpg": bytes(300_000_000)})
    with pytest.raises(UnsafeFile):
        picture_bytes(bomb, digest(b""), "a.jpg")
