"""What do records hold, and what do they lack?"""

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, LEADER, RUNNER, call

ROWS = [
    *(call(BEGINS + n * DAY, LEADER, RUNNER, caller_cell="X") for n in (0, 1, 3)),
    call(BEGINS, LEADER, "", "data"),
    call(BEGINS, LEADER, RUNNER, subject="called", input=1),
]


def _facts(rows, **asked):
    return dict(picked(ask("summary", rows, **asked), "measure", "value"))


def test_rows_numbers_and_gaps_are_counted():
    facts = _facts(ROWS)
    assert (facts["rows"], facts["numbers"], facts["full telephone numbers"]) == (
        5,
        2,
        2,
    )
    assert (facts["rows of kind voice"], facts["rows of kind data"]) == (4, 1)
    assert facts["rows without the caller's cell"] == 2
    assert facts["records of a call that another record holds too"] == 1


def test_a_day_without_rows_is_named():
    result = ask("summary", ROWS)
    days = result.findings.tables[1].rows.to_pylist()
    assert [(str(d["day"]), d["remark"]) for d in days if d["remark"]] == [
        ("2026-06-03", "no rows")
    ]
    assert "3 June 2026 (no rows)" in result.findings.answers[-1].text


def test_columns_that_are_wholly_empty_are_said():
    said = " ".join(answer.text for answer in ask("summary", ROWS).findings.answers)
    assert "No row holds" in said
    assert "the caller's handset" in said
    assert "the caller's cell" not in said


def test_an_empty_file_says_so():
    result = ask("summary", [])
    assert result.findings.answers[0].text == "There are no rows."
    assert _facts([])["rows"] == 0
