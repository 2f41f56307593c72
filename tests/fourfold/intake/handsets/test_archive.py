"""Do zips that are built to do harm end in one clear error before they are unpacked?"""

import io
import stat
import struct
import tracemalloc
import zipfile

import pytest

from fourfold.intake.errors import PasswordProtected, Truncated, UnsafeFile
from fourfold.intake.handsets.errors import EmptyContainer
from fourfold.intake.handsets.limits import LIMITS, fits
from tests.fourfold.intake.handsets.made_material import (
    adds_up,
    jpeg,
    read,
    rows,
    zip_of,
)

CHAT = "13/05/2023, 09:16 - Kez: a\n"


def test_a_zip_of_a_chat_and_a_picture_is_read(tmp_path):
    path = zip_of(tmp_path / "export.zip", {"_chat.txt": CHAT, "a.jpg": jpeg()})
    reading = read(path)
    assert [r["body"] for r in rows(reading)] == ["a"]
    assert len(rows(reading, "images")) == 1
    assert adds_up(reading)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", CHAT)
        archive.writestr("zeros", bytes(60_000_000))
    tracemalloc.start()
    with pytest.raises(UnsafeFile, match="times its size"):
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_zip_that_lists_one_body_many_times_is_counted_each_time(tmp_path):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(300_000))
    data = whole.getvalue()
    at, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entries, count = data[at:end] * 3_000, 3_000
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), at, 0)
    path = tmp_path / "overlap.zip"
    path.write_bytes(data[:at] + entries + tail)
    with pytest.raises(UnsafeFile):
        read(path)


def test_a_list_of_too_many_members_is_refused_unread(tmp_path):
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFF0, 4, 0)
    path = tmp_path / "list.zip"
    path.write_bytes(b"PK\3\4" + tail)
    with pytest.raises(UnsafeFile, match="lists"):
        read(path)


def test_zips_too_deep_in_each_other_are_refused(tmp_path):
    data = zip_of(tmp_path / "0.zip", {"_chat.txt": CHAT}).read_bytes()
    for depth in range(1, 4):
        path = zip_of(tmp_path / f"{depth}.zip", {"in.zip": data})
        data = path.read_bytes()
        if depth < 3:
            assert len(rows(read(path))) == 1
    with pytest.raises(UnsafeFile, match="deep"):
        read(path)


@pytest.mark.parametrize("name", ["../../etc/x.txt", "/etc/x.txt", "C:\\x.txt"])
def test_a_member_whose_name_leads_out_is_kept_back(tmp_path, name):
    path = zip_of(tmp_path / "a.zip", {"_chat.txt": CHAT, name: CHAT})
    reading = read(path)
    assert [f.fault.fault for f in reading.faults] == [
        "a name that leads out of the zip"
    ]
    assert (reading.loaded, adds_up(reading)) == (1, True)


def test_links_and_names_that_stand_twice_are_kept_back(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("_chat.txt", CHAT)
    reading = read(path)
    assert [f.fault.fault for f in reading.faults] == [
        "a link, not a file",
        "a name that stands twice in the zip",
    ]
    assert (reading.loaded, adds_up(reading)) == (1, True)


def test_a_locked_zip_asks_for_one_without_a_password(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"_chat.txt": CHAT})
    read(path)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(PasswordProtected):
        read(path)


def test_half_a_zip_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"_chat.txt": CHAT * 50})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Truncated):
        read(path)


def test_a_member_with_altered_bytes_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
    path.write_bytes(path.read_bytes().replace(b"Kez: a", b"Kez: b", 1))
    with pytest.raises(Truncated):
        read(path)


def test_an_empty_zip_says_so(tmp_path):
    with pytest.raises(EmptyContainer):
        read(zip_of(tmp_path / "a.zip", {}))


@pytest.mark.parametrize("limit", LIMITS.values(), ids=lambda limit: limit.key)
def test_each_limit_keeps_its_examples(limit):
    for example in limit.examples:
        assert fits(limit.key, example["value"]) is example["fits"]
