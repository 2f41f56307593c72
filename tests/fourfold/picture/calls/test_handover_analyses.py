"""Which new phones took over from which old ones, in worlds whose answers are known."""

import random
from datetime import date
from functools import cache

import ibis
import pyarrow as pa
import pytest

from fourfold.base.analysis import Case, Findings
from fourfold.base.engine import open_engine
from fourfold.base.errors import MissingColumns
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.calls.handover_analyses import HANDOVERS
from tests.fourfold.picture.calls.handover_worlds import Setting, World, table, world

KEYS = (
    "old", "new", "score", "rank", "last_seen", "first_seen", "shared", "reason",
)  # fmt: skip
MADE = {
    "moderate": (11, Setting()),
    "no outside contact is kept": (12, Setting(kept=0, brokers=0)),
    "circles of friends stop and start too": (
        13,
        Setting(quiet_group=5, new_group=5, quiet=12, newcomers=12),
    ),
    "two days after, most have moved": (
        14,
        Setting(changed_after=8, same_places=0.3),
    ),
    "one after another": (15, Setting(changed_after=6, spread_days=2)),
}
DAY = 86_400


@cache
def made(name: str) -> World:
    return world(*MADE[name])


@cache
def found_in(name: str) -> Findings:
    return found(made(name).calls)


def found(calls: pa.Table, engine: str = "duckdb", **given: object) -> Findings:
    with open_engine(engine) as backend:
        case = Case(
            {"calls": backend_table(backend, calls)}, HANDOVERS.settle(given), backend
        )
        return HANDOVERS.run(case)


def backend_table(backend, calls):
    return backend.create_table("calls_given", ibis.memtable(calls), temp=True)


def rows(findings: Findings) -> list[dict]:
    return findings.tables[0].rows.to_pylist()


def pairs(findings: Findings, most: int | None = None) -> list[tuple[str, str]]:
    return [(row["old"], row["new"]) for row in rows(findings)][:most]


def ring(one: str, other: str, days: range, hour: float = 12.0) -> list[tuple]:
    cell = "cell-x" if one in ("old", "new") else f"cell-{one}"
    return [(d * DAY + hour * 3600, one, other, 60, cell) for d in days]


def simple() -> list[tuple]:
    """`old` rings five friends for ten days, then `new` does; others ring always."""
    calls = []
    for at, friend in enumerate("vwxyz"):
        calls += ring("old", friend, range(10), 9 + at)
        calls += ring("new", friend, range(10, 20), 9 + at)
        calls += ring(friend, "hub", range(20), 15 + at)
    for a, b in ("ab", "bc", "cd", "de", "ea"):
        calls += ring(a, b, range(20), 10.5)
        calls += ring(b, "hub", range(20), 18.5)
    return sorted(calls)


@pytest.mark.parametrize("name", MADE)
def test_the_members_of_a_crew_stand_at_the_top(name):
    truth = set(made(name).truth.items())
    top = pairs(found_in(name), len(truth) + 2)
    assert len(truth & set(top)) >= len(truth) - 1


def test_all_five_of_a_crew_rank_above_every_decoy():
    name = "circles of friends stop and start too"
    made_up = made(name)
    assert set(pairs(found_in(name), 5)) == set(made_up.truth.items())


def test_a_row_has_these_keys_and_says_what_it_rests_on():
    first = rows(found(table(simple())))[0]
    assert tuple(first) == KEYS
    assert (first["old"], first["new"], first["rank"]) == ("old", "new", 1)
    assert first["score"] > 0.5
    assert first["shared"] == list("vwxyz")
    assert first["last_seen"] == "2026-03-11T13:00:00+00:00"
    assert first["first_seen"] == "2026-03-12T09:00:00+00:00"
    assert first["reason"] == (
        "old fell silent on 11 March 2026 at 13:00; new began on 12 March 2026 at "
        "09:00, 20.0 hours later; 5 of its 5 contacts are those of the old number "
        "(expected by chance 1.0); 50 of its 50 events with a known cell used a cell "
        "that the old number used; the first cell it used is the last that the old "
        "number used."
    )


def test_the_list_is_one_to_one_best_first():
    listed = rows(found_in("moderate"))
    assert [row["rank"] for row in listed] == list(range(1, len(listed) + 1))
    assert [r["score"] for r in listed] == sorted(
        (r["score"] for r in listed), reverse=True
    )
    assert len({row["old"] for row in listed}) == len(listed)
    assert len({row["new"] for row in listed}) == len(listed)


