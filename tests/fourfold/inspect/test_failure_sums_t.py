"""Do the rules on tackling threats count what they say, on both sides of each limit?"""

from datetime import date
from typing import Any

import pytest

from tests.fourfold.inspect.made_records import (
    AT,
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

THREAT = {"kind": "ocg", "phase": "Active", "opened_on": LONG_AGO, "tags": []}
LED = {"threat": "t0", "role": "lead", "impact": "minor", "p": "pursue"}
LED |= {"recorded_on": ago(30), "event_on": ago(33)}
PLAN = {"author": "A", "owner": "O", "made_on": ago(20), "level": "force"}
FOUR_PS = ("pursue", "prevent", "protect", "prepare")


def plans(
    *given: dict[str, Any], ps: tuple[str, ...] = FOUR_PS, band: str = "low"
) -> Any:
    def make(body: str) -> Rows:
        made = rows_of(body, "p", *({"threat": "t0"} | one for one in given))
        actions = [{"plan": one["ref"], "p": p} for one in made for p in ps]
        return {
            "threats": rows_of(body, "t", THREAT | {"band": band}),
            "plans": made,
            "plan-actions": rows_of(body, "a", *actions),
        }

    return make


def test_t01_counts_plans_without_author_owner_review_or_a_p() -> None:
    bad = PLAN | {"author": None}
    check(
        "T01",
        [
            Case(plans(*[bad] * 2, *[PLAN] * 8), "failing", "green", 0.2),
            Case(plans(*[bad] * 3, *[PLAN] * 7), "failing", "amber", 0.3),
            Case(plans(*[PLAN | {"owner": None}] * 5, PLAN), "failing", "red", 0.8333),
            Case(plans(PLAN, ps=FOUR_PS[:3]), "failing", "red", 1.0),
            Case(plans(), "failing", "unknown", None),
        ],
    )


def test_t01_wants_a_review_in_28_days_for_top_bands_and_in_90_for_others() -> None:
    old = PLAN | {"made_on": LONG_AGO}
    check(
        "T01",
        [
            Case(plans(old | {"reviewed_on": ago(90)}), "failing", "green", 0.0),
            Case(plans(old | {"reviewed_on": ago(91)}), "failing", "red", 1.0),
            Case(
                plans(old | {"reviewed_on": ago(28)}, band="high"),
                "failing",
                "green",
                0.0,
            ),
            Case(
                plans(old | {"reviewed_on": ago(29)}, band="high"),
                "failing",
                "red",
                1.0,
            ),
            Case(plans(old | {"reviewed_on": ago(-1)}), "failing", "unknown", None),
        ],
    )


def led(**counts: int) -> Any:
    given = [LED | {"p": p} for p, n in counts.items() for _ in range(n)]
    return lambda body: {"disruptions": rows_of(body, "d", *given)}


def test_t02_counts_pursue_and_ps_without_any_from_thirty_disruptions_on() -> None:
    check(
        "T02",
        [
            Case(
                led(pursue=24, prevent=2, protect=2, prepare=2), "pursue", "green", 0.8
            ),
            Case(
                led(pursue=27, prevent=1, protect=1, prepare=1), "pursue", "amber", 0.9
            ),
            Case(led(pursue=37, prevent=2, protect=1), "pursue", "red", 0.925),
            Case(led(pursue=37, prevent=2, protect=1), "empty", "red", 1.0),
            Case(led(pursue=29), "pursue", "unknown", None),
        ],
    )


def test_t02_does_not_know_when_one_in_four_is_ungraded() -> None:
    given = [LED] * 30 + [LED | {"impact": None}] * 10
    found = judge("T02", {"disruptions": rows_of("derbyshire", "d", *given)})
    assert found["derbyshire"].state == "unknown"
    assert found["derbyshire"].decided_by.covers == 0.75


def recorded(unrecorded: int, events: int, n_led: int, threats: int) -> Any:
    done = {"threat": "t0", "event_on": ago(33), "store": "S", "event": "arrest"}

    def make(body: str) -> Rows:
        given = [
            done | ({} if n < unrecorded else {"disruption": "d0"})
            for n in range(events)
        ]
        return {
            "threats": rows_of(body, "t", *[THREAT] * threats),
            "disruptions": rows_of(body, "d", *[LED] * n_led),
            "activity": rows_of(body, "e", *given),
        }

    return make


def test_t03_counts_events_without_a_disruption_and_disruptions_a_threat() -> None:
    check(
        "T03",
        [
            Case(recorded(15, 100, 3, 2), "unrecorded", "green", 0.15),
            Case(recorded(2, 10, 3, 2), "unrecorded", "amber", 0.2),
            Case(recorded(4, 10, 3, 2), "unrecorded", "red", 0.4),
            Case(recorded(0, 0, 13, 10), "per_threat", "amber", 1.3),
            Case(recorded(0, 0, 9, 10), "per_threat", "red", 0.9),
        ],
    )


def test_t03_a_disruption_recorded_after_28_days_came_too_late() -> None:
    rows = recorded(0, 1, 1, 1)("derbyshire")
    late = [row | {"recorded_on": ago(4)} for row in rows["disruptions"]]
    assert judge("T03", rows)["derbyshire"].parts[0].state == "green"
    found = judge("T03", rows | {"disruptions": late})["derbyshire"]
    assert found.parts[0].value == 1.0


def test_t03_without_a_local_store_is_never_good() -> None:
    found = judge("T03", recorded(0, 0, 40, 10)("derbyshire"))
    assert found["derbyshire"].state == "unknown"


def test_t03_answers_for_the_region_from_all_its_bodies() -> None:
    rows = together(
        recorded(0, 10, 20, 10)("derbyshire"), recorded(10, 10, 20, 10)("lincolnshire")
    )
    found = judge("T03", rows)[""]
    assert (found.state, found.decided_by.value, len(found.rows)) == ("red", 0.5, 10)


def operation(days: int, **more: Any) -> Any:
    given = {"rank": 1, "theme": "drugs", "opened_on": LONG_AGO} | more
    done = LED | {"operation": "o0", "event_on": ago(days)}
    return lambda body: {
        "operations": rows_of(body, "o", given),
        "disruptions": rows_of(body, "d", done),
    }


def test_t04_counts_days_since_the_top_operations_last_disruption() -> None:
    check(
        "T04",
        [
            Case(operation(90), "days", "green", 90),
            Case(operation(91), "days", "amber", 91),
            Case(operation(181), "days", "red", 181),
            Case(operation(400, rank=6), "days", "unknown", None),
            Case(operation(400, closed_on=AT), "days", "unknown", None),
        ],
    )


def lead(n_bad: int, n: int, bad: dict[str, Any], *, on_record: int = 99) -> Any:
    good = {"appointed_on": ago(300), "trained_on": ago(240), "mentor": "M"}

    def make(body: str) -> Rows:
        threats = [THREAT | {"lro": f"L{i}"} for i in range(n)]
        training = [
            {"officer": f"L{i}"} | good | (bad if i < n_bad else {}) for i in range(n)
        ]
        return {
            "threats": rows_of(body, "t", *threats),
            "training": rows_of(body, "c", *training[:on_record]),
        }

    return make


def test_t05_counts_lead_officers_trained_in_sixty_days() -> None:
    late = {"trained_on": ago(239)}
    check(
        "T05",
        [
            Case(lead(1, 10, late), "trained", "green", 0.9),
            Case(lead(2, 10, late), "trained", "amber", 0.8),
            Case(lead(5, 10, {"trained_on": None}), "trained", "red", 0.5),
            Case(lead(3, 10, {"mentor": None}), "mentor", "amber", 0.3),
            Case(lead(0, 10, {}, on_record=7), "trained", "unknown", 1.0),
        ],
    )


def test_t05_a_lead_officer_of_two_weeks_without_training_counts_as_untrained() -> None:
    new = {"appointed_on": ago(14), "trained_on": None}
    assert judge("T05", lead(8, 8, new)("derbyshire"))["derbyshire"].state == "red"


def shared_out(threats: int, officers: int, unled: int = 0) -> Any:
    given = [THREAT | {"lro": f"L{n % officers}"} for n in range(threats)]
    return lambda body: {"threats": rows_of(body, "t", *given, *[THREAT] * unled)}


def test_t06_counts_threats_for_each_lead_officer() -> None:
    check(
        "T06",
        [
            Case(shared_out(20, 4), "threats", "green", 5.0),
            Case(shared_out(21, 4), "threats", "amber", 5.25),
            Case(shared_out(30, 3), "threats", "red", 10.0),
            Case(shared_out(30, 3, unled=8), "threats", "unknown", 10.0),
            Case(lambda body: {"threats": []}, "threats", "unknown", None),
        ],
    )


def test_t06_thirteen_thirteenths_of_an_officer_are_one() -> None:
    check("T06", [Case(shared_out(13, 1), "threats", "red", 13.0)])


def actions(late: int, n: int, level: str = "force") -> Any:
    good = {"plan": "p0", "p": "pursue", "due_on": ago(10), "done_on": ago(12)}
    given = [good | {"done_on": None} if i < late else good for i in range(n)]
    return lambda body: {
        "plans": rows_of(body, "p", PLAN | {"level": level}),
        "plan-actions": rows_of(body, "a", *given),
    }


def test_t07_counts_actions_past_their_day() -> None:
    check(
        "T07",
        [
            Case(actions(3, 20), "overdue", "green", 0.15),
            Case(actions(4, 20), "overdue", "amber", 0.2),
            Case(actions(7, 20), "overdue", "red", 0.35),
        ],
    )


def test_t07_answers_for_the_region_from_regional_plans_only() -> None:
    rows = together(actions(9, 10, "regional")("emsou"), actions(0, 10)("derbyshire"))
    found = judge("T07", rows)
    assert (found[""].state, found[""].decided_by.value) == ("red", 0.9)
    assert found["derbyshire"].state == "green"


def test_t08_counts_threats_with_one_person_in_both_roles() -> None:
    two = THREAT | {"lro": "A", "sio": "B"}
    one = {"lro": "B"}
    check(
        "T08",
        [
            Case(mixed("threats", two, one, 1, 10), "both", "green", 0.1),
            Case(mixed("threats", two, one, 2, 10), "both", "amber", 0.2),
            Case(mixed("threats", two, one, 3, 10), "both", "red", 0.3),
            Case(mixed("threats", two, {"sio": None}, 3, 10), "both", "unknown", 0.0),
        ],
    )


def test_t08_looks_beyond_pursue_in_those_threats_plans() -> None:
    def make(body: str) -> Rows:
        both = rows_of(body, "t", THREAT | {"lro": "B", "sio": "B"})
        return plans(PLAN, ps=("pursue",))(body) | {"threats": both}

    check("T08", [Case(make, "beyond_pursue", "red", 0.0)])


ORDER = {"risk": "low", "made_on": LONG_AGO, "checked_on": ago(90)}
OFFENDER = {"managed_from": LONG_AGO, "group_match": True}


def test_t13_counts_orders_unchecked_releases_unplanned_and_records_unmatched() -> None:
    unchecked, soon = {"checked_on": ago(91)}, {"release_on": ago(-90)}
    check(
        "T13",
        [
            Case(mixed("orders", ORDER, unchecked, 1, 10), "unchecked", "green", 0.1),
            Case(mixed("orders", ORDER, unchecked, 2, 10), "unchecked", "amber", 0.2),
            Case(
                mixed("orders", ORDER, {"risk": "high"}, 4, 10), "unchecked", "red", 0.4
            ),
            Case(mixed("offenders", OFFENDER, soon, 1, 3), "unplanned", "amber", 1.0),
            Case(
                mixed("offenders", OFFENDER, {"group_match": False}, 1, 10),
                "unmatched",
                "amber",
                0.1,
            ),
        ],
    )


OPERATION = {"rank": 1, "opened_on": ago(300), "milestone_on": ago(20)}


def test_t21_counts_operations_that_stall_and_that_have_no_plan_to_close() -> None:
    year_old = {"opened_on": ago(366), "milestone_on": ago(91)}
    old = {"opened_on": ago(731), "closing_plan": False}
    check(
        "T21",
        [
            Case(mixed("operations", OPERATION, year_old, 0, 2), "stalled", "green", 0),
            Case(mixed("operations", OPERATION, year_old, 1, 2), "stalled", "amber", 1),
            Case(mixed("operations", OPERATION, old, 1, 2), "unplanned", "red", 1),
            Case(mixed("operations", OPERATION, old, 0, 0), "stalled", "unknown", None),
        ],
    )


def test_t22_counts_major_and_moderate_from_thirty_disruptions_on() -> None:
    major = {"impact": "major"}
    check(
        "T22",
        [
            Case(mixed("disruptions", LED, major, 9, 30), "weight", "green", 0.3),
            Case(mixed("disruptions", LED, major, 8, 30), "weight", "amber", 0.2667),
            Case(mixed("disruptions", LED, major, 4, 30), "weight", "red", 0.1333),
            Case(mixed("disruptions", LED, major, 4, 29), "weight", "unknown", None),
        ],
    )


def test_t29_counts_events_of_a_store_tied_to_a_threat() -> None:
    event = {"threat": "t0", "event_on": date(2020, 3, 1), "disruption": "d0"}
    lost = {"disruption": None}
    check(
        "T29",
        [
            Case(mixed("activity", event, lost, 1, 10), "unmatched", "green", 0.1),
            Case(mixed("activity", event, lost, 2, 10), "unmatched", "amber", 0.2),
            Case(mixed("activity", event, lost, 3, 10), "unmatched", "red", 0.3),
            Case(
                mixed("activity", event, lost | {"threat": None}, 3, 3),
                "unmatched",
                "unknown",
                None,
            ),
        ],
    )


@pytest.mark.parametrize("key", ["T01", "T02", "T07", "T08", "T13", "T22", "T29"])
def test_no_rows_are_no_good_news(key: str) -> None:
    assert {found.state for found in judge(key, {}).values()} == {"unknown"}


@pytest.mark.parametrize("key", ["T03", "T04"])
def test_a_body_that_sends_no_disruptions_at_all_is_not_called_idle(key: str) -> None:
    rows = together(operation(400)("derbyshire"), recorded(0, 10, 8, 10)("derbyshire"))
    assert judge(key, rows)["derbyshire"].state == "red"
    without = rows | {"disruptions": [], "activity": []}
    assert judge(key, without)["derbyshire"].state == "unknown"
