"""Is every row of a file accounted for, whatever it holds?"""

import hashlib
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.intake.delivery import read_delivery
from fourfold.intake.kinds import KINDS
from fourfold.intake.rows import row_digest, row_key, row_of, row_text

from .made_rows import blank_row, threat

HEAD = "ref,name,rank,joined_on\n"
TODAY = date(2022, 6, 1)
GOOD, BAD, REPEATED, CHANGED = "good", "bad", "repeated", "changed"


def read(path, content, **more):
    path.write_text(content, encoding="utf-8")
    return read_delivery(path, "officers", "derbyshire", today=TODAY, **more)


def line_of(n, sort):
    """A line of that sort, to stand as the n-th row; repeats repeat row 0."""
    return {
        GOOD: f"N{n},Ash {n},PC,2021-03-01\n",
        BAD: f"N{n},,PC,2021-02-30\n",
        REPEATED: "N0,Ash 0,PC,2021-03-01\n",
        CHANGED: f"N0,Oak {n},PC,2021-03-01\n",
    }[sort]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from([GOOD, BAD, REPEATED, CHANGED]), max_size=20))
def test_rows_are_whole_repeated_or_kept_back_and_nothing_is_lost(tmp_path, sorts):
    sorts = [GOOD, *sorts]
    content = HEAD + "".join(line_of(n, sort) for n, sort in enumerate(sorts))
    with read(tmp_path / "officers.csv", content) as reading:
        assert reading.rows == len(sorts)
        assert reading.rows == reading.whole + reading.repeats + reading.quarantined
        assert reading.whole == sorts.count(GOOD) == len(list(reading.whole_rows()))
        assert reading.repeats == sorts.count(REPEATED)
        kept_back = [row.line for row in reading.quarantined_rows()]
        wrong = [n for n, s in enumerate(sorts, start=2) if s in (BAD, CHANGED)]
        assert kept_back == wrong
        assert {fault.line for fault in reading.faults()} == set(wrong)


def test_a_repeat_with_other_content_names_the_line_it_repeats(tmp_path):
    content = HEAD + line_of(0, GOOD) + line_of(1, GOOD) + line_of(2, CHANGED)
    with read(tmp_path / "officers.csv", content) as reading:
        (fault,) = reading.faults()
    assert (fault.line, fault.field, fault.value) == (4, "ref", "N0")
    assert fault.fault == "repeats line 2 with other content"


def test_a_faulty_row_does_not_hold_its_key_against_a_whole_one(tmp_path):
    content = HEAD + "N0,,PC,\n" + line_of(0, GOOD)
    with read(tmp_path / "officers.csv", content) as reading:
        assert (reading.whole, reading.quarantined, reading.repeats) == (1, 1, 0)


def test_the_answer_adds_up_with_what_the_records_say(tmp_path):
    content = HEAD + "".join(
        line_of(n, sort) for n, sort in enumerate([GOOD, GOOD, GOOD, REPEATED, BAD])
    )
    with read(tmp_path / "officers.csv", content) as reading:
        said = reading.as_json(delivery="D-1", loaded=1, changed=1, unchanged=1)
    assert said["sha256"] == hashlib.sha256(content.encode()).hexdigest()
    counts = [said[k] for k in ("loaded", "changed", "unchanged", "quarantined")]
    assert (counts, said["rows"]) == ([1, 1, 2, 1], 5)
    assert said["faults"][0] == {
        "line": 6,
        "field": "name",
        "value": "",
        "fault": "no value",
        "mend": "Give one; every row of this kind needs it.",
    }


def test_what_stood_in_a_row_that_is_kept_back_can_be_shown(tmp_path):
    with read(tmp_path / "officers.csv", HEAD + line_of(7, BAD)) as reading:
        (row,) = reading.quarantined_rows()
    assert row.raw[:2] == ("N7", "")
    assert [f.field for f in row.faults] == ["name", "joined_on"]


def test_somebody_is_told_how_many_rows_were_read(tmp_path):
    told = []
    content = HEAD + "".join(line_of(n, GOOD) for n in range(2_500))
    with read(tmp_path / "officers.csv", content, told=told.append):
        assert told == [1_000, 2_000]


def test_the_same_row_has_the_same_digest_and_another_row_another():
    assert row_digest(threat()) == row_digest(dict(reversed(threat().items())))
    assert row_digest(threat()) != row_digest(threat(tier=1))
    assert row_digest(threat(tags=[])) != row_digest(threat(tags=None))


def test_a_digest_is_that_of_canonical_json_and_stays_so():
    row = {"ref": "N1", "joined_on": date(2021, 3, 1), "tags": [], "body": "derbyshire"}
    assert row_text(row) == (
        '{"body":"derbyshire","joined_on":"2021-03-01","ref":"N1","tags":[]}'
    )
    assert row_digest(row).startswith("3f81603255b47d25")


def test_a_row_comes_back_from_its_text():
    row = threat(tags=["prison"], score=1.5, closed_on=date(2022, 1, 1))
    assert row_of(row_text(row), KINDS["threats"]) == row


def test_a_key_of_several_fields_names_them_all():
    kind = KINDS["attendance"]
    row = blank_row(kind) | {"meeting": "M-1", "invited": "emsou"}
    assert row_key(kind, row) == "M-1 | emsou | "
    assert row_key(KINDS["threats"], threat()) == "T-1"


READ_AND_SAY = """
import sys
from fourfold.intake.delivery import read_delivery

def peak():  # not getrusage: its peak is also that of the process we came from
    with open("/proc/self/status") as status:
        return int(status.read().split("VmHWM:")[1].split()[0])

before = peak()
with read_delivery(sys.argv[1], "officers", "derbyshire") as reading:
    after = peak()
    print(reading.rows, reading.whole, reading.quarantined, (after - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Ash", ""])
def test_a_large_file_whole_or_all_faulty_takes_little_memory(tmp_path, name):
    path = tmp_path / "officers.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"N{n},{name},PC {n},2021-03-01\n" for n in range(200_000))
    said = subprocess.run(
        [sys.executable, "-c", READ_AND_SAY, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    rows, whole, kept_back, megabytes = map(int, said.stdout.split())
    assert (rows, whole + kept_back) == (200_000, 200_000)
    assert megabytes < 60
