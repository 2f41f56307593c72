"""Do the rules on governance count what they say?"""

from typing import Any

import pytest

from tests.fourfold.inspect.made_records import (
    EAST,
    LONG_AGO,
    Case,
    Rows,
    ago,
    check,
    judge,
    mixed,
    rows_of,
)

MEETING = {"name": "M", "level": "force", "state": "held", "planned_on": ago(50)}


def meetings(cancelled: int, n: int, level: str = "force") -> Any:
    return mixed(
        "meetings", MEETING | {"level": level}, {"state": "cancelled"}, cancelled, n
    )


def seats(came: int, n: int, *, apart: bool = True) -> Any:
    def make(body: str) -> Rows:
        held = [MEETING | {"planned_on": ago(50 - i)} for i in range(n)]
        seat = [
            {"meeting": f"m{i}", "invited": body, "attended": i < came}
            | {"unit": f"U{i}" if apart else "U"}
            for i in range(n)
        ]
        return {
            "meetings": rows_of(body, "m", *held),
            "attendance": rows_of(body, "s", *seat),
        }

    return make


def test_g01_counts_meetings_cancelled_seats_filled_and_absences_in_a_row() -> None:
    check(
        "G01",
        [
            Case(meetings(2, 10), "cancelled", "green", 0.2),
            Case(meetings(3, 10), "cancelled", "amber", 0.3),
            Case(meetings(4, 10), "cancelled", "red", 0.4),
            Case(seats(7, 10), "attended", "red", 0.7),
            Case(seats(8, 10, apart=False), "away", "amber", 1.0),
        ],
    )


def test_g01_seats_of_different_units_are_not_absences_in_a_row() -> None:
    check("G01", [Case(seats(8, 10), "away", "green", 0.0)])


def test_g01_answers_for_the_region_from_regional_meetings() -> None:
    found = judge("G01", meetings(4, 10, "regional")("emsou"))
    assert (found[""].state, found["emsou"].state) == ("red", "red")
    assert judge("G01", meetings(4, 10)("derbyshire"))[""].state == "unknown"


def bids(theme: str, *, outside: int, days: int = 30, forces: int = 5) -> Rows:
    given = [
        {"bidder": force, "asked": "emsou", "made_on": ago(days), "theme": theme}
        for force in EAST.forces[:forces]
        for _ in range(4)
    ]
    other = [row | {"theme": "csea"} for row in given[:outside]]
    return {"bids": rows_of("emsou", "b", *other, *given[outside:])}


@pytest.mark.parametrize(
    ("rows", "part", "state", "value"),
    [
        (bids("drugs", outside=5), "other", "green", 0.25),
        (bids("drugs", outside=4), "other", "red", 0.2),
        (bids("csea", outside=0, forces=4), "none_in_half", "red", 1.0),
        (bids("csea", outside=0), "none_in_half", "green", 0.0),
        (bids("csea", outside=0, days=100), "none_in_quarter", "unknown", None),
    ],
)
def test_g02_counts_forces_without_bids_and_bids_beyond_the_familiar(
    rows, part, state, value
) -> None:
    found = {p.part.key: p for p in judge("G02", rows)["emsou"].parts}
    assert (found[part].state, found[part].value) == (state, value)


def money(days: int, fixed: int = 0) -> Any:
    core = {"line": "L", "kind": "core", "confirmed_from": LONG_AGO}
    posts = mixed("posts", {"funding": "core"}, {"funding": "fixed_term"}, fixed, 10)
    return lambda body: (
        posts(body)
        | {"funding": rows_of(body, "f", core | {"confirmed_to": ago(-days)})}
    )


def test_g04_counts_months_of_core_money_and_posts_on_fixed_terms() -> None:
    check(
        "G04",
        [
            Case(money(366), "months", "green", 12.0246),
            Case(money(300), "months", "amber", 9.8563),
            Case(money(100), "months", "red", 3.2854),
            Case(money(366, fixed=2), "fixed", "green", 0.2),
            Case(money(366, fixed=3), "fixed", "red", 0.3),
        ],
    )


