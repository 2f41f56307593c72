"""Are instants and clocks worked out by months as zones' own rules have them?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.intake.bulk.moments import clock_sql, instant_sql, steady_months

ZONES = (
    "Europe/London",
    "UTC",
    "Europe/Istanbul",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
)
FIRST, LAST = datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2036-12-31")
HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def base():
    with duckdb.connect(config={"threads": "1"}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


def asked(base, sql: str, moments: list[datetime]) -> list[datetime]:
    query = f"SELECT epoch_us({sql}) FROM (SELECT unnest($1) AS m)"
    begun = datetime(1970, 1, 1, tzinfo=UTC)
    found = base.execute(query, [moments]).fetchall()
    return [begun + timedelta(microseconds=micros) for (micros,) in found]


@pytest.mark.parametrize("zone", ZONES)
@settings(deadline=None)
@given(moments=st.lists(st.datetimes(FIRST, LAST), min_size=1))
def test_clocks_and_instants_are_those_of_the_zone(base, zone, moments):
    of = ZoneInfo(zone)
    whole = [moment.replace(microsecond=0) for moment in moments]
    shown = asked(
        base,
        clock_sql("m", zone),
        [moment.replace(tzinfo=UTC) for moment in whole],
    )
    assert [one.replace(tzinfo=None) for one in shown] == [
        moment.replace(tzinfo=UTC).astimezone(of).replace(tzinfo=None)
        for moment in whole
    ]
    there = [m for m in whole if _exists(m, of)]
    if there:
        assert asked(base, instant_sql("m", zone), there) == [
            moment.replace(tzinfo=of, fold=0).astimezone(UTC) for moment in there
        ]


@pytest.mark.parametrize(
    "written",
    [
        "2021-10-31 01:30",
        "2022-03-27 02:00",
        "2022-03-31 23:59:59",
        "2022-04-01 00:30",
        "2022-10-31 23:59",
        "2022-11-01 00:00",
    ],
)
def test_the_edges_of_summer_in_london(base, written):
    moment = datetime.fromisoformat(written)
    of = ZoneInfo("Europe/London")
    found = asked(base, instant_sql("m", "Europe/London"), [moment])
    assert found == [moment.replace(tzinfo=of, fold=0).astimezone(UTC)]


def test_london_keeps_its_distance_but_when_clocks_change():
    steady = {ahead: set(months) for ahead, months in steady_months("Europe/London")}
    assert {months: ahead for ahead, held in steady.items() for months in held} == {
        **dict.fromkeys((1, 2, 11, 12), 0),
        **dict.fromkeys((4, 5, 6, 7, 8, 9), HOUR),
    }


def test_a_zone_that_changed_its_mind_has_few_steady_months():
    assert steady_months("Asia/Kolkata")[0][1] == tuple(range(1, 13))
    summer = {
        month for _, months in steady_months("Europe/Istanbul") for month in months
    }
    assert 1 not in summer


def _exists(moment: datetime, of: ZoneInfo) -> bool:
    """Did the clocks of the zone show it?"""
    back = moment.replace(tzinfo=of).astimezone(UTC).astimezone(of)
    return back.replace(tzinfo=None) == moment
