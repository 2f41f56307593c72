"""Are times and addresses written one way, and the doubtful ones counted?"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.intake.handsets.addresses import address, imei_14, is_number
from fourfold.intake.handsets.clock import clock_of, zone_named


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2023-05-12T20:15:00.000+00:00", "2023-05-12T20:15:00+00:00"),
        ("2023-05-12T20:15:00.123456789Z", "2023-05-12T20:15:00.123456+00:00"),
        ("2023-05-12T20:15:00+0100", "2023-05-12T19:15:00+00:00"),
        ("12/05/2023 20:15:00(UTC+1)", "2023-05-12T19:15:00+00:00"),
        ("12/05/2023 08:15:00 PM (UTC-05:30)", "2023-05-13T01:45:00+00:00"),
        ("2023-05-12 20:15", "2023-05-12T19:15:00+00:00"),
        ("2023-01-12 20:15", "2023-01-12T20:15:00+00:00"),
    ],
)
def test_each_way_of_writing_a_moment_is_read(text, at):
    assert clock_of("").moment(text).at.isoformat() == at


@pytest.mark.parametrize(
    "text", ["", "soon", "2023-13-12T00:00:00Z", "0001-01-01T00:00:00Z"]
)
def test_what_is_no_moment_is_none(text):
    assert clock_of("").moment(text) is None


def test_an_hour_that_ran_twice_or_never_is_counted():
    clock = clock_of("Europe/London")
    assert (
        clock.moment("2023-10-29 01:30").at.isoformat() == "2023-10-29T00:30:00+00:00"
    )
    assert (clock.twice, clock.never) == (1, 0)
    clock.moment("2023-03-26 01:30")
    assert (clock.twice, clock.never) == (1, 1)
    assert len(clock.remarks("x")) == 2


@given(st.integers(631_152_000, 2_114_380_800))
def test_the_wall_clock_of_an_instant_leads_back_to_it(seconds):
    at = datetime.fromtimestamp(seconds, UTC)
    clock = clock_of("Europe/London")
    moment = clock.from_instant(at)
    again = clock.from_local(moment.local)
    assert again.at == at or clock.twice == 1


def test_the_zone_that_a_report_names_is_found():
    assert zone_named("(UTC+01:00) Paris (Europe/Paris)").key == "Europe/Paris"
    assert zone_named("GMT Standard Time") is None
    assert zone_named("Europe/Atlantis") is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("07700 900101", "+447700900101"),
        ("+44 7700 900101", "+447700900101"),
        ("\u202a+44\u00a07700\u00a0900101\u202c", "+447700900101"),
        ("00447700900101", "+447700900101"),
        ("447700900101@s.whatsapp.net", "+447700900101"),
        ("(020) 7946-0000", "+442079460000"),
        ("60999", "60999"),
        ("Kez@Example.COM", "kez@example.com"),
        ("dez_9", "dez_9"),
        ("", ""),
    ],
)
def test_an_address_is_written_one_way(text, written):
    assert address(text) == written
    assert address(address(text)) == written


def test_a_name_with_digits_is_no_number():
    assert is_number("07700 900101")
    assert not is_number("Kez 2")


def test_handsets_are_compared_on_fourteen_digits():
    assert (
        imei_14("26-053179-311383-7") == imei_14("2605317931138300") == "26053179311383"
    )
    assert imei_14("12") == ""
