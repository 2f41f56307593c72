"""Which phone, plate, account or handle is whose, from when until when, and why?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from fourfold.base.analysis import Case, require
from fourfold.base.errors import FourfoldError
from fourfold.picture.vehicles.plates import plate_of

COLUMNS = (
    "input", "line", "person", "kind", "identifier", "from_at", "until_at", "reason",
)  # fmt: skip
THINGS = {
    "phone": "a phone",
    "imei": "a handset",
    "imsi": "a SIM",
    "plate": "a plate",
    "account": "an account",
    "handle": "a handle",
    "device": "a device",
}
"""What each kind of identifier is called in a sentence."""
IMEI_DIGITS = 14


class NobodyNamed(FourfoldError):
    """Somebody was asked about who has no identifiers."""

    what = "Nobody in the identifiers is called {names}; there are: {known}."
    do = "Write the names as the list of identifiers does, or add their identifiers."
    status = 422


@dataclass(frozen=True)
class Attribution:
    """One identifier that is somebody's between two moments, as an officer recorded it.

    `key` is the identifier as the records write it. `from_at` `None`: always before;
    `until_at` `None`: still. The end itself is outside.
    """

    number: int
    person: str
    kind: str
    key: str
    from_at: datetime | None
    until_at: datetime | None
    reason: str
    input: int
    line: int

    def holds(self, at: datetime | None) -> bool:
        """Is the identifier theirs at a moment? At an unknown one only if always."""
        if at is None:
            return self.from_at is None and self.until_at is None
        return (self.from_at is None or at >= self.from_at) and (
            self.until_at is None or at < self.until_at
        )

    @property
    def says(self) -> str:
        """In words: "a phone attributed to Reed (rung by an officer)"."""
        thing = THINGS[self.kind]
        why = f" ({self.reason.rstrip('.')})" if self.reason else ""
        return f"{thing} attributed to {self.person}{why}"


@dataclass(frozen=True)
class People:
    """The people asked about, all attributions, and what must be said of the list."""

    chosen: tuple[str, ...]
    attributions: tuple[Attribution, ...]
    notes: tuple[str, ...]

    @property
    def theirs(self) -> tuple[Attribution, ...]:
        """The attributions of the people asked about."""
        return tuple(one for one in self.attributions if one.person in self.chosen)

    def keys(self, kinds: Iterable[str]) -> list[str]:
        """Which identifiers of some kinds have the people asked about?"""
        wanted = set(kinds)
        return sorted({one.key for one in self.theirs if one.kind in wanted})

    def of(
        self, kinds: Iterable[str], key: str, at: datetime | None
    ) -> list[Attribution]:
        """Whose was an identifier at a moment, whether asked about or not?"""
        index = self._index
        found = (one for kind in kinds for one in index.get((kind, key), ()))
        return [one for one in found if one.holds(at)]

    @property
    def _index(self) -> Mapping[tuple[str, str], list[Attribution]]:
        index: dict[tuple[str, str], list[Attribution]] = {}
        for one in self.attributions:
            index.setdefault((one.kind, one.key), []).append(one)
        return index

    def table(self) -> pa.Table:
        """The attributions of those asked about, for the engine to join with.

        One row each: `number`, `person`, `id_kind`, `key`, `from_second`,
        `until_second` (null: no end).
        """
        schema = pa.schema(
            {
                "number": pa.int64(),
                "person": pa.string(),
                "id_kind": pa.string(),
                "key": pa.string(),
                "from_second": pa.float64(),
                "until_second": pa.float64(),
            }
        )
        rows = [
            {
                "number": one.number,
                "person": one.person,
                "id_kind": one.kind,
                "key": one.key,
                "from_second": _second(one.from_at),
                "until_second": _second(one.until_at),
            }
            for one in self.theirs
        ]
        return pa.Table.from_pylist(rows, schema=schema)


def people_of(case: Case, names: Iterable[str] | None = None) -> People:
    """Who is asked about in a case, and what is theirs?

    Args:
        case: has `identifiers`.
        names: who; none: everybody in the list.

    Raises:
        MissingColumns: the list lacks a column.
        NobodyNamed: somebody has no identifier in it.
    """
    table = case.tables["identifiers"]
    require(table, "identifiers", COLUMNS)
    rows = table.select(*COLUMNS).order_by(["input", "line"]).to_pyarrow().to_pylist()
    made = [_attribution(n, row) for n, row in enumerate(rows)]
    known = tuple(one for one in made if one is not None)
    notes = []
    if len(known) < len(rows):
        notes.append(
            f"{len(rows) - len(known):,} of {len(rows):,} rows of identifiers are not "
            "used: they lack a person or an identifier, end before they begin, or are "
            f"of no kind known ({', '.join(THINGS)})."
        )
    persons = tuple(dict.fromkeys(one.person for one in known))
    return People(_named(names or (), persons), known, (*notes, *_shared(known)))


def key_of(kind: str, identifier: str) -> str:
    """How do the records write an identifier of a kind?"""
    if kind == "plate":
        return plate_of(identifier)
    if kind in ("imei", "imsi"):
        digits = re.sub("[^0-9]", "", identifier)
        return digits[:IMEI_DIGITS] if kind == "imei" else digits
    if kind == "account":
        return re.sub("[ -]", "", identifier).upper()
    if kind == "phone":
        return re.sub(r"[\s().-]", "", identifier)
    return identifier.strip()


def _attribution(number: int, row: dict[str, Any]) -> Attribution | None:
    kind = (row["kind"] or "phone").strip().lower()
    person = " ".join((row["person"] or "").split())
    key = key_of(kind, row["identifier"] or "")
    begins, ends = row["from_at"], row["until_at"]
    turned = begins is not None and ends is not None and ends <= begins
    if kind not in THINGS or not person or not key or turned:
        return None
    return Attribution(
        number, person, kind, key, begins, ends, row["reason"] or "", row["input"],
        row["line"],
    )  # fmt: skip


def _named(names: Iterable[str], persons: tuple[str, ...]) -> tuple[str, ...]:
    folded = {person.casefold(): person for person in persons}
    typed = [" ".join(name.split()) for name in names if name.strip()]
    lacks = [name for name in typed if name.casefold() not in folded]
    if lacks:
        raise NobodyNamed(
            names=", ".join(f"'{name}'" for name in lacks),
            known=", ".join(persons) or "none",
        )
    return tuple(dict.fromkeys(folded[n.casefold()] for n in typed)) or persons


def _shared(known: tuple[Attribution, ...]) -> tuple[str, ...]:
    """Identifiers that are two people's at one time: each such is said."""
    by_key: dict[tuple[str, str], list[Attribution]] = {}
    for one in known:
        by_key.setdefault((one.kind, one.key), []).append(one)
    said = []
    for (kind, key), several in sorted(by_key.items()):
        names = sorted({o.person for o in several for p in several if _overlap(o, p)})
        if names:
            said.append(
                f"{THINGS[kind].capitalize()} ({key}) is attributed to "
                f"{' and '.join(names)} at one time; its rows are shown for each."
            )
    return tuple(said)


def _overlap(one: Attribution, other: Attribution) -> bool:
    apart = (
        one.until_at is not None
        and other.from_at is not None
        and one.until_at <= other.from_at
    ) or (
        other.until_at is not None
        and one.from_at is not None
        and other.until_at <= one.from_at
    )
    return one.person != other.person and not apart


def _second(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()
