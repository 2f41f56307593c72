from datetime import timedelta

import pytest

from tests.fourfold.picture.survey.small_survey import (
    BEGIN,
    HERE,
    asked,
    neighbour,
    reading,
    rows_of,
    texts_of,
    times,
)

PLACE = f"{HERE[0]}, {HERE[1]}"
AT_HOME = times(reading(0), 20)
ELSEWHERE = times(reading(100, 2000, cell="B", colour="2"), 20)


def verdict(engine, rows, **other):
    wanted = {"cell": "A", "place": PLACE} | other
    found = asked(engine, "could-serve", {"survey": rows}, **wanted)
    last = rows_of(found)[-1]
    return last["speaks"], last["reason"].split(";")[0].removeprefix("rule ")


def heard(level: float, **other):
    return [neighbour(n, level_dbm=level, colour="2", **other) for n in range(20)]


def test_a_cell_that_served_there_is_consistent(engine):
    assert verdict(engine, AT_HOME) == ("consistent", "served-there")


def test_a_cell_that_served_once_in_many_is_consistent_and_rare(engine):
    rows = [*AT_HOME, reading(50, cell="B", colour="2")]
    assert verdict(engine, rows, cell="B", share=0.1) == ("consistent", "served-rarely")


def test_a_cell_seen_only_elsewhere_is_not_consistent(engine):
    found = verdict(engine, [*AT_HOME, *ELSEWHERE], cell="B")
    assert found == ("not consistent", "not-seen")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"moments": 21}, "too-few-readings"),
        ({"network_changed": True}, "changed-network"),
        ({"event_at": BEGIN + timedelta(days=181)}, "not-seen-long-ago"),
        ({"event_at": BEGIN - timedelta(days=181)}, "not-seen-long-ago"),
    ],
)
def test_not_consistent_needs_enough_fresh_readings_of_the_same_network(
    engine, changed, rule
):
    rows = [*AT_HOME, *ELSEWHERE]
    assert verdict(engine, rows, cell="B", **changed) == ("cannot tell", rule)


def test_a_cell_that_nobody_saw_is_not_judged(engine):
    assert verdict(engine, AT_HOME, cell="Z") == ("cannot tell", "no-survey-of-it")


def test_a_cell_heard_near_the_best_is_consistent(engine):
    rows = [*AT_HOME, *heard(-85.0, cell="B")]
    assert verdict(engine, rows, cell="B") == ("consistent", "heard-near-best")


def test_a_cell_heard_far_below_the_best_is_not_judged(engine):
    rows = [*AT_HOME, *heard(-95.0, cell="B")]
    assert verdict(engine, rows, cell="B") == ("cannot tell", "heard-weak")


def test_a_neighbour_that_was_resolved_proves_nothing(engine):
    rows = [*AT_HOME, *heard(-85.0), *ELSEWHERE]
    assert verdict(engine, rows, cell="B") == ("cannot tell", "heard-only-resolved")


def test_an_old_survey_does_not_show_that_a_cell_served(engine):
    event = BEGIN + timedelta(days=400)
    found = verdict(engine, AT_HOME, event_at=event)
    assert found == ("cannot tell", "served-there-long-ago")


def test_the_evidence_stands_for_and_against_with_its_base(engine):
    rows = [*AT_HOME, *ELSEWHERE]
    found = asked(engine, "could-serve", {"survey": rows}, cell="B", place=PLACE)
    by_name = {row["evidence"]: row for row in rows_of(found)}
    served = by_name["served near the place"]
    assert (served["speaks"], served["readings"], served["of"]) == ("against", 0, 20)
    assert by_name["anywhere in the survey"]["metres"] == 2000.0
    assert "Not consistent" in texts_of(found)
    assert "rests on 20 moments" in texts_of(found)


def test_a_survey_without_rows_cannot_tell(engine):
    assert verdict(engine, [])[0] == "cannot tell"


def test_readings_far_away_change_no_verdict(engine):
    away = times(reading(300, 9000, cell="E", colour="9"), 50)
    rows = [*AT_HOME, *ELSEWHERE]
    assert verdict(engine, rows, cell="B") == verdict(engine, [*rows, *away], cell="B")