def agreement(days: int, **more: Any) -> Any:
    given = {"kind": "collaboration", "signed_on": LONG_AGO.replace(year=2015)}
    given |= {"reviewed_on": ago(days)} | more
    return lambda body: {"agreements": rows_of(body, "g", given)}


def test_g06_measures_the_age_of_the_last_review() -> None:
    overdue = {"review_due_on": ago(1)}
    check(
        "G06",
        [
            Case(agreement(730), "age", "green", 23.9836),
            Case(agreement(740), "age", "amber", 24.3121),
            Case(agreement(1100), "age", "red", 36.1396),
            Case(agreement(100, **overdue), "past_due", "red", 1.0),
            Case(agreement(100, kind="sharing"), "age", "unknown", None),
        ],
    )


MEASURE = {"p": "prevent", "level": "force", "started_on": LONG_AGO, "data_on": ago(45)}


def test_g08_counts_measures_with_fresh_data() -> None:
    old = {"data_on": ago(46)}
    check(
        "G08",
        [
            Case(mixed("performance", MEASURE, old, 2, 10), "fresh", "green", 0.8),
            Case(mixed("performance", MEASURE, old, 3, 10), "fresh", "amber", 0.7),
            Case(mixed("performance", MEASURE, old, 6, 10), "fresh", "red", 0.4),
            Case(
                mixed("performance", MEASURE, {"p": None}, 2, 2),
                "beyond_pursue",
                "amber",
                None,
            ),
            Case(
                lambda body: {"officers": rows_of(body, "o", {})}, "fresh", "red", None
            ),
        ],
    )


def tracker(**change: Any) -> Any:
    row = {"report": "R", "theme": "lros", "published_on": LONG_AGO}
    row |= {"state": "being_progressed", "due_on": ago(0)} | change
    again = {"report": "Q", "theme": "profiles", "published_on": LONG_AGO}
    return lambda body: {
        "recommendations": rows_of(
            body, "r", row, again | {"state": "being_progressed"}
        )
    }


def test_g11_counts_days_overdue_themes_that_return_and_closing_unproven() -> None:
    done = {"state": "complete", "completed_on": ago(5)}
    check(
        "G11",
        [
            Case(tracker(), "overdue", "green", 0),
            Case(tracker(due_on=ago(1)), "overdue", "amber", 1),
            Case(tracker(due_on=ago(91)), "overdue", "red", 91),
            Case(tracker(theme="profiles"), "returned", "red", 2.0),
            Case(tracker(**done), "unproven", "red", 1.0),
        ],
    )


def areas(north: int, south: int, threats: int = 5) -> Any:
    threat = {"kind": "ocg", "phase": "Active", "opened_on": LONG_AGO}
    led = {"role": "lead", "impact": "minor", "p": "pursue", "recorded_on": ago(30)}

    def make(body: str) -> Rows:
        places = ["North"] * threats + ["South"] * threats
        done = ["North"] * north + ["South"] * south
        return {
            "threats": rows_of(body, "t", *(threat | {"area": a} for a in places)),
            "disruptions": rows_of(body, "d", *(led | {"area": a} for a in done)),
        }

    return make


def test_g13_compares_areas_of_five_threats_or_more() -> None:
    check(
        "G13",
        [
            Case(areas(10, 20), "spread", "green", 2.0),
            Case(areas(10, 21), "spread", "amber", 2.1),
            Case(areas(0, 9), "spread", "red", 9.0),
            Case(areas(1, 9, threats=4), "spread", "unknown", None),
            Case(areas(0, 0), "spread", "unknown", None),
        ],
    )


def test_g13_lists_the_threats_of_the_quiet_area() -> None:
    found = judge("G13", areas(2, 20)("derbyshire"))["derbyshire"]
    assert found.rows == tuple(f"DERBYSHIRE-THR-000{n}" for n in range(1, 6))
