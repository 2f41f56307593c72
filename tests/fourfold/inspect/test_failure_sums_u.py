"""Do the rules on understanding threats count what they say?"""

from typing import Any

import pytest

from tests.fourfold.inspect.made_records import (
    LONG_AGO,
    Case,
    Rows,
    ago,
    check,
    judge,
    mixed,
    rows_of,
    together,
)

POST = {"purpose": "analysis", "opened_on": LONG_AGO, "holder": "H", "deployable": True}
OFFICER = {"name": "Holt, S"}
THREAT = {"kind": "ocg", "phase": "Active", "opened_on": LONG_AGO, "tags": []}
LISTED = THREAT | {"type": "tactical", "moderation": "moderated", "soc": "soc"}
LISTED |= {"national_ref": "N"}
LINE = {"theme": "drugs", "dated_on": ago(100), "strategy": "S", "rank": 1}


def officers_only(body: str) -> Rows:
    return {"officers": rows_of(body, "o", OFFICER)}


def test_u01_counts_analysts_at_work() -> None:
    check(
        "U01",
        [
            Case(
                mixed("posts", POST, {"holder": None}, 3, 20),
                "available",
                "green",
                0.85,
            ),
            Case(
                mixed("posts", POST, {"deployable": False}, 3, 10),
                "available",
                "amber",
                0.7,
            ),
            Case(
                mixed("posts", POST, {"filled_to": ago(1)}, 4, 10),
                "available",
                "red",
                0.6,
            ),
            Case(
                mixed("posts", POST, {"deployable": None}, 3, 10),
                "available",
                "unknown",
                1.0,
            ),
        ],
    )


def profile(*given: dict[str, Any]) -> Any:
    local = [{"kind": "local"} | one for one in given]
    return lambda body: {"profiles": rows_of(body, "p", *local)}


def test_u02_measures_the_age_of_the_newest_profile_of_each_area() -> None:
    year, two = {"dated_on": ago(365)}, {"dated_on": ago(366)}
    check(
        "U02",
        [
            Case(profile(year), "age", "green", 11.9918),
            Case(profile(two), "age", "amber", 12.0246),
            Case(profile({"dated_on": ago(800)}), "age", "red", 26.2834),
            Case(
                profile({"dated_on": ago(800), "revised_on": ago(10)}),
                "age",
                "green",
                0.3285,
            ),
            Case(officers_only, "age", "red", None),
        ],
    )


def test_u02_an_area_alone_in_red_is_true_in_part() -> None:
    north = {"area": "North", "dated_on": ago(900)}
    south = {"area": "South", "dated_on": ago(10)}
    one = judge("U02", profile(north, south)("derbyshire"))["derbyshire"]
    both = judge("U02", profile(north, south | {"dated_on": ago(900)})("derbyshire"))
    assert (one.state, one.decided_by.areas) == (
        "amber",
        (("North", "red"), ("South", "green")),
    )
    assert both["derbyshire"].state == "red"


def test_u02_counts_readers_and_partners() -> None:
    fresh = {"dated_on": ago(10), "readers_expected": 10}
    check(
        "U02",
        [
            Case(profile(fresh | {"readers": 8}), "readers", "green", 0.8),
            Case(profile(fresh | {"readers": 7}), "readers", "amber", 0.7),
            Case(profile(fresh | {"partners": 0}), "partners", "red", 1.0),
            Case(profile(fresh | {"partners": 2}), "partners", "green", 0.0),
        ],
    )


def test_u02_of_a_body_that_has_sent_nothing_cannot_be_told() -> None:
    assert judge("U02", officers_only("derbyshire"))["lincolnshire"].state == "unknown"


def checked(own: tuple[int, int], forces: tuple[int, int]) -> Rows:
    good = THREAT | {"band": "high", "sensitive_checked_on": ago(90)}
    bad = {"sensitive_checked_on": ago(91)}
    return together(
        mixed("threats", good, bad, *own)("emsou"),
        mixed("threats", good, bad, *forces)("derbyshire"),
    )


@pytest.mark.parametrize(
    ("own", "forces", "state"),
    [
        ((0, 10), (5, 10), "green"),
        ((2, 10), (5, 10), "amber"),
        ((3, 10), (5, 10), "red"),
        ((0, 10), (6, 10), "red"),
    ],
)
def test_u04_counts_checks_of_own_and_forces_threats(own, forces, state) -> None:
    assert judge("U04", checked(own, forces))["emsou"].state == state


def queue(waiting: int, *, triaged: bool = True, received: int = 91) -> Any:
    done = {"queue": "intelligence", "triaged_on": ago(20), "done_on": ago(20)}
    given = [done | {"received_on": ago(n % 90 + 1)} for n in range(received)]
    for row in given[:waiting]:
        row |= {"done_on": None, "triaged_on": ago(0) if triaged else None}
    return lambda body: {"queue-items": rows_of(body, "q", *given)}


def test_u06_counts_days_of_intake_that_wait_and_reports_untriaged() -> None:
    check(
        "U06",
        [
            Case(queue(7), "days", "green", 7.0),
            Case(queue(8), "days", "amber", 8.0),
            Case(queue(29), "days", "red", 29.0),
            Case(queue(5, triaged=False), "untriaged", "red", 4.0),
            Case(queue(0, received=0), "days", "unknown", None),
        ],
    )


