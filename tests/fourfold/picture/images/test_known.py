"""Are known pictures found by bytes first, then as candidates, and never shown?"""

import pytest

from fourfold.base.analysis import WrongParameter
from fourfold.picture.images.known import KNOWN
from tests.fourfold.picture.images.small_pictures import (
    ask,
    hexed,
    known,
    pictures,
    with_bits,
)

PICTURES = [
    {"path": "a.jpg", "sha256": "a" * 64},
    {"path": "b.jpg", "md5": "b" * 32},
    {"path": "c.jpg", "pdq": hexed(with_bits(0, 3, 90))},
    {"path": "d.jpg"},
]
LISTS = [
    {"list": "One", "category": "A", "sha256": "A" * 64},
    {"list": "One", "category": "B", "md5": " " + "b" * 32},
    {"list": "Two", "category": "", "pdq": hexed(0), "reference": "r-9"},
]


def found(findings):
    return [
        (r["path"], r["list"], r["category"], r["by"], r["distance"])
        for r in findings.tables[0].rows.to_pylist()
    ]


def test_each_kind_of_hash_matches_and_names_list_and_category():
    findings = ask(KNOWN, {}, images=pictures(PICTURES), known=known(LISTS))
    assert found(findings) == [
        ("a.jpg", "One", "A", "SHA-256", 0),
        ("b.jpg", "One", "B", "MD5", 0),
        ("c.jpg", "Two", "", "PDQ", 2),
    ]
    assert findings.answers[0].text.startswith("3 of 4 pictures match one of 3 entries")
    assert "candidates" in findings.answers[0].text


def test_a_match_names_the_line_of_the_list():
    findings = ask(KNOWN, {}, images=pictures(PICTURES), known=known(LISTS))
    lines = [r["known_line"] for r in findings.tables[0].rows.to_pylist()]
    assert lines == [2, 3, 4]


def test_further_than_the_distance_is_no_match():
    given = {"distance": 1}
    findings = ask(KNOWN, given, images=pictures(PICTURES), known=known(LISTS))
    assert [f[0] for f in found(findings)] == ["a.jpg", "b.jpg"]
    with pytest.raises(WrongParameter):
        ask(KNOWN, {"distance": 99}, images=pictures(PICTURES), known=known(LISTS))


def test_a_plain_picture_is_not_matched_by_pdq():
    plain = [{**row, "quality": 20} for row in PICTURES]
    findings = ask(KNOWN, {}, images=pictures(plain), known=known(LISTS))
    assert "c.jpg" not in {f[0] for f in found(findings)}


def test_entries_that_hold_no_hash_are_counted_and_said():
    wrong = [*LISTS, {"sha256": "not a hash"}, {"md5": "a" * 31}]
    findings = ask(KNOWN, {}, images=pictures(PICTURES), known=known(wrong))
    assert findings.notes == ("2 entries hold no hash that can be read.",)
    assert len(found(findings)) == 3


def test_no_match_and_no_list_say_so():
    findings = ask(KNOWN, {}, images=pictures(PICTURES[3:]), known=known(LISTS))
    text = "None of 1 picture matches any of 3 entries of the lists."
    assert findings.answers[0].text == text
    assert found(ask(KNOWN, {}, images=pictures(PICTURES), known=known([]))) == []


def test_no_question_about_pictures_looks_for_faces():
    from fourfold.picture.images.analyses import ANALYSES

    for analysis in ANALYSES:
        assert any("No face" in limit for limit in analysis.limits), analysis.key
