"""What becomes of each row of a delivery: loaded, changed, unchanged or quarantined?"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from fourfold.base.errors import FourfoldError
from fourfold.intake.cells import FORMULA, Fault, RawRow, Wrong, shown
from fourfold.intake.check import row_check
from fourfold.intake.layout import Layout
from fourfold.intake.layout_book import CANONICAL
from fourfold.intake.rows import Row
from fourfold.intake.spool import CheckedRow, QuarantinedRow
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.references import next_references
from fourfold_web.intake.bulk import insert_rows, known_rows, update_rows
from fourfold_web.intake.models import Delivery
from fourfold_web.intake.named import NamedRecords
from fourfold_web.intake.outcome import Tally
from fourfold_web.intake.quarantine import Kept, Quarantine
from fourfold_web.intake.registry import Becomes, Values, source_key

TOLD = 200
"""Changed records whose values before and after go into the log; the rest by digest."""

LONGEST_KEY = 200

NOT_A_MEMBER = Wrong(
    "not a compartment that you belong to", "Ask a member of it to bring this row in."
)


class LostRows(FourfoldError):
    """The database changed fewer records than rows asked for it."""

    what = "{missing} records could not be changed."
    do = "Nothing was loaded. Try again; if it stays, tell your administrator."
    status = 500


@dataclass(frozen=True)
class Altered:
    """A record as it was and as it is, with the names of the fields that differ."""

    before: models.Model
    after: models.Model
    fields: tuple[str, ...]


@dataclass(frozen=True)
class _Ready:
    """A row that can be loaded, with its key as the record holds it."""

    checked: CheckedRow
    key: str


@dataclass
class Loader:
    """Brings in the rows of one delivery, a batch at a time.

    `delivery` None is a dry run: everything is asked, nothing written. `faults` are
    those found here; those of the reading are its own.
    """

    actor: Officer
    body: Body
    rows: Becomes
    layout: Layout
    today: date
    compartments: frozenset[str]
    delivery: Delivery | None
    tally: Tally = field(default_factory=Tally)
    faults: list[Fault] = field(default_factory=list)
    altered: list[Altered] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._named = NamedRecords(self.rows, self.body.slug)
        self._written = hashlib.sha256()
        self._quarantine = Quarantine(self.actor, self.delivery, self.compartments)

    @property
    def digest(self) -> str:
        """What is the digest of the rows written so far, in their order?"""
        return self._written.hexdigest()

    def take(self, batch: Sequence[CheckedRow]) -> None:
        """Bring in one batch of whole rows, in the order of the file."""
        self._named.look_up(one.row for one in batch)
        ready = self._without_refused(batch)
        known = known_rows(self.rows.model, self.body.slug, [one.key for one in ready])
        new = [one for one in ready if one.key not in known]
        changed = [
            one
            for one in ready
            if one.key in known and known[one.key][1] != one.checked.digest
        ]
        self.tally.unchanged += len(ready) - len(new) - len(changed)
        new = self._insert(new)
        self._update(changed, known)
        self.tally.loaded += len(new)
        self.tally.changed += len(changed)
        for one in (*new, *changed):
            self._written.update(one.checked.digest.encode())
        self._quarantine.close(one.key for one in ready)

    def keep_back(self, batch: Sequence[QuarantinedRow]) -> None:
        """Keep back one batch of rows that the reading found faulty."""
        columns = tuple(self.layout.columns)
        check = row_check(self.layout, self.today)
        read: list[tuple[QuarantinedRow, Row]] = []
        for one in batch:
            whole = len(one.raw) == len(columns)
            raw = RawRow(one.line, list(one.raw))
            read.append((one, check(raw)[0] if whole else {}))
        self._named.look_up(row for _, row in read)
        self._quarantine.put(
            [
                Kept(
                    line=one.line,
                    key=self._key(row),
                    layout=self.layout.name,
                    texts=_texts_to_mend(columns, one) if row else {},
                    faults=one.faults,
                    walls=self._walls(row),
                )
                for one, row in read
            ]
        )
        self.tally.quarantined += len(batch)

    def _key(self, row: Mapping[str, Any]) -> str:
        names = self.rows.kind.key
        whole = any(row.get(name) is not None for name in names)
        return source_key(self.rows.kind, row) if whole else ""

    def _without_refused(self, batch: Sequence[CheckedRow]) -> list[_Ready]:
        ready: list[_Ready] = []
        refused: list[tuple[CheckedRow, list[Fault]]] = []
        for checked in batch:
            key = source_key(self.rows.kind, checked.row)
            faults = list(self._faults(checked, key))
            if faults:
                refused.append((checked, faults))
            else:
                ready.append(_Ready(checked, key))
        self._refuse(refused)
        return ready

    def _refuse(self, refused: Sequence[tuple[CheckedRow, list[Fault]]]) -> None:
        self._quarantine.put(
            [
                Kept(
                    line=checked.line,
                    key=source_key(self.rows.kind, checked.row),
                    layout=CANONICAL,
                    texts=canonical_texts(self.rows, checked.row),
                    faults=faults,
                    walls=self._walls(checked.row),
                )
                for checked, faults in refused
            ]
        )
        self.tally.quarantined += len(refused)
        self.faults += [fault for _, faults in refused for fault in faults]

    def _faults(self, checked: CheckedRow, key: str) -> Iterable[Fault]:
        """What would the record refuse that the sheet of kinds allows?"""
        row, line = checked.row, checked.line
        for name, text, wrong in self._wrongs(row, key):
            yield Fault(line, name, shown(text), wrong.fault, wrong.mend)

    def _wrongs(
        self, row: Mapping[str, Any], key: str
    ) -> Iterable[tuple[str, Any, Wrong]]:
        for slot in self.rows.references:
            text = row[slot.field.name]
            if text is not None and self._named.find(slot.field, text) is None:
                wrong = self._named.says_missing(slot.field, text)
                yield slot.field.name, text, wrong
        if len(key) > LONGEST_KEY:
            name = self.rows.kind.key[-1]
            mend = f"Shorten it to {LONGEST_KEY} characters in all."
            yield name, row[name], Wrong("too long a key", mend)
        for slot in self.rows.limited:
            for text in _too_long(row[slot.field.name], slot.longest or 0):
                fault = f"longer than {slot.longest} characters"
                yield slot.field.name, text, Wrong(fault, "Shorten it.")
        for name in set(row.get("compartments") or []) - self.compartments:
            yield "compartments", name, NOT_A_MEMBER
        for rule in self.rows.rules:
            for name, wrong in rule(row):
                yield name, row[name], wrong

    def _walls(self, row: Mapping[str, Any]) -> frozenset[str]:
        """Which compartments stand round a row: its own and those of what it names."""
        walls = set(row.get("compartments") or [])
        for slot in self.rows.references:
            text = row.get(slot.field.name)
            found = self._named.find(slot.field, text) if text else None
            walls.update(found.compartments if found else ())
        return frozenset(walls)

    def _insert(self, new: list[_Ready]) -> list[_Ready]:
        """Make the records; a row whose key a hidden record holds is kept back."""
        if self.delivery is None or not new:
            return new
        references = next_references(self.body, self.rows.kind.code, len(new))
        pairs = list(zip(references, new, strict=True))
        inserted = insert_rows(
            self.rows.model, [self._new_record(*pair) for pair in pairs]
        )
        if len(inserted) < len(new):
            self._refuse(
                [
                    (one.checked, [self._not_yours(one)])
                    for reference, one in pairs
                    if reference not in inserted
                ]
            )
        return [one for reference, one in pairs if reference in inserted]

    def _not_yours(self, one: _Ready) -> Fault:
        name, mend = self.rows.kind.key[-1], "Ask the regional unit to bring it in."
        return Fault(one.checked.line, name, one.key, "not yours to bring in", mend)

    def _new_record(self, reference: str, one: _Ready) -> Values:
        values = dict(self.rows.always) | self._columns(one)
        common = {
            "reference": reference,
            "body_id": self.body.slug,
            "source_key": one.key,
            "made_by_id": self.actor.pk,
            "made_at": timezone.now(),
        }
        values |= {name: value for name, value in common.items() if name in values}
        return self.rows.complete(values)

    def _columns(self, one: _Ready) -> Values:
        row = one.checked.row
        values: Values = {"row_digest": one.checked.digest}
        if "delivery" in self.rows.always and self.delivery is not None:
            values["delivery"] = self.delivery.reference
        for slot in self.rows.slots:
            value = row[slot.field.name]
            if value is None:
                value = slot.blank
            elif slot.field.type == "ref":
                found = self._named.find(slot.field, value)
                value = found.pk if found else None
            values[slot.column] = value
        return values

    def _update(
        self, changed: Sequence[_Ready], known: Mapping[str, tuple[int, str]]
    ) -> None:
        if self.delivery is None or not changed:
            return
        told = [known[one.key][0] for one in changed[: TOLD - len(self.altered)]]
        before = self._records(told)
        rows = [{"id": known[one.key][0], **self._columns(one)} for one in changed]
        missing = len(rows) - update_rows(self.rows.model, rows)
        if missing:
            raise LostRows(missing=missing)
        after = self._records(told)
        self.altered += [self._altered(before[pk], after[pk]) for pk in told]

    def _records(self, pks: Sequence[int]) -> dict[int, models.Model]:
        names = [slot.field.name for slot in self.rows.references]
        rows = self.rows.model._default_manager.all()
        return (rows.select_related(*names) if names else rows).in_bulk(list(pks))

    def _altered(self, before: models.Model, after: models.Model) -> Altered:
        names = tuple(
            slot.field.name
            for slot in self.rows.slots
            if getattr(before, slot.field.name) != getattr(after, slot.field.name)
        )
        return Altered(before, after, names)


def canonical_texts(rows: Becomes, row: Mapping[str, Any]) -> dict[str, str]:
    """How does a row read, field by field, in the layout of our own field names?"""
    texts = {}
    for name in rows.kind.fields:
        value = row[name]
        if isinstance(value, bool):
            texts[name] = "Yes" if value else "No"
        elif isinstance(value, list):
            texts[name] = "; ".join(value)
        else:
            texts[name] = "" if value is None else str(value)
    return texts


def _texts_to_mend(columns: Sequence[str], one: QuarantinedRow) -> dict[str, str]:
    """What stands in the boxes when the row is mended? A formula says nothing."""
    formulas = {f.field for f in one.faults if f.fault == FORMULA.fault}
    return {
        name: "" if name in formulas else text
        for name, text in zip(columns, one.raw, strict=True)
    }


def _too_long(value: Any, longest: int) -> list[str]:
    texts = value if isinstance(value, list) else [value or ""]
    return [text for text in texts if len(text) > longest]
