"""Do the rules on people, money and kit count what they say?"""

from typing import Any

from tests.fourfold.inspect.made_records import (
    LONG_AGO,
    Case,
    Rows,
    ago,
    check,
    judge,
    mixed,
    rows_of,
)

POST = {"purpose": "soc_team", "team": "A", "opened_on": LONG_AGO}
POST |= {"holder": "H", "deployable": True, "fte": 1.0}
THREAT = {"kind": "ocg", "phase": "Active", "opened_on": LONG_AGO, "band": "high"}


def test_r01_counts_posts_filled() -> None:
    empty = {"holder": None}
    check(
        "R01",
        [
            Case(mixed("posts", POST, empty, 3, 20), "filled", "green", 0.85),
            Case(mixed("posts", POST, empty, 2, 10), "filled", "amber", 0.8),
            Case(mixed("posts", POST, empty, 10, 33), "filled", "red", 0.697),
            Case(
                mixed("posts", POST, {"purpose": "covert"}, 9, 9),
                "filled",
                "unknown",
                None,
            ),
        ],
    )


def test_r01_one_team_of_two_in_red_is_true_in_part() -> None:
    teams = [POST, POST | {"team": "B", "holder": None}]
    found = judge("R01", {"posts": rows_of("derbyshire", "p", *teams)})["derbyshire"]
    assert (found.state, found.decided_by.value) == ("amber", 0.0)


def test_r04_counts_plans_for_top_threats_with_a_financial_investigator() -> None:
    plan = {"threat": "t0", "made_on": ago(100)}
    named = plan | {"finance_lead": "F", "finance_lead_on": ago(72)}
    late = {"finance_lead_on": ago(71)}

    def made(n_bad: int, n: int, bad: dict[str, Any] = late, band: str = "high") -> Any:
        def make(body: str) -> Rows:
            threats = rows_of(body, "t", THREAT | {"band": band})
            return {"threats": threats} | mixed("plans", named, bad, n_bad, n)(body)

        return make

    check(
        "R04",
        [
            Case(made(1, 10), "finance", "green", 0.9),
            Case(made(2, 10), "finance", "amber", 0.8),
            Case(made(4, 10), "finance", "red", 0.6),
            Case(made(4, 10, {"finance_lead_on": None}), "finance", "unknown", 1.0),
            Case(made(9, 10, band="low"), "finance", "unknown", None),
        ],
    )


def test_r04_a_plan_of_last_week_is_not_late() -> None:
    new = {"threat": "t0", "made_on": ago(7)}
    rows = {"threats": rows_of("derbyshire", "t", THREAT)}
    found = judge("R04", rows | {"plans": rows_of("derbyshire", "p", new)})
    assert found["derbyshire"].decided_by.value is None


def devices(days: int, **change: Any) -> Any:
    given = {"queue": "device", "received_on": ago(days + 10), "done_on": ago(10)}
    return lambda body: {"queue-items": rows_of(body, "q", given | change)}


def test_r06_measures_the_median_wait_and_counts_the_rest() -> None:
    held = {"done_on": None, "suspect_waiting": True}
    check(
        "R06",
        [
            Case(devices(90), "median", "green", 90),
            Case(devices(91), "median", "amber", 91),
            Case(devices(181), "median", "red", 181),
            Case(devices(29, band="high"), "top", "amber", 1.0),
            Case(devices(173, **held), "suspects", "amber", 1.0),
        ],
    )


def ranked(fte: float, others: int = 20, **change: Any) -> Any:
    line = {"rank": 1, "theme": "fraud", "dated_on": ago(100)} | change
    given = [POST | {"theme": "fraud", "fte": fte}, *[POST] * others]
    return lambda body: {
        "priorities": rows_of(body, "l", line),
        "posts": rows_of(body, "p", *given),
    }


def test_r11_counts_full_time_posts_on_the_first_three_priorities() -> None:
    check(
        "R11",
        [
            Case(ranked(2.0), "posts", "green", 2.0),
            Case(ranked(0.5), "posts", "red", 0.5),
            Case(ranked(2.0, others=300), "share", "red", 0.0066),
            Case(ranked(0.5, rank=4), "posts", "unknown", None),
            Case(
                lambda body: ranked(2.0)(body) | {"posts": rows_of(body, "p", POST)},
                "posts",
                "unknown",
                None,
            ),
        ],
    )


KIT = {"kind": "kit", "replace_on": ago(-1), "bought_on": LONG_AGO}
CAR = {"kind": "vehicle", "replace_on": ago(-1), "capital_line": True}


def test_r15_counts_assets_past_their_day_and_vehicles_without_money() -> None:
    past = {"replace_on": ago(1)}
    check(
        "R15",
        [
            Case(mixed("assets", KIT, past, 3, 20), "past", "green", 0.15),
            Case(mixed("assets", KIT, past, 2, 10), "past", "amber", 0.2),
            Case(mixed("assets", KIT, past, 4, 10), "past", "red", 0.4),
            Case(
                mixed("assets", CAR, {"capital_line": False}, 2, 4),
                "capital",
                "red",
                0.5,
            ),
            Case(
                mixed("assets", KIT, {"replace_on": None}, 3, 10),
                "past",
                "unknown",
                0.0,
            ),
        ],
    )
