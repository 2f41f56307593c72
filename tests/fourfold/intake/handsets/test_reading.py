"""Does a reading add up, whatever is given, and is it whole or nothing?"""

import re

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.base.analysis import Stopped
from fourfold.intake.errors import EmptyFile, NoSuchFile, UnsafeFile
from fourfold.intake.evidence import UnknownEvidence, evidence_kind
from fourfold.intake.handsets.errors import NothingKnown, SeveralRefused, UnknownZone
from fourfold.intake.handsets.reading import read_container
from fourfold.region.bulk.handsets import write_handsets
from tests.fourfold.intake.handsets.made_material import (
    OWN,
    Said,
    adds_up,
    jpeg,
    read,
    rows,
    sms,
    ufdr_xml,
    zip_of,
)

CHAT = "13/05/2023, 09:16 - Kez: a\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write_handsets(tmp_path_factory.mktemp("made"))


def test_the_invented_drug_line_is_read_whole(made, tmp_path):
    told = []
    reading = read_container(
        "messages",
        list(made.values()),
        Said(),
        tmp_path,
        lambda s, d: told.append((s, d)),
    )
    assert adds_up(reading)
    assert (reading.loaded, reading.repeated, reading.quarantined) == (211, 0, 0)
    assert [one.layout for one in reading.inputs] == [
        "UFDR",
        "WhatsApp export",
        "mbox",
        "folder",
    ]
    assert {one.authority for one in reading.inputs} == {"URN-1"}
    for kind, path in reading.tables.items():
        assert pq.read_schema(path).equals(evidence_kind(kind).schema), kind
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_invented_drug_line_is_the_same_each_time(made, tmp_path):
    again = write_handsets(tmp_path)
    for name in ("report", "chat", "mailbox"):
        assert made[name].read_bytes() == again[name].read_bytes()


def test_nobody_in_the_invented_drug_line_has_a_number_outside_the_drama_range(
    made, tmp_path
):
    reading = read_container("messages", list(made.values()), Said(), tmp_path, print)
    numbers = {r["sender"] for r in rows(reading)} | {
        number for r in rows(reading) for number in r["recipients"]
    }
    for number in filter(lambda n: n.startswith("+"), numbers):
        assert re.fullmatch(r"\+447700900(10[1-9]|1[123]\d)", number)


def test_the_same_file_twice_changes_nothing(made, tmp_path):
    once = read_container("messages", [made["report"]], Said(), tmp_path / "1", print)
    twice = read_container(
        "messages", [made["report"], made["report"]], Said(), tmp_path / "2", print
    )
    assert (twice.loaded, twice.repeated) == (once.loaded, once.loaded)
    assert adds_up(twice)


def test_what_cannot_be_read_is_all_named_at_once_and_nothing_is_kept(tmp_path):
    (tmp_path / "a.txt").write_text(CHAT)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "a.exe").write_bytes(b"MZ" + bytes(100))
    with pytest.raises(SeveralRefused) as refused:
        read(tmp_path / "a.txt", tmp_path / "empty.txt", tmp_path / "a.exe")
    assert "empty.txt" in str(refused.value)
    assert "a program" in str(refused.value)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.txt", b"", EmptyFile),
        ("zeros.bin", bytes(100), EmptyFile),
        ("a.exe", b"MZ" + bytes(100), NothingKnown),
        ("a.csv", b"a,b,c\n1,2,3\n", NothingKnown),
        ("a.json", b'{"rows": []}', NothingKnown),
        ("a.html", b"<html></html>", NothingKnown),
    ],
)
def test_a_file_of_no_form_of_ours_is_refused(tmp_path, name, data, error):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error):
        read(tmp_path / name)


def test_a_missing_file_kind_or_zone_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(CHAT)
    assert read(tmp_path / "a.txt").loaded == 1
    with pytest.raises(NoSuchFile):
        read(tmp_path / "b.txt")
    with pytest.raises(UnknownEvidence):
        read(tmp_path / "a.txt", kind="gossip")
    with pytest.raises(UnknownZone):
        read(tmp_path / "a.txt", zone="Europe/Atlantis")


def test_a_form_is_told_by_content_and_not_by_name(tmp_path):
    (tmp_path / "notes.pdf").write_text(CHAT)
    assert read(tmp_path / "notes.pdf").inputs[0].layout == "WhatsApp export"


def test_a_folder_gives_each_handset_its_own_name_and_says_what_it_left(tmp_path):
    folder = tmp_path / "seized"
    for name in ("phone-a", "phone-b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "chat.txt").write_text(CHAT)
        (folder / name / "a.jpg").write_bytes(jpeg(1 if name == "phone-a" else 2))
    (folder / "phone-a" / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(40))
    (folder / "link").symlink_to("/etc/passwd")
    zip_of(
        folder / "more.zip",
        {
            "report.xml": ufdr_xml(
                f'<modelType type="SMS">{sms("1", "in a zip")}</modelType>', facts=OWN
            )
        },
    )
    reading = read(folder)
    assert {r["device"] for r in rows(reading, "images")} == {"phone-a", "phone-b"}
    assert "in a zip" in {r["body"] for r in rows(reading)}
    assert any("a film: 1" in note for note in reading.notes)
    assert [f.fault.fault for f in reading.faults] == ["a link, not a file"]
    assert adds_up(reading)


def test_a_bomb_in_a_folder_stops_the_reading(tmp_path):
    folder = tmp_path / "seized"
    folder.mkdir()
    (folder / "chat.txt").write_text(CHAT)
    assert read(folder).loaded == 1
    zip_of(folder / "bomb.zip", {"zeros": bytes(60_000_000)})
    with pytest.raises(UnsafeFile):
        read(folder)
    assert not (tmp_path / "out" / "calls.parquet").exists()


def test_no_authority_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(CHAT)
    said = "No authority is recorded under which this was obtained."
    assert said in read(tmp_path / "a.txt", authority="").notes
    assert said not in read(tmp_path / "a.txt").notes


def test_who_stops_the_work_leaves_nothing_behind(made, tmp_path):
    def stop(share, _doing):
        if share > 0:
            raise Stopped(analysis="messages")

    with pytest.raises(Stopped):
        read_container("messages", list(made.values()), Said(), tmp_path, stop)
    assert list(tmp_path.iterdir()) == []


CHATS = st.lists(
    st.tuples(
        st.sampled_from(["Kez", "Dez", "+44 7700 900101"]), st.sampled_from("abc")
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(CHATS, CHATS)
def test_nothing_is_lost_and_nothing_made_up(tmp_path, first, second):
    paths = []
    for name, said in (("1.txt", first), ("2.txt", second)):
        path = tmp_path / name
        path.write_text(
            CHAT + "".join(f"13/05/2023, 09:17 - {a}: {b}\n" for a, b in said)
        )
        paths.append(path)
    reading = read(*paths)
    assert adds_up(reading)
    assert reading.rows == len(first) + len(second) + 2
    most = {p: [*first, ("k", "k")].count(p) for p in {*first, ("k", "k")}}
    for pair in second:
        most[pair] = max(most.get(pair, 0), second.count(pair))
    assert reading.loaded >= max(len(first), len(second)) + 1
