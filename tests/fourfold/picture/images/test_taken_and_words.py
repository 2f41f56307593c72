"""Are times, places, cameras and words of pictures given as the pictures say them?"""

from datetime import UTC, date, datetime

import pytest

from fourfold.picture.images.taken import TAKEN
from fourfold.picture.images.words import WORDS, mentions
from tests.fourfold.picture.images.small_pictures import ask, pictures

NOON = datetime(2023, 5, 12, 12)  # noqa: DTZ001 (a camera's clock has no zone)
PICTURES = [
    {
        "path": "late.jpg",
        "taken_local": NOON.replace(day=14),
        "make": "Lumo",
        "model": "Lumo L9",
    },
    {
        "path": "first.jpg",
        "taken_local": NOON,
        "taken_at": datetime(2023, 5, 12, 11, tzinfo=UTC),
        "lat": 52.6,
        "lon": -1.1,
        "make": "Lumo",
        "model": "L9",
        "device": "phone-b",
    },
    {"path": "silent.jpg"},
]


def paths(findings):
    return [r["path"] for r in findings.tables[0].rows.to_pylist()]


def test_pictures_stand_in_order_of_time_and_those_with_a_place_on_the_map():
    findings = ask(TAKEN, {}, images=pictures(PICTURES))
    assert paths(findings) == ["first.jpg", "late.jpg"]
    assert (
        findings.answers[0].text
        == "2 of 3 pictures say when they were taken and 1 say where."
    )
    (point,) = findings.places.to_pylist()
    assert (point["lat"], point["lon"], point["who"]) == (52.6, -1.1, "phone-b")
    assert point["at"] == datetime(2023, 5, 12, 11, tzinfo=UTC)


def test_one_camera_on_two_handsets_is_said():
    findings = ask(TAKEN, {}, images=pictures(PICTURES))
    assert any("phone-a, phone-b" in answer.text for answer in findings.answers)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"from_on": date(2023, 5, 13)}, ["late.jpg"]),
        ({"until_on": date(2023, 5, 12)}, ["first.jpg"]),
        ({"placed": True}, ["first.jpg"]),
        ({"camera": "petra"}, []),
        ({"camera": "lumo"}, ["first.jpg", "late.jpg"]),
    ],
)
def test_parameters_narrow_the_answer(given, expected):
    assert paths(ask(TAKEN, given, images=pictures(PICTURES))) == expected


def test_pictures_that_say_nothing_give_no_row_and_say_so():
    findings = ask(TAKEN, {}, images=pictures([{}]))
    text = "None of 1 picture says when or where it was taken."
    assert (paths(findings), findings.answers[0].text) == ([], text)
    assert findings.places.num_rows == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ZK99 PLX", [("plate", "ZK99PLX")]),
        ("zk99plx", [("plate", "ZK99PLX")]),
        ("P123 ABC", [("plate", "P123ABC")]),
        ("ABC 123D", [("plate", "ABC123D")]),
        ("KEZ 40", []),
        ("TALL GUY 120\nPIZZA 2", []),
        ("CALL 07700 900123", [("phone", "+447700900123")]),
        ("Flat 9\nLE1 5WW", [("postcode", "LE1 5WW")]),
        ("", []),
    ],
)
def test_words_of_a_picture_name_plates_phones_and_postcodes(words, found):
    assert [(m.kind, m.value) for m in mentions(words)] == found


def test_a_value_in_several_pictures_opens_them_all():
    rows = [
        {"path": "a.jpg", "words": "ZK99 PLX\nTICK LIST"},
        {"path": "b.jpg", "words": "zk99 plx", "device": "phone-b"},
        {"path": "c.jpg", "words": "closed"},
        {"path": "d.jpg"},
    ]
    findings = ask(WORDS, {}, images=pictures(rows))
    assert findings.answers[0].text.startswith(
        "3 of 4 pictures hold words; they name 1"
    )
    assert findings.answers[1].rows == (0, 1)
    values = findings.tables[1].rows.to_pylist()
    assert [(v["value"], v["pictures"], v["on"]) for v in values] == [
        ("ZK99PLX", 2, ["phone-a", "phone-b"])
    ]
    assert paths(ask(WORDS, {"holds": "tick"}, images=pictures(rows))) == ["a.jpg"]


def test_no_words_give_an_empty_answer():
    findings = ask(WORDS, {}, images=pictures([]))
    assert findings.tables[0].rows.num_rows == 0
    assert "no number plates" in findings.answers[0].text
