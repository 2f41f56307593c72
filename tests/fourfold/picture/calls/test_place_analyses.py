"""Phones together, travelling, meeting, at home and at work: planted and not."""

from datetime import UTC, datetime, timedelta

import ibis
import pyarrow as pa
import pytest

from fourfold.base.analysis import Analysis, Case, Findings
from fourfold.base.engine import open_engine
from fourfold.base.errors import MissingColumns
from fourfold.intake.evidence import evidence_kind
from fourfold.picture.calls.place_analyses import (
    ANALYSES,
    COLOCATION,
    HOMES,
    MEETINGS,
    TRAVEL,
)

BEGINS = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday."""
CELLS = [("north", 52.95, -1.15, "mast"), ("south", 52.951, -1.15, "mast")] + [
    (f"s{n}", 53.0 + n / 20, -1.2, f"site {n}") for n in range(6)
]


def calls(*rows: tuple) -> pa.Table:
    """Calls as (day, hour, caller, called, the caller's cell[, the called's cell])."""
    made = []
    for line, (day, hour, caller, called, cell, *more) in enumerate(rows, start=2):
        at = BEGINS + timedelta(days=day, hours=hour)
        made.append(
            dict.fromkeys(evidence_kind("calls").schema.names, "")
            | {"input": 0, "line": line, "kind": "voice", "seconds": 60}
            | {"caller": caller, "called": called, "caller_cell": cell}
            | {"called_cell": more[0] if more else ""}
            | {"start_at": at, "start_local": at.replace(tzinfo=None)}
        )
    return pa.Table.from_pylist(made, schema=evidence_kind("calls").schema)


def cell_list() -> pa.Table:
    rows = [
        dict.fromkeys(("operator", "technology", "postcode"), "")
        | {"input": 0, "line": at, "cell": c, "lat": lat, "lon": lon, "site": site}
        for at, (c, lat, lon, site) in enumerate(CELLS)
    ]
    return pa.Table.from_pylist(rows, schema=evidence_kind("cells").schema)


def found(
    analysis: Analysis, given: pa.Table, *, engine="duckdb", cells=False, **parameters
) -> Findings:
    with open_engine(engine) as backend:
        tables = {"calls": held(backend, engine, "calls_given", given)}
        if cells:
            tables["cells"] = held(backend, engine, "cells_given", cell_list())
        return analysis.run(Case(tables, analysis.settle(parameters), backend))


def held(backend, engine, name, given):
    if engine == "spark":
        return backend.create_view(name, ibis.memtable(given), overwrite=True)
    return backend.create_table(name, ibis.memtable(given), temp=True)


def rows(findings: Findings, table: int = 0) -> list[dict]:
    return findings.tables[table].rows.to_pylist()


def together() -> pa.Table:
    """`a` and `b` use a rare cell within ten minutes on four days; others do not."""
    made = []
    for day in range(8):
        made += [(day, 9 + n, f"x{n}", "shop", f"s{n}") for n in range(6)]
        made += [(day, 20, "a", "shop", "s1"), (day, 21.5, "b", "shop", "s2")]
    for day in range(4):
        made += [(day, 13, "a", "shop", "north"), (day, 13.1, "b", "shop", "north")]
    return calls(*made)


def test_two_phones_that_use_a_rare_cell_together_lead():
    first = rows(found(COLOCATION, together()))[0]
    assert (first["a"], first["b"], first["times"], first["days"]) == ("a", "b", 4, 4)
    assert first["expected"] < 0.5 < 3 < first["surprise"]
    assert "4 times on 4 days and 1 cell" in first["reason"]
    assert "used the same cell" in first["reason"]


def test_a_joint_use_names_both_lines():
    uses = rows(found(COLOCATION, together()), 1)
    assert len(uses) == 4
    assert (uses[0]["a_line"], uses[0]["b_line"]) == (66, 67)


@pytest.mark.parametrize(("minutes", "pairs"), [(6, 1), (5, 0)])
def test_uses_further_apart_than_the_minutes_do_not_count(minutes, pairs):
    assert len(rows(found(COLOCATION, together(), minutes=float(minutes)))) == pairs


def test_near_cells_count_as_one_only_where_asked():
    apart = calls(
        *((d, 13, "a", "shop", "north") for d in range(3)),
        *((d, 13, "b", "shop", "south") for d in range(3)),
    )
    assert rows(found(COLOCATION, apart, cells=True)) == []
    near = rows(found(COLOCATION, apart, cells=True, metres=200.0))
    assert [(row["a"], row["b"], row["times"]) for row in near] == [("a", "b", 3)]
    assert rows(found(COLOCATION, apart, cells=True, metres=50.0)) == []


def test_targets_are_compared_with_anybody_or_with_each_other():
    anybody = rows(found(COLOCATION, together(), targets=("a",)))
    assert [(row["a"], row["b"]) for row in anybody] == [("a", "b")]
    alone = found(COLOCATION, together(), targets=("a",), against="targets")
    assert rows(alone) == []
    both = found(COLOCATION, together(), targets=("b", "a"), against="targets")
    assert [(row["a"], row["b"]) for row in rows(both)] == [("a", "b")]


def test_both_cells_of_one_record_count():
    one = calls(*((d, 13, "a", "b", "north", "north") for d in range(2)))
    assert [(r["a"], r["b"], r["times"]) for r in rows(found(COLOCATION, one))] == [
        ("a", "b", 2)
    ]


def test_the_list_of_cells_gives_points_for_the_map():
    findings = found(COLOCATION, together(), cells=True)
    assert findings.places.num_rows == 4
    assert findings.places["lat"][0].as_py() == 52.95
    assert found(COLOCATION, together()).places is None


def journey(day: int, hour: float, who: str, sites: list[int]) -> list[tuple]:
    return [(day, hour + n / 2, who, "shop", f"s{s}") for n, s in enumerate(sites)]


def test_two_phones_over_three_sites_in_one_order_travel_together():
    made = calls(
        *journey(0, 9, "a", [1, 2, 3]), *journey(0, 9.1, "b", [1, 2, 3]),
        *journey(3, 15, "a", [3, 2, 1]), *journey(3, 15.1, "b", [3, 2, 1]),
    )  # fmt: skip
    findings = found(TRAVEL, made, cells=True)
    first = rows(findings)[0]
    assert (first["a"], first["b"], first["journeys"]) == ("a", "b", 2)
    assert [j["sites"] for j in rows(findings, 1)] == [
        ["site 1", "site 2", "site 3"],
        ["site 3", "site 2", "site 1"],
    ]


@pytest.mark.parametrize("other", [[1, 2, 4], [3, 2, 1]])
def test_two_phones_over_other_sites_or_the_other_way_do_not_travel_together(other):
    made = calls(*journey(0, 9, "a", [1, 2, 3]), *journey(0, 9.1, "b", other))
    assert rows(found(TRAVEL, made)) == []


MEETING = [
    (0, 9, "a", "b", "s1"), (0, 9.5, "b", "shop", "s2"),
    (0, 12, "a", "shop", "north"), (0, 12.1, "b", "shop", "north"),
    (0, 12.5, "a", "shop", "north"), (0, 12.6, "b", "shop", "north"),
    (0, 15, "b", "a", "s2"),
]  # fmt: skip


def test_two_phones_that_come_together_fall_silent_and_ring_again_met():
    first = rows(found(MEETINGS, calls(*MEETING)))[0]
    assert (first["who"], first["cell"]) == (["a", "b"], "north")
    assert first["begins"] == "2026-03-02T12:00:00+00:00"
    assert first["call_before"] == "2026-03-02T09:00:00+00:00"
    assert first["call_after"] == "2026-03-02T15:00:00+00:00"
    assert "a used s1" in first["apart"]
    assert "b used s2" in first["apart"]


@pytest.mark.parametrize(
    "instead",
    [
        [(0, 12.3, "a", "b", "north")],
        [*MEETING[:-1], (0, 8, "b", "a", "s2")],
        [*MEETING[2:], (0, 8, "a", "b", "north"), (0, 8, "b", "shop", "north")],
    ],
    ids=["they ring while there", "they never ring again", "they were never apart"],
)
def test_with_one_thing_otherwise_they_did_not_meet(instead):
    made = [*MEETING, *instead] if len(instead) == 1 else instead
    assert rows(found(MEETINGS, calls(*made))) == []


def homely() -> pa.Table:
    made = []
    for day in range(10):
        made += [(day, 23, "a", "shop", "north"), (day, 12, "a", "shop", "south")]
        made += [
            (day, 25.5, "a", "shop", "north"),
            (day, 19, "a", "shop", f"s{day % 5}"),
        ]
        made += [(day, 23, "b", "shop", f"s{day % 5}")]
    return calls(*made)


def test_the_cell_of_most_nights_is_a_likely_home_cell_and_of_workdays_a_work_cell():
    listed = {(r["number"], r["what"]): r for r in rows(found(HOMES, homely()))}
    home, work = listed["a", "home"], listed["a", "work"]
    assert (home["cell"], home["nights"], home["of"]) == ("north", 10, 10)
    assert (work["cell"], work["nights"], work["of"]) == ("south", 8, 8)
    assert home["qualifies"]
    assert not listed["b", "home"]["qualifies"]
    assert "used the cell north on 10 of the 10 nights" in home["reason"]


def test_a_day_turns_at_four_in_the_morning():
    days = rows(found(HOMES, homely(), targets=("a",)), 2)
    assert days[0] == {
        "number": "a", "day": "2026-03-02",
        "first_cell": "south", "first_at": "2026-03-02T12:00:00+00:00",
        "last_cell": "north", "last_at": "2026-03-03T01:30:00+00:00",
    }  # fmt: skip


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.name)
def test_no_calls_give_empty_tables(analysis):
    findings = found(analysis, evidence_kind("calls").empty())
    assert all(table.rows.num_rows == 0 for table in findings.tables)
    assert findings.answers[0].text.startswith("0 ")


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.name)
def test_a_table_without_cells_is_refused(analysis):
    with pytest.raises(MissingColumns, match="caller_cell"):
        found(analysis, together().drop_columns(["caller_cell"]))


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.name)
def test_the_words_say_that_a_phone_used_a_cell(analysis):
    said = [a.text for a in found(analysis, calls(*MEETING)).answers]
    assert not [text for text in said if " was at " in text]


@pytest.mark.slow
def test_both_engines_find_the_same_places():
    made = pa.concat_tables([together(), homely(), calls(*MEETING)])
    for analysis in ANALYSES:
        here = found(analysis, made, cells=True)
        there = found(analysis, made, cells=True, engine="spark")
        for one, other in zip(here.tables, there.tables, strict=True):
            assert one.rows.to_pylist() == other.rows.to_pylist(), one.name
