"""Are groups of alike pictures whole, in order, and said with their base?"""

import pytest

from fourfold.base.errors import MissingColumns
from fourfold.picture.images.near_duplicates import NEAR_DUPLICATES
from tests.fourfold.picture.images.small_pictures import (
    ask,
    hexed,
    pictures,
    with_bits,
)

NEAR = hexed(with_bits(0, 1, 50, 99))
ROWS = [
    {
        "device": "phone-a",
        "path": "a.jpg",
        "pdq": hexed(0),
        "width": 1200,
        "height": 900,
    },
    {"device": "phone-b", "path": "b.jpg", "pdq": NEAR},
    {"device": "phone-b", "path": "c.jpg", "pdq": hexed((1 << 256) - 1)},
    {"device": "phone-a", "path": "d.jpg", "pdq": NEAR, "sha256": "d" * 64},
]


def members(findings):
    return [
        (r["group"], r["path"], r["alike"], r["distance"])
        for r in findings.tables[0].rows.to_pylist()
    ]


def test_pictures_alike_on_two_handsets_form_a_group_from_the_largest():
    findings = ask(NEAR_DUPLICATES, {}, images=pictures(ROWS))
    assert members(findings) == [
        (1, "a.jpg", "the group's picture", 0),
        (1, "b.jpg", "near the same", 3),
        (1, "d.jpg", "near the same", 3),
    ]
    assert findings.answers[0].text.startswith("3 of 4 pictures lie in 1 group")
    assert findings.answers[1].rows == (0, 1, 2)


def test_groups_on_one_handset_are_shown_when_asked_for():
    one = [{**row, "device": "phone-a"} for row in ROWS]
    assert members(ask(NEAR_DUPLICATES, {}, images=pictures(one))) == []
    found = ask(NEAR_DUPLICATES, {"across": False}, images=pictures(one))
    assert len(members(found)) == 3


@pytest.mark.parametrize(("distance", "count"), [(3, 3), (2, 2)])
def test_the_distance_decides(distance, count):
    given = {"distance": distance}
    assert len(members(ask(NEAR_DUPLICATES, given, images=pictures(ROWS)))) == (
        count if distance == 3 else 2
    )


def test_a_plain_picture_is_compared_by_its_bytes_alone():
    plain = [
        {"device": "phone-a", "pdq": hexed(0), "quality": 10, "sha256": "a" * 64},
        {"device": "phone-b", "pdq": hexed(0), "quality": 10, "sha256": "a" * 64},
        {"device": "phone-b", "pdq": hexed(0), "quality": 10, "sha256": "b" * 64},
        {"device": "phone-b", "pdq": "", "quality": None, "sha256": "c" * 64},
    ]
    findings = ask(NEAR_DUPLICATES, {}, images=pictures(plain))
    assert [m[2] for m in members(findings)] == ["the group's picture", "same bytes"]
    assert findings.notes == (
        "4 of 4 pictures have no PDQ hash of quality 50 or more and were compared by "
        "their bytes alone.",
    )


def test_the_same_rows_in_another_order_give_the_same_answer():
    table = pictures(ROWS)
    turned = table.take([3, 1, 0, 2])
    first = ask(NEAR_DUPLICATES, {}, images=table)
    second = ask(NEAR_DUPLICATES, {}, images=turned)
    assert first.tables[0].rows.equals(second.tables[0].rows)
    assert first.answers == second.answers


def test_groups_on_most_handsets_come_first():
    rows = [
        {"device": "a", "pdq": hexed(0)},
        {"device": "b", "pdq": hexed(0)},
        *({"device": d, "pdq": hexed((1 << 256) - 1)} for d in "abc"),
    ]
    findings = ask(NEAR_DUPLICATES, {}, images=pictures(rows))
    groups = findings.tables[1].rows.to_pylist()
    assert [(g["group"], g["devices"], g["pictures"]) for g in groups] == [
        (1, 3, 3),
        (2, 2, 2),
    ]


def test_no_picture_gives_no_group_and_says_so():
    findings = ask(NEAR_DUPLICATES, {}, images=pictures([]))
    assert findings.tables[0].rows.num_rows == 0
    assert findings.answers[0].text.startswith("None of no pictures")


def test_a_table_without_hashes_is_refused():
    with pytest.raises(MissingColumns, match="pdq"):
        ask(NEAR_DUPLICATES, {}, images=pictures(ROWS).drop_columns(["pdq"]))
