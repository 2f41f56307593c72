"""When the traffic of a number falls away or sets in."""

import numpy as np
import pyarrow as pa
import pytest

from fourfold.picture.calls.handover_change import Changes, falls, on_day, rises
from fourfold.picture.calls.handover_traffic import Traffic, number_totals, traffic_of

DAY = 86_400_000_000


def traffic(days: dict[str, list[float]]) -> Traffic:
    """Each number's events, by days after the start, with one contact."""
    rows = [
        {
            "number": number, "other": f"to {number} {at}", "out": True,
            "at": int(day * DAY), "local": int(day * DAY), "seconds": 10,
            "cell": "", "imei": "",
        }
        for number, times in days.items()
        for at, day in enumerate(times)
    ]  # fmt: skip
    instant, clock = pa.timestamp("us", tz="UTC"), pa.timestamp("us")
    types = {"out": pa.bool_(), "at": instant, "local": clock, "seconds": pa.int64()}
    names = ("number", "other", "out", "at", "local", "seconds", "cell", "imei")
    schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
    events = pa.Table.from_pylist(rows, schema=schema)
    import ibis

    totals = number_totals(ibis.memtable(events)).to_pyarrow()
    return traffic_of(events, totals)


def changed(changes: Changes, given: Traffic) -> dict[str, float]:
    names = [given.names[n] for n in changes.numbers]
    return dict(zip(names, (changes.at / DAY).tolist(), strict=True))


STEADY = [d / 2 for d in range(40)]


def test_a_number_that_falls_silent_falls_at_its_last_event():
    given = traffic({"steady": STEADY, "stops": [d / 2 for d in range(20)]})
    assert changed(falls(given, 4, 0.35), given)["stops"] == 9.5


def test_a_number_that_sets_in_rises_at_its_first_event():
    given = traffic({"steady": STEADY, "starts": [10 + d / 2 for d in range(20)]})
    assert changed(rises(given, 4, 0.35), given)["starts"] == 10.0


def test_a_stray_event_afterwards_does_not_move_the_fall():
    given = traffic({"steady": STEADY, "stops": [*(d / 2 for d in range(20)), 17.0]})
    found = falls(given, 4, 0.35)
    place = [given.names[n] for n in found.numbers].index("stops")
    assert (found.at[place] / DAY, found.kept[place], found.stray[place]) == (
        9.5,
        20,
        1,
    )


def test_a_steady_number_is_less_sure_to_change_than_one_that_stops():
    given = traffic({"steady": STEADY, "stops": [d / 2 for d in range(20)]})
    found = falls(given, 4, 0.35)
    sure = dict(zip((given.names[n] for n in found.numbers), found.sure, strict=True))
    assert sure["stops"] > 10 > 2 > sure.get("steady", 0.0)


def test_a_longer_silence_is_surer():
    short = traffic({"steady": STEADY, "stops": [d / 2 for d in range(34)]})
    long = traffic({"steady": STEADY, "stops": [d / 2 for d in range(24)]})
    surest = [max(falls(given, 4, 0.35).sure) for given in (short, long)]
    assert surest[0] < surest[1]


@pytest.mark.parametrize("least", [20, 21])
def test_a_number_with_too_few_events_is_left_out(least):
    given = traffic({"steady": STEADY, "stops": [d / 2 for d in range(20)]})
    assert ("stops" in changed(falls(given, least, 0.35), given)) is (least == 20)


def test_only_changes_near_a_day_are_kept():
    given = traffic({"steady": STEADY, "stops": [d / 2 for d in range(20)]})
    found = falls(given, 4, 0.35)
    assert "stops" in changed(on_day(found, 10 * DAY, DAY), given)
    assert "stops" not in changed(on_day(found, 15 * DAY, DAY), given)


def test_a_fall_backwards_in_time_is_a_rise():
    times = np.array([0, 0.4, 1.1, 1.7, 2.2, 2.9, 3.3])
    given = traffic({"x": times.tolist(), "end": [20.0]})
    turned = traffic({"x": sorted((20 - times).tolist()), "end": [0.0]})
    fall, rise = falls(given, 4, 0.35), rises(turned, 4, 0.35)
    assert fall.sure == pytest.approx(rise.sure)


def test_nothing_changes_in_an_empty_table():
    given = traffic({})
    assert len(falls(given, 4, 0.35)) == len(rises(given, 4, 0.35)) == 0
