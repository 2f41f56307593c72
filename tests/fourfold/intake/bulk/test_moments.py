"""Is each moment read as it was meant, and which were not certain?"""

from datetime import UTC, datetime

import pytest

from fourfold.intake.bulk.moments import GROUPS, in_letters, said_style

HEAD = "from,to,date time\n"


def call(at: str, number: int = 2) -> str:
    return f"07700900001,0770090000{number},{at}\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("13/04/22 10:11:12", "2022-04-13 10:11:12"),
        ("13-Apr-22 10:11", "2022-04-13 10:11"),
        ("13.04.2022 10:11", "2022-04-13 10:11"),
        ("2022-04-13T10:11:12", "2022-04-13 10:11:12"),
        ("20220413 1011", "2022-04-13 10:11"),
        ("20220413101112", "2022-04-13 10:11:12"),
        ("13 April 2022 10:11", "2022-04-13 10:11"),
        ("13/04/2022 10:11 PM", "2022-04-13 22:11"),
        ("1649841072", "2022-04-13 10:11:12"),
        ("1649841072000", "2022-04-13 10:11:12"),
    ],
)
def test_a_moment_is_read_however_it_is_usually_written(read, written, meant):
    (row,) = read("calls", HEAD + call(written)).rows
    assert row["start_local"] == datetime.fromisoformat(meant)
    assert row["start_at"] == datetime.fromisoformat(meant).replace(
        tzinfo=UTC, hour=datetime.fromisoformat(meant).hour - 1
    )


def test_a_year_of_two_figures_among_others_is_of_this_century(read):
    found = read("calls", HEAD + call("13/04/22 10:11") + call("14/04/2022 10:11"))
    assert [r["start_local"].year for r in found.rows] == [2022, 2022]


def test_a_year_long_past_is_a_fault(read):
    found = read("calls", HEAD + call("13/04/2022 10:11") + call("13/04/0022 10:11"))
    assert found.faults == [(3, "start_at", "13/04/0022 10:11")]


@pytest.mark.parametrize(
    ("zone", "first"),
    [("Europe/London", 0), ("UTC", 1), ("America/New_York", None)],
)
def test_an_hour_shown_twice_is_read_as_its_first_and_said(read, zone, first):
    text = HEAD + call("30/10/2022 00:30") + call("30/10/2022 01:30")
    found = read("calls", text, zone=zone)
    said = "shown twice" in " ".join(found.reading.notes).replace("showed", "shown")
    assert said == (zone == "Europe/London")
    if first is not None:
        assert found.rows[1]["start_at"].hour == first


def test_days_far_below_the_first_rows_say_whether_months_stand_first(read):
    rows = "".join(
        call(f"05/04/2022 10:{n // 60 % 60:02d}:{n % 60:02d}") for n in range(3000)
    )
    days = read("calls", HEAD + rows * 8 + call("13/05/2022 10:11:12"))
    assert days.rows[-1]["start_local"].month == 5
    assert days.rows[0]["start_local"].month == 4


def test_months_first_is_found_by_the_whole_column(read):
    rows = "".join(
        call(f"05/04/2022 10:{n // 60 % 60:02d}:{n % 60:02d}") for n in range(3000)
    )
    found = read("calls", HEAD + rows + call("05/13/2022 10:11:12"))
    assert found.rows[0]["start_local"].month == 5
    assert "Months of a.csv stand before days" in " ".join(found.reading.notes)


@pytest.mark.parametrize("nothing", ["0", "000000000000000", "", "n/k"])
def test_noughts_and_blanks_are_no_handset(read, nothing):
    text = f"from,to,date time,imei,imsi\n1,2,13/04/2022 10:11,{nothing},{nothing}\n"
    (row,) = read("calls", text).rows
    assert (row["caller_imei"], row["caller_imsi"]) == ("", "")


@pytest.mark.parametrize(
    ("imei", "good"),
    [
        ("260531793113837", True),
        ("260531793113830", True),
        ("260531793113835", False),
        ("010531793113839", False),
        ("2605317931138", False),
        ("26053179311e383", False),
        ("2605317931138399", True),
    ],
)
def test_the_check_digit_of_an_imei_is_counted(read, imei, good):
    text = f"from,to,date time,imei\n1,2,13/04/2022 10:11,{imei}\n"
    assert read("calls", text).arithmetic == ((1, 1, 0, 0) if good else (1, 0, 0, 1))


@pytest.mark.parametrize(
    "style", [one for group in GROUPS.values() for one in group if "%B" not in one]
)
def test_a_style_is_told_in_letters_that_are_read_back(style):
    letters = in_letters(style)
    assert "%" not in letters
    if "%I" not in style and "%f" not in style:
        assert said_style(letters).styles == (style,)
