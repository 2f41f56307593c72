"""Do records give the right one of five words, and never good news from nothing?"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.base.errors import UnknownBody
from fourfold.inspect.answers import (
    CANNOT_TELL,
    INCOMPLETE,
    NO_LONGER,
    NOT_MEASURABLE,
    PARTLY,
    STILL_TRUE,
    Answer,
    answers_of_findings,
    inspect,
    word,
)
from fourfold.inspect.failures import UnknownRule
from fourfold.inspect.links import Tied
from fourfold.measure.tables import duckdb_tables
from tests.fourfold.inspect.made_records import (
    AT,
    LONG_AGO,
    Rows,
    ago,
    rows_of,
    together,
)

EAST: dict[str, Any] = {"region": "east-midlands", "as_at": AT}
THREAT = {"kind": "ocg", "phase": "Active", "opened_on": LONG_AGO, "tags": []}
THREAT |= {"type": "tactical", "moderation": "moderated", "soc": "soc"}
POST = {"purpose": "soc_team", "team": "A", "opened_on": LONG_AGO}
HELD = {"holder": "H", "deployable": True, "filled_from": LONG_AGO}


@pytest.mark.parametrize(
    ("now", "before", "recorded", "answer"),
    [
        ("red", "green", True, STILL_TRUE),
        ("red", "red", False, INCOMPLETE),
        ("amber", "green", True, PARTLY),
        ("amber", "green", False, PARTLY),
        ("green", "green", True, NO_LONGER),
        ("green", "amber", True, PARTLY),
        ("green", "red", True, PARTLY),
        ("green", "unknown", True, PARTLY),
        ("green", "green", False, CANNOT_TELL),
        ("green", "red", False, CANNOT_TELL),
        ("unknown", "green", True, CANNOT_TELL),
        ("unknown", "green", False, CANNOT_TELL),
    ],
)
def test_two_states_and_the_recording_make_a_word(
    now, before, recorded, answer
) -> None:
    assert word(now, before, recorded=recorded) == answer


def posts(filled: int, n: int, filled_from: date = LONG_AGO) -> Rows:
    held = HELD | {"filled_from": filled_from}
    given = [POST | (held if i < filled else {}) for i in range(n)]
    return {"posts": rows_of("derbyshire", "p", *given)}


def threats(off: int, n: int) -> Rows:
    given = [THREAT | {"national_ref": None if i < off else "N"} for i in range(n)]
    return {"threats": rows_of("derbyshire", "t", *given)}


def answer(rows: Rows, key: str = "R01", body: str = "derbyshire") -> Answer:
    (one,) = inspect(duckdb_tables(rows), keys=[key], bodies=[body], **EAST)
    return one


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (posts(7, 10), STILL_TRUE),
        (posts(8, 10), PARTLY),
        (posts(9, 10), NO_LONGER),
        (posts(9, 10, filled_from=ago(30)), PARTLY),
        (posts(0, 0), CANNOT_TELL),
        (together(posts(7, 10), threats(3, 10)), INCOMPLETE),
        (together(posts(9, 10), threats(3, 10)), CANNOT_TELL),
        (together(posts(9, 10), threats(2, 10)), NO_LONGER),
    ],
)
def test_posts_give_each_word(rows: Rows, expected: str) -> None:
    assert answer(rows).answer == expected


def test_an_answer_is_printed_with_exactly_these_names() -> None:
    tied = [Tied("EM-FND-0007", "derbyshire", ("U01", "R01"))]
    (one,) = inspect(
        duckdb_tables(posts(3, 4)),
        keys=["R01"],
        bodies=["derbyshire"],
        findings=tied,
        **EAST,
    )
    assert one.to_json() == {
        "rule": "R01",
        "body": "derbyshire",
        "answer": "partly",
        "value": 0.75,
        "amber": 0.85,
        "red": 0.75,
        "covers": 1.0,
        "rows": ["DERBYSHIRE-PST-0004"],
        "finding": "EM-FND-0007",
    }


def test_a_red_recording_rule_does_not_make_itself_incomplete() -> None:
    found = answer(threats(3, 10), key="U18")
    assert (found.answer, found.recording) == (STILL_TRUE, ())


def test_another_bodys_recording_takes_nothing_from_a_good_answer() -> None:
    theirs = [row | {"body": "lincolnshire"} for row in threats(9, 10)["threats"]]
    assert answer(together(posts(9, 10), {"threats": theirs})).answer == NO_LONGER


def test_rules_are_asked_only_of_the_kinds_of_body_they_apply_to() -> None:
    asked = inspect(duckdb_tables({}), keys=["U02", "U04", "T03", "R01"], **EAST)
    by_rule = {
        rule: [a.body for a in asked if a.rule == rule] for rule in ("U04", "T03")
    }
    assert by_rule["U04"] == ["emsou"]
    assert by_rule["T03"][-1] == "east-midlands"
    assert "emsou" not in [a.body for a in asked if a.rule == "U02"]


def test_nothing_at_all_gives_no_answer_but_cannot_tell() -> None:
    asked = inspect(duckdb_tables({}), **EAST)
    assert {one.answer for one in asked} == {CANNOT_TELL}
    assert len(asked) > 150


@pytest.mark.parametrize(
    ("change", "error"),
    [({"bodies": ["cleveland"]}, UnknownBody), ({"keys": ["T99"]}, UnknownRule)],
)
def test_a_wrong_name_is_refused(change, error) -> None:
    asked = {**EAST, "bodies": ["derbyshire"], "keys": ["R01"]}
    assert inspect(duckdb_tables({}), **asked)
    with pytest.raises(error):
        inspect(duckdb_tables({}), **asked | change)


def test_a_finding_takes_the_worst_answer_and_without_a_rule_it_is_not_measurable() -> (
    None
):
    given = inspect(duckdb_tables(posts(3, 4)), keys=["R01", "U01"], **EAST)
    findings = [
        Tied("both", "derbyshire", ("R01", "U01")),
        Tied("culture", "derbyshire", ()),
        Tied("elsewhere", "lincolnshire", ("R01",)),
    ]
    found = answers_of_findings(findings, given)
    assert [one.answer for one in found] == [PARTLY, NOT_MEASURABLE, CANNOT_TELL]
    assert [a.rule for a in found[0].answers] == ["U01", "R01"]


post = st.fixed_dictionaries(
    {
        "body": st.sampled_from(["derbyshire", "lincolnshire"]),
        "team": st.sampled_from(["A", "B"]),
        "holder": st.sampled_from([None, "H"]),
        "deployable": st.sampled_from([None, True, False]),
    }
)


def _answers(made: list[dict[str, Any]], reverse: bool = False) -> list[dict[str, Any]]:
    rows = [POST | row | {"ref": f"p{n}"} for n, row in enumerate(made)]
    named = [row | {"reference": row["ref"]} for row in rows][:: -1 if reverse else 1]
    found = inspect(duckdb_tables({"posts": named}), keys=["R01"], **EAST)
    return [one.to_json() for one in found]


@settings(max_examples=8, deadline=None)
@given(st.lists(post, max_size=12))
def test_the_order_of_rows_does_not_matter(made) -> None:
    assert _answers(made) == _answers(made, reverse=True)


@settings(max_examples=8, deadline=None)
@given(st.lists(post, max_size=8), st.lists(post, max_size=4))
def test_rows_of_a_body_elsewhere_change_nothing(made, more) -> None:
    elsewhere = [row | {"body": "cleveland"} for row in more]
    assert _answers(made) == _answers(made + elsewhere)


@settings(max_examples=8, deadline=None)
@given(st.lists(post, max_size=12))
def test_good_news_needs_four_rows_in_five(made) -> None:
    for one in _answers(made):
        assert 0 <= one["covers"] <= 1
        if one["answer"] == NO_LONGER:
            assert one["covers"] >= 0.8