def work(theme_led: int, others: int, *, live: bool = True) -> Any:
    led = {"role": "lead", "impact": "minor", "p": "pursue", "recorded_on": ago(30)}

    def make(body: str) -> Rows:
        threats = [THREAT | {"theme": "drugs"}, THREAT | {"theme": "csea"}]
        given = [led | {"threat": "t0"}] * theme_led + [led | {"threat": "t1"}] * others
        ended = None if live else ago(1)
        worked = {"theme": "drugs", "opened_on": LONG_AGO, "closed_on": ended}
        return {
            "threats": rows_of(body, "t", *threats),
            "disruptions": rows_of(body, "d", *given),
            "priorities": rows_of(body, "l", LINE),
            "operations": rows_of(body, "o", worked),
        }

    return make


def test_u08_counts_the_share_of_each_priority_from_fifty_disruptions_on() -> None:
    check(
        "U08",
        [
            Case(work(5, 95), "share", "green", 0.05),
            Case(work(4, 96), "share", "red", 0.04),
            Case(work(0, 49), "share", "unknown", None),
            Case(work(50, 0, live=False), "idle", "red", 1.0),
            Case(officers_only, "idle", "unknown", None),
        ],
    )


def requirement(**change: Any) -> Any:
    given = {"priority": "l0", "theme": "drugs", "opened_on": LONG_AGO}
    given |= {"submitted_on": ago(90), "community_on": ago(90)}
    return lambda body: {
        "priorities": rows_of(body, "l", LINE),
        "requirements": rows_of(body, "r", given | change),
    }


def test_u09_counts_priorities_that_nobody_asks_about() -> None:
    check(
        "U09",
        [
            Case(requirement(), "unasked", "green", 0.0),
            Case(requirement(closed_on=ago(1)), "unasked", "red", 1.0),
            Case(requirement(submitted_on=ago(91)), "silent", "red", 1.0),
            Case(requirement(community_on=None), "community", "amber", 1.0),
            Case(officers_only, "unasked", "red", None),
        ],
    )


def test_u09_a_requirement_may_name_the_theme_instead_of_the_priority() -> None:
    check("U09", [Case(requirement(priority=None), "unasked", "green", 0.0)])


def strategy(days: int, **more: Any) -> Any:
    given = LINE | {"dated_on": ago(days)} | more
    return lambda body: {"priorities": rows_of(body, "l", given)}


def test_u12_measures_the_age_of_the_strategy_in_force() -> None:
    check(
        "U12",
        [
            Case(strategy(365), "age", "green", 365),
            Case(strategy(366), "age", "amber", 366),
            Case(strategy(541), "age", "red", 541),
            Case(strategy(200), "refresh", "amber", 1.0),
            Case(strategy(200, refreshed_on=ago(9)), "refresh", "green", 0.0),
        ],
    )


def test_u12_a_strategy_that_ended_is_none() -> None:
    found = judge("U12", strategy(100, ends_on=ago(1))("derbyshire"))
    assert found["derbyshire"].state == "red"
    assert found["lincolnshire"].state == "unknown"


def lines(people: int, kind: str, *, others: int = 3) -> Any:
    line = THREAT | {"kind": kind, "tags": ["county_line"]}

    def make(body: str) -> Rows:
        right = [line | {"kind": "ocg"}] * others
        members = [{"threat": "t0", "person": f"P{n}"} for n in range(people)]
        return {
            "threats": rows_of(body, "t", line, *right),
            "members": rows_of(body, "m", *members),
        }

    return make


def test_u17_counts_county_lines_with_three_people_that_are_no_group() -> None:
    check(
        "U17",
        [
            Case(lines(3, "ocg"), "mistyped", "green", 0.0),
            Case(lines(2, "vulnerability"), "mistyped", "green", 0.0),
            Case(lines(3, "vulnerability"), "mistyped", "amber", 0.25),
            Case(lines(3, "vulnerability", others=2), "mistyped", "red", 0.3333),
        ],
    )


def kinds(ocg: int, person: int, weakness: int) -> Any:
    counts = {"ocg": ocg, "priority_individual": person, "vulnerability": weakness}
    given = [THREAT | {"kind": kind} for kind, n in counts.items() for _ in range(n)]
    return lambda body: {"threats": rows_of(body, "t", *given)}


def test_u17_counts_kinds_never_used_from_twenty_threats_on() -> None:
    check(
        "U17",
        [
            Case(kinds(18, 1, 1), "unused", "green", 0.0),
            Case(kinds(19, 0, 1), "unused", "amber", 1.0),
            Case(kinds(19, 0, 0), "unused", "unknown", None),
        ],
    )


def test_u18_counts_threats_off_the_list() -> None:
    off = {"national_ref": None}
    check(
        "U18",
        [
            Case(mixed("threats", LISTED, off, 1, 10), "unlisted", "green", 0.1),
            Case(mixed("threats", LISTED, off, 2, 10), "unlisted", "amber", 0.2),
            Case(mixed("threats", LISTED, off, 3, 10), "unlisted", "red", 0.3),
        ],
    )


def test_u18_compares_listed_threats_a_million_people_with_other_forces() -> None:
    counts = {"derbyshire": 50, "nottinghamshire": 50, "leicestershire": 10}
    rows = together(
        *(mixed("threats", LISTED, {}, 0, n)(body) for body, n in counts.items())
    )
    found = judge("U18", rows)
    states = {body: found[body].parts[1].state for body in counts}
    assert states == {
        "derbyshire": "green",
        "nottinghamshire": "green",
        "leicestershire": "amber",
    }


def test_u04_where_no_check_was_ever_logged_the_field_is_not_kept() -> None:
    rows = checked((9, 10), (9, 10))
    never = [row | {"sensitive_checked_on": None} for row in rows["threats"]]
    assert judge("U04", rows)["emsou"].state == "red"
    assert judge("U04", {"threats": never})["emsou"].state == "unknown"
