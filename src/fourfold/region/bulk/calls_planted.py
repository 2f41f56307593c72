"""What is planted among made-up calls, and what should be found of it?

- replacements: a number falls silent, another takes over its contacts and places; a
  crew changes all its phones on one day; a new SIM goes into the old handset;
- handset_swaps: a SIM goes into another handset;
- lines: a number tells its customers by text that it is open;
- meetings: two phones that ring each other use one cell, silent towards each other;
- travels: two phones use the same cells in a row, on several days.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from fourfold.intake.evidence import evidence_kind
from fourfold.region.bulk.calls_cells import HIGH, WIDE, cell_name

SINGLES, SIM_SWAPS, CREW, HANDSETS = 15, 10, 5, 30
LINES, CUSTOMERS, TOLD = 3, 60, 40
MEETINGS, TRAVELS, STAGES = 6, 4, 6
WITHOUT = ("input", "line")
LEFT_AT = (18, 40)
"""Days between which numbers and handsets change (chosen)."""


@dataclass
class Phone:
    """One planted phone: number, SIM, handset and the masts that it uses."""

    number: str
    imsi: str
    imei: str
    masts: list[int] = field(default_factory=list)


@dataclass
class Plot:
    """What is being planted: chance, the first day, how many there are, rows so far."""

    chance: random.Random
    first: datetime
    days: int
    ordinary: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    made: int = 0

    def phone(self) -> Phone:
        """Another phone that nobody had before, with two masts of its own."""
        self.made += 1
        mast = self.chance.randrange(WIDE * HIGH)
        near = mast + self.chance.choice((1, 2, WIDE, WIDE + 1))
        return Phone(
            f"+9999{self.made:08d}",
            f"00101{9_000_000_000 + self.made}",
            f"86{self.made:012d}",
            [mast, near],
        )

    def stranger(self) -> str:
        """An ordinary number."""
        return f"+9997{self.chance.randrange(self.ordinary):08d}"

    def at(self, day: int, hour: float | None = None) -> datetime:
        """A moment of a day: at an hour, or when people ring."""
        if hour is None:
            hour = min(max(self.chance.gauss(15, 3.5), 0.0), 23.9)
        return self.first + timedelta(days=day, seconds=int(hour * 3600))

    def ring(self, one: Phone, other: Phone | str, at: datetime, **what: Any) -> None:
        """Note one call or text, from masts of the phones unless another is said."""
        met = other if isinstance(other, Phone) else None
        mast = what.get("mast", self._mast(one))
        there = what.get("there", self._mast(met) if met else None)
        kind = what.get("kind", "voice")
        seconds = 0 if kind == "text" else self.chance.choice((0, 12, 34, 61, 150))
        self.rows.append(
            {
                "kind": kind,
                "caller": one.number,
                "called": met.number if met else str(other),
                "forwarded_to": "",
                "start_at": at,
                "start_local": at.replace(tzinfo=None),
                "seconds": seconds,
                "subject": "",
                "caller_imei": one.imei,
                "caller_imsi": one.imsi,
                "called_imei": met.imei if met else "",
                "called_imsi": met.imsi if met else "",
                "caller_cell": cell_name(mast),
                "caller_last_cell": cell_name(mast),
                "called_cell": "" if there is None else cell_name(there),
                "called_last_cell": "" if there is None else cell_name(there),
            }
        )

    def _mast(self, phone: Phone) -> int:
        return phone.masts[0] if self.chance.random() < 0.6 else phone.masts[1]


def planted_calls(
    first: datetime, days: int, ordinary: int, seed: int
) -> tuple[pa.Table, dict[str, pa.Table]]:
    """The planted events, in no order, and a table of truth for each thing to be found.

    Args:
        first: the first day, at midnight UTC.
        days: how many there are.
        ordinary: how many ordinary phones there are to ring.
        seed: another seed, other events.
    """
    chance = random.Random(seed)  # noqa: S311 (nothing secret hangs on it)
    plot = Plot(chance, first, days, ordinary)
    truth = {
        "replacements": [*_singles(plot), *_crew(plot), *_sim_swaps(plot)],
        "handset_swaps": list(_handset_swaps(plot)),
        "lines": list(_lines(plot)),
        "meetings": list(_meetings(plot)),
        "travels": list(_travels(plot)),
    }
    truth["sim_swaps"] = [
        {"imei": r["imei"], "old": r["old_imsi"], "new": r["new_imsi"]}
        for r in truth["replacements"]
        if r["how"] == "sim"
    ]
    schema = evidence_kind("calls").schema
    kept = pa.schema([f for f in schema if f.name not in WITHOUT])
    table = pa.Table.from_pylist(plot.rows, schema=kept)
    return table, {name: pa.Table.from_pylist(rows) for name, rows in truth.items()}


def _singles(plot: Plot) -> Iterator[dict[str, Any]]:
    for _ in range(SINGLES):
        old, new = plot.phone(), plot.phone()
        new.masts = list(old.masts)
        yield _replaced(plot, old, new, "phone")


def _sim_swaps(plot: Plot) -> Iterator[dict[str, Any]]:
    for _ in range(SIM_SWAPS):
        old, new = plot.phone(), plot.phone()
        new.masts, new.imei = list(old.masts), old.imei
        yield _replaced(plot, old, new, "sim")


def _replaced(plot: Plot, old: Phone, new: Phone, how: str) -> dict[str, Any]:
    """Rings of two phones of one person; the second keeps six of eight contacts."""
    day = plot.chance.randint(*LEFT_AT)
    gap = plot.chance.randint(0, 3)
    circle = [plot.stranger() for _ in range(8)]
    later = [*circle[:6], *(plot.stranger() for _ in range(2))]
    _often(plot, old, circle, range(day), 4)
    _often(plot, new, later, range(day + gap, plot.days), 4)
    return _truth(old, new, how, plot.at(day, 0.0))


def _truth(old: Phone, new: Phone, how: str, at: datetime) -> dict[str, Any]:
    return {
        "old": old.number,
        "new": new.number,
        "how": how,
        "changed_on": at.date(),
        "imei": new.imei if old.imei == new.imei else "",
        "old_imsi": old.imsi,
        "new_imsi": new.imsi,
    }


def _crew(plot: Plot) -> Iterator[dict[str, Any]]:
    """Five people who ring one another, and hardly anybody else, change on one day."""
    old = [plot.phone() for _ in range(CREW)]
    new = [plot.phone() for _ in range(CREW)]
    day = plot.chance.randint(*LEFT_AT)
    outside = [[plot.stranger() for _ in range(3)] for _ in range(CREW)]
    for before, after in zip(old, new, strict=True):
        after.masts = list(before.masts)
    for phones, days, kept in ((old, range(day), 3), (new, range(day, plot.days), 1)):
        for at, phone in enumerate(phones):
            near = phones[(at + 1) % CREW], phones[(at + 2) % CREW]
            _often(plot, phone, [*near, *near, *outside[at][:kept]], days, 5)
    for before, after in zip(old, new, strict=True):
        yield _truth(before, after, "crew", plot.at(day, 0.0))


def _often(
    plot: Plot, phone: Phone, met: Sequence[Phone | str], days: range, most: int
) -> None:
    """A phone rings some of those it knows, up to so many times a day, and they it."""
    for day in days:
        for _ in range(plot.chance.randint(1, most)):
            kind = "text" if plot.chance.random() < 0.4 else "voice"
            plot.ring(phone, plot.chance.choice(met), plot.at(day), kind=kind)


def _handset_swaps(plot: Plot) -> Iterator[dict[str, Any]]:
    for _ in range(HANDSETS):
        phone, circle = plot.phone(), [plot.stranger() for _ in range(6)]
        day, old, new = plot.chance.randint(*LEFT_AT), phone.imei, plot.phone().imei
        _often(plot, phone, circle, range(day), 3)
        phone.imei = new
        _often(plot, phone, circle, range(day, plot.days), 3)
        on = plot.at(day, 0.0).date()
        yield {"imsi": phone.imsi, "old": old, "new": new, "changed_on": on}


def _lines(plot: Plot) -> Iterator[dict[str, Any]]:
    """Every other day a text to forty of sixty customers; some ring back within it."""
    for _ in range(LINES):
        line, customers = plot.phone(), [plot.phone() for _ in range(CUSTOMERS)]
        days = range(plot.chance.randint(0, 1), plot.days, 2)
        for day in days:
            _broadcast(plot, line, customers, day)
        yield {"number": line.number, "bursts": len(days), "recipients": TOLD}


def _broadcast(plot: Plot, line: Phone, customers: list[Phone], day: int) -> None:
    at = plot.at(day, 11 + plot.chance.random())
    for number, customer in enumerate(plot.chance.sample(customers, TOLD)):
        sent = at + timedelta(seconds=5 * number)
        plot.ring(line, customer.number, sent, kind="text")
        if plot.chance.random() < 0.4:
            back = sent + timedelta(minutes=plot.chance.randint(3, 50))
            plot.ring(customer, line, back)


def _meetings(plot: Plot) -> Iterator[dict[str, Any]]:
    """Two phones far apart ring each other daily, and once meet for forty minutes."""
    for _ in range(MEETINGS):
        one, other = plot.phone(), plot.phone()
        day = plot.chance.randint(*LEFT_AT)
        place = plot.chance.randrange(WIDE * HIGH)
        for calm in range(plot.days):
            if calm != day:
                plot.ring(one, other, plot.at(calm))
        plot.ring(one, other, plot.at(day, 12.0))
        for hour, phone in ((14.0, one), (14.1, other), (14.5, other), (14.6, one)):
            stranger = plot.stranger()
            plot.ring(phone, stranger, plot.at(day, hour), kind="text", mast=place)
        plot.ring(other, one, plot.at(day, 16.5))
        a, b = sorted((one.number, other.number))
        yield {"a": a, "b": b, "cell": cell_name(place), "at": plot.at(day, 14.0)}


def _journey(plot: Plot, one: Phone, other: Phone, day: int, start: int) -> None:
    for stage in range(STAGES):
        hour = 10 + stage * 0.3
        for phone, later in ((one, 0.0), (other, 0.05)):
            at = plot.at(day, hour + later)
            plot.ring(phone, plot.stranger(), at, mast=start + stage * 2)


def _travels(plot: Plot) -> Iterator[dict[str, Any]]:
    """Two phones that never ring each other use six masts in a row, on three days."""
    for _ in range(TRAVELS):
        one, other = plot.phone(), plot.phone()
        start = plot.chance.randrange(WIDE * HIGH - STAGES * 2)
        for phone in (one, other):
            _often(
                plot, phone, [plot.stranger() for _ in range(5)], range(plot.days), 2
            )
        days = sorted(plot.chance.sample(range(plot.days), 3))
        for day in days:
            _journey(plot, one, other, day, start)
        a, b = sorted((one.number, other.number))
        yield {"a": a, "b": b, "journeys": len(days), "sites": STAGES}
