"""Which rows does a careless hand send that cannot be loaded, and what is wrong?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fourfold.region.rows import Row, Rows

BEFORE = date(2021, 5, 20)


@dataclass(frozen=True)
class Slip:
    """One row that a body sends beyond its good ones, with one cell that is wrong.

    `of` picks the good row it is copied from: one that no calibrated figure counts, so
    that the figures still hold once the row is mended.
    """

    body: str
    kind: str
    field: str
    cell: str
    says: str
    of: Callable[[Row], bool]


def _any(_row: Row) -> bool:
    return True


def _early(row: Row) -> bool:
    return bool(row["recorded_on"] < BEFORE and row["role"] == "lead")


def _closed(row: Row) -> bool:
    return bool(row["closed_on"] is not None and row["closed_on"] < BEFORE)


def _paper(row: Row) -> bool:
    return bool(row["queue"] == "comms_data" and row["done_on"] is not None)


def _done(row: Row) -> bool:
    return row["done_on"] is not None


SLIPS = (
    Slip("emsou", "disruptions", "impact", "Middling", "a word of no list", _early),
    Slip(
        "emsou", "queue-items", "received_on", "", "a required date is missing", _paper
    ),
    Slip("derbyshire", "disruptions", "event_on", "31 Feb 2021", "no such day", _early),
    Slip(
        "derbyshire", "threats", "moderation", "Awaits bronze", "no such state", _closed
    ),
    Slip("leicestershire", "queue-items", "risk", "Purple", "no such risk", _paper),
    Slip("leicestershire", "members", "since", "1 of May", "not a date", _any),
    Slip("lincolnshire", "threats", "theme", "", "the theme is missing", _closed),
    Slip("lincolnshire", "plan-actions", "due_on", "soon", "not a date", _done),
    Slip("northamptonshire", "officers", "name", "", "the name is missing", _any),
    Slip("northamptonshire", "queue-items", "queue", "Post room", "no queue", _paper),
    Slip("nottinghamshire", "activity", "event", "ARRRST", "a misspelt word", _any),
    Slip(
        "nottinghamshire",
        "disruptions",
        "recorded_on",
        "14-Mar-2o21",
        "a letter where a nought belongs",
        _early,
    ),
)


def slips_of(body: str, kind: str) -> list[Slip]:
    """Which slips stand in one body's extract of one kind?"""
    return [s for s in SLIPS if (s.body, s.kind) == (body, kind)]


def copied(slip: Slip, rows: Rows, number: int) -> Row:
    """Which row is it before the slip: a copy of a good one under its own reference?"""
    good = next(r for r in rows[slip.kind] if r["body"] == slip.body and slip.of(r))
    return {**good, "ref": f"{good['ref']}-X{number}"}
