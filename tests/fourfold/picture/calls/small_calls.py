"""A few hundred made-up calls with a case of everything that the questions look for.

Two schedules hold some calls twice; a number texts many at once again and again; SIMs
and handsets change; a number falls silent; a short-lived one comes and goes.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from fourfold.intake.evidence import evidence_kind

BEGINS = datetime(2026, 6, 1, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")


def number(n: int) -> str:
    """A number of the range that no operator gives out."""
    return f"+447700900{n:03d}"


LINE, LEADER, RUNNER, QUIET, SHORT = (number(n) for n in (1, 2, 3, 4, 5))
PARAMETERS: dict[str, dict[str, Any]] = {
    "calls.common": {"targets": (LEADER, RUNNER, QUIET)},
    "calls.new-since": {"since": date(2026, 6, 7)},
    "calls.chains": {"minutes": 15.0},
    "calls.broadcasts": {"least_recipients": 5},
    "calls.short-lived": {"longest_days": 4.0},
    "calls.attribution": {"number": RUNNER, "other_numbers": (LEADER,)},
}


def call(
    at: datetime, caller: str, called: str, kind: str = "voice", **more: Any
) -> dict[str, Any]:
    """One row of calls; what is not said is unknown."""
    row = dict.fromkeys(evidence_kind("calls").schema.names, "") | {
        "input": 0,
        "line": 0,
        "kind": kind,
        "caller": caller,
        "called": called,
        "start_at": at,
        "start_local": at.astimezone(LONDON).replace(tzinfo=None),
        "seconds": 60 if kind == "voice" else 0,
        "subject": "caller",
    }
    return row | more


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as the reader gives them, numbered by line where they are not."""
    numbered = [
        row | ({} if row["line"] else {"line": n}) for n, row in enumerate(rows, 2)
    ]
    return pa.Table.from_pylist(numbered, schema=evidence_kind("calls").schema)


def small_calls() -> pa.Table:
    """The calls; always the same."""
    chance = Random(4)
    rows = [*_everyday(chance), *_line(chance), *_chains(), *_short(), *_services()]
    rows += _seen_twice(rows)
    return table(rows)


def _everyday(chance: Random) -> list[dict[str, Any]]:
    """Eight people who ring each other for two weeks; the fourth stops for four."""
    rows = []
    for day in range(14):
        for _turn in range(18):
            a, b = chance.sample(range(2, 10), 2)
            at = BEGINS + day * DAY + timedelta(seconds=chance.randrange(43_200))
            if 4 in (a, b) and 5 <= day < 9:
                continue
            kind = chance.choice(["voice", "voice", "text"])
            rows.append(
                call(
                    at,
                    number(a if a != 5 else 12),
                    number(b if b != 5 else 12),
                    kind,
                    seconds=chance.randrange(1, 600) if kind == "voice" else 0,
                    caller_imei=f"3500000000{a:03d}{int(day > 6 and a == 2)}",
                    caller_imsi=f"2341000000{a:04d}{int(day > 9 and a == 3)}",
                    caller_cell=f"234-10-100-{a % 4}",
                    called_cell=f"234-10-100-{b % 4}" if b < 4 else "",
                )
            )
    return rows


def _line(chance: Random) -> list[dict[str, Any]]:
    """On five days the line texts the same customers; some ring back in an hour."""
    rows = []
    for day in range(5):
        at = BEGINS + day * DAY + 2 * HOUR
        for customer in range(20, 29):
            rows.append(call(at, LINE, number(customer), "text"))
            if chance.random() < 0.5:
                back = at + timedelta(minutes=chance.randrange(5, 55))
                rows.append(call(back, number(customer), LINE))
            at += timedelta(seconds=20)
    return rows


def _chains() -> list[dict[str, Any]]:
    """Every other day the leader rings the runner, who at once rings a third."""
    rows = []
    for day in range(0, 12, 2):
        at = BEGINS + day * DAY + 13 * HOUR + day * MINUTE
        rows.append(call(at, LEADER, RUNNER, seconds=90))
        rows.append(call(at + 4 * MINUTE, RUNNER, number(30), seconds=30))
    return rows


def _short() -> list[dict[str, Any]]:
    """A number that lives for two days and rings three others."""
    first = BEGINS + 6 * DAY
    return [
        call(first + n * 5 * HOUR, SHORT, number(2 + n % 3), caller_imei="3" * 14)
        for n in range(8)
    ]


def _services() -> list[dict[str, Any]]:
    at = BEGINS + 9 * HOUR
    data = call(at, LEADER, "", "data", caller_imei="35000000000020")
    return [
        call(at, LEADER, "60777", "text"),
        call(at + HOUR, "Vodafone", LEADER, "text"),
        call(at + DAY, LEADER, "121", "voicemail"),
        data,
    ]


def _seen_twice(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The schedule of the leader in another file, its clock two seconds ahead."""
    ahead = timedelta(seconds=2)
    return [
        row
        | {
            "input": 1,
            "line": n,
            "subject": "called",
            "start_at": row["start_at"] + ahead,
            "start_local": row["start_local"] + ahead,
            "called_cell": "234-10-100-9",
            "caller_cell": "",
        }
        for n, row in enumerate(rows, 2)
        if row["called"] == LEADER and row["caller"] != "Vodafone"
    ]
