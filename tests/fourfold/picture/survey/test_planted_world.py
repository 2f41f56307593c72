"""An invented world whose truth is known: is it found again?"""

import ibis
import pyarrow as pa
import pytest

from fourfold.base.analysis import Case
from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.picture.running import evidence_read, run_analysis
from fourfold.picture.survey.readings import readings
from fourfold.region.bulk.survey import (
    GONE,
    WEAKER,
    cell_site_list,
    place,
    survey_rows,
    world,
)
from fourfold.region.bulk.survey_files import write_survey_files
from tests.fourfold.picture.survey.small_survey import QUESTIONS, rows_of, texts_of

ROWS = 80_000
CELLS = world(0)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def surveys():
    return {
        second: pa.concat_tables(survey_rows(ROWS, second=second))
        for second in (False, True)
    }


def found_in(engine, question, tables, **parameters):
    analysis = QUESTIONS[question]
    held = {kind: ibis.memtable(table) for kind, table in tables.items()}
    return analysis.run(Case(held, analysis.settle(parameters), engine))


def test_the_same_seed_gives_the_same_rows(surveys):
    again = pa.concat_tables(survey_rows(ROWS))
    assert again.equals(surveys[False])


def test_nearly_every_neighbour_that_is_resolved_is_the_cell_that_it_was(
    engine, surveys
):
    truth = pa.concat_tables(survey_rows(ROWS, identified=True)).to_pylist()
    was = {(r["technology"], r["line"], r["colour"]): r["cell"] for r in truth}
    analysis = QUESTIONS["strongest"]
    tables = {"survey": surveys[False], "cells": cell_site_list()}
    held = {kind: ibis.memtable(table) for kind, table in tables.items()}
    found = readings(Case(held, analysis.settle({}), engine))
    resolved = found.rows.filter(found.rows.sure == "resolved").to_pyarrow()
    right = [
        was[row["technology"], row["line"], row["colour"]] == row["name"]
        for row in resolved.to_pylist()
    ]
    assert len(right) > 20_000
    assert sum(right) / len(right) > 0.97


def test_a_cell_that_fell_silent_is_gone_and_a_weaker_one_is_weaker(engine, surveys):
    both = pa.concat_tables([surveys[False], surveys[True]])
    found = found_in(engine, "compare", {"survey": both, "cells": cell_site_list()})
    changes = {row["cell"]: row["change"] for row in rows_of(found)}
    assert changes[CELLS.names[GONE]] == "gone"
    assert changes[CELLS.names[WEAKER]] in ("weaker", "heard in fewer squares")
    others = {c for c in changes if c not in (CELLS.names[GONE], CELLS.names[WEAKER])}
    wrong = [c for c in others if changes[c] in ("gone", "new", "stronger", "weaker")]
    assert len(wrong) <= len(others) * 0.01


def test_a_cell_could_serve_ahead_of_its_mast_and_not_far_behind(engine, surveys):
    tables = {"survey": surveys[False]}
    lat, lon = place(CELLS.x[GONE], CELLS.y[GONE])
    near = f"{lat:.5f}, {lon:.5f}"
    asked = {"cell": CELLS.names[GONE], "metres": 700.0}
    here = found_in(engine, "could-serve", tables, place=near, **asked)
    assert texts_of(here).startswith("Consistent")
    lat, lon = place(CELLS.x[0], CELLS.y[0])
    there = found_in(
        engine, "could-serve", tables, place=f"{lat:.5f}, {lon:.5f}", **asked
    )
    assert texts_of(there).startswith(("Not consistent", "Cannot tell"))


def test_the_files_of_the_made_up_region_are_read_and_planned(tmp_path):
    files = write_survey_files(tmp_path / "given")
    read = [
        read_evidence(kind, [path], ReadingOptions(), tmp_path / kind)
        for kind, path in files.items()
    ]
    assert all(one.quarantined == one.repeated == 0 for one in read)
    by_kind = dict(zip(files, read, strict=True))
    assert by_kind["survey"].loaded == 4 * 3_600
    asked = {"serve": CELLS.names[120:126], "depot": "52.6386, -1.1317"}
    evidence = evidence_read([by_kind[kind] for kind in ("visits", "cells", "roads")])
    result = run_analysis(QUESTIONS["plan"], evidence, asked)
    assert "12 of 12 places covered" in texts_of(result.findings)
    school = next(s for s in result.records() if "School" in s["covers"])
    assert "10:00" <= school["arrives"] <= "11:50"