def test_a_contact_who_changed_too_counts_as_shared():
    made_up = made("no outside contact is kept")
    listed = rows(found_in("no outside contact is kept"))
    new = set(made_up.truth.values())
    right = [r for r in listed if made_up.truth.get(r["old"]) == r["new"]]
    assert right
    assert all(set(row["shared"]) & new for row in right)


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_without_a_replacement_little_scores_high(seed):
    quiet = world(seed, Setting(crew=0, quiet=12, newcomers=12))
    assert sum(row["score"] >= 0.5 for row in rows(found(quiet.calls))) <= 1


def test_new_names_and_another_order_change_nothing_but_the_names():
    calls = made("moderate").calls
    names = sorted({*calls["caller"].to_pylist(), *calls["called"].to_pylist()})
    renamed = dict(zip(names, (f"+4470{n:07}" for n in range(len(names))), strict=True))
    listed = calls.to_pylist()
    random.Random(1).shuffle(listed)
    for row in listed:
        row["caller"], row["called"] = renamed[row["caller"]], renamed[row["called"]]
    again = found(pa.Table.from_pylist(listed, schema=calls.schema))
    before = rows(found_in("moderate"))
    assert pairs(again) == [(renamed[r["old"]], renamed[r["new"]]) for r in before]
    assert [r["score"] for r in rows(again)] == [r["score"] for r in before]


def test_people_who_have_nothing_to_do_with_it_do_not_change_the_top():
    calls = table(simple())
    strangers = world(31, Setting(phones=60, days=20, crew=0, quiet=0, newcomers=0))
    both = pa.concat_tables([calls, strangers.calls])
    assert pairs(found(both), 1) == [("old", "new")]


def test_a_stray_call_later_and_a_trial_call_earlier_do_not_hide_it():
    calls = [*simple(), *ring("hub", "old", range(17, 18)), *ring("new", "hub", [2])]
    first = rows(found(table(sorted(calls))))[0]
    assert (first["old"], first["new"]) == ("old", "new")
    assert "all but fell silent on 11 March 2026" in first["reason"]
    assert "after 1 event earlier" in first["reason"]
    assert first["last_seen"].startswith("2026-03-19")
    assert first["first_seen"].startswith("2026-03-04")


def test_one_handset_used_with_both_is_said_and_counts():
    calls = table(simple()).to_pylist()
    plain = rows(found(pa.Table.from_pylist(calls, schema=table([]).schema)))[0]
    for row in calls:
        row["caller_imei"] = "26053179311383" if row["caller"] in ("old", "new") else ""
    same = rows(found(pa.Table.from_pylist(calls, schema=table([]).schema)))[0]
    assert "one handset (IMEI) was used with both" in same["reason"]
    assert same["score"] > plain["score"]


def test_calls_without_cells_serve_too():
    bare = table(simple(), with_cells=False)
    first = rows(found(bare))[0]
    assert (first["old"], first["new"]) == ("old", "new")
    assert "cell" not in first["reason"]


def test_only_the_targets_and_the_day_asked_for():
    calls = table(simple())
    assert pairs(found(calls, targets=("a",))) == []
    assert pairs(found(calls, targets=("old",)), 1) == [("old", "new")]
    assert pairs(found(calls, changed_on=date(2026, 3, 12)), 1) == [("old", "new")]
    assert pairs(found(calls, changed_on=date(2026, 3, 5))) == []


def test_numbers_that_end_and_begin_with_the_data_are_no_replacements():
    steady = [c for c in simple() if "old" not in c and "new" not in c]
    assert all(row["score"] < 0.5 for row in rows(found(table(steady))))


def test_no_calls_give_an_empty_list_that_says_so():
    findings = found(evidence_kind("calls").empty())
    assert rows(findings) == []
    assert tuple(findings.tables[0].rows.column_names) == KEYS
    assert "0 numbers fall silent" in findings.answers[0].text


def test_a_table_without_callers_is_refused():
    with pytest.raises(MissingColumns, match="caller"):
        found(table(simple()).drop_columns(["caller"]))


def test_large_data_is_narrowed_to_the_same_top():
    calls = made("moderate").calls
    narrowed = found(calls, most_calls=0)
    truth = set(made("moderate").truth.items())
    assert len(truth & set(pairs(narrowed, len(truth) + 2))) >= len(truth) - 1
    assert "change clearly" in narrowed.notes[0]


@pytest.mark.slow
def test_both_engines_give_the_same_list():
    calls = made("moderate").calls
    for most in (0, 300_000):
        with open_engine("spark") as backend:
            given = backend.create_view(
                "calls_given", ibis.memtable(calls), overwrite=1
            )
            case = Case(
                {"calls": given}, HANDOVERS.settle({"most_calls": most}), backend
            )
            on_spark = HANDOVERS.run(case)
        on_duckdb = found(calls, most_calls=most)
        assert rows(on_spark) == rows(on_duckdb)
