"""Where do the rows that could not be loaded wait, and who may read them there?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from fourfold.intake.cells import Fault
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.intake.bulk import insert_rows
from fourfold_web.intake.models import Delivery, QuarantinedRow
from fourfold_web.intake.registry import Values

CODE = "QRN"
SENSITIVE = "official_sensitive"


@dataclass(frozen=True)
class Kept:
    """A row to be kept back: where it stood, its texts by field, and why.

    `layout` is how its texts are read; `walls` the compartments round it.
    """

    line: int
    key: str
    layout: str
    texts: Mapping[str, str]
    faults: Sequence[Fault]
    walls: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Quarantine:
    """The rows kept back from one delivery, or from a dry run, which keeps none."""

    actor: Officer
    delivery: Delivery | None
    compartments: frozenset[str]

    def put(self, rows: Sequence[Kept]) -> None:
        """Keep rows back; an open row that came before with the same key gives way."""
        if self.delivery is None or not rows:
            return
        body = self.delivery.body
        references = next_references(body, CODE, len(rows))
        values = [
            self._values(one, reference)
            for one, reference in zip(rows, references, strict=True)
        ]
        self._give_way(values)
        insert_rows(QuarantinedRow, values)

    def close(self, keys: Iterable[str]) -> int:
        """How many open rows that came earlier are mended, now these keys are in?"""
        if self.delivery is None or not self._any_earlier:
            return 0
        return (
            self._earlier()
            .filter(key__in=[key for key in keys if key])
            .update(state=QuarantinedRow.MENDED)
        )

    @cached_property
    def _any_earlier(self) -> bool:
        """Asked once: others wait until this delivery is through."""
        return self._earlier().exists()

    def _earlier(self) -> QuerySet[QuarantinedRow]:
        assert self.delivery is not None
        return QuarantinedRow.objects.filter(
            body_id=self.delivery.body_id,
            kind=self.delivery.kind,
            state=QuarantinedRow.OPEN,
        ).exclude(of=self.delivery)

    def _give_way(self, values: Sequence[Values]) -> None:
        earlier, gone = self._earlier(), QuarantinedRow.REPLACED
        keys = [one["key"] for one in values if one["key"]]
        digests = [one["row_digest"] for one in values]
        earlier.filter(key__in=keys).update(state=gone)
        earlier.filter(row_digest__in=digests).update(state=gone)

    def _values(self, one: Kept, reference: str) -> Values:
        """A row as it is kept: its texts are left out where its marking is not ours."""
        assert self.delivery is not None
        walled = {fault.field for fault in one.faults} & {
            "classification",
            "compartments",
        }
        ours = one.walls <= self.compartments and not walled
        faults = [
            asdict(fault) | {"value": _storable(fault.value)} for fault in one.faults
        ]
        if not ours:
            faults = [fault | {"value": ""} for fault in faults]
        return {
            "reference": reference,
            "body_id": self.delivery.body_id,
            "source_key": "",
            "row_digest": _digest(one),
            "delivery": self.delivery.reference,
            "made_by_id": self.actor.pk,
            "made_at": timezone.now(),
            "classification": SENSITIVE,
            "handling": "P",
            "compartments": sorted(one.walls) if ours else [],
            "shared_with": [],
            "kind": self.delivery.kind,
            "layout": one.layout,
            "key": one.key if ours else "",
            "of_id": self.delivery.pk,
            "line": one.line,
            "row": _storable_texts(one.texts) if ours else {},
            "faults": faults,
            "state": QuarantinedRow.OPEN,
        }


def _storable(text: str) -> str:
    """The text without NUL, which the database does not take."""
    return text.replace("\0", "")


def _storable_texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: _storable(text) for name, text in texts.items()}


def _digest(one: Kept) -> str:
    told = sha256()
    for name, text in sorted(one.texts.items()):
        told.update(f"{name}\0{text}\0".encode("utf-8", "replace"))
    for fault in one.faults:
        told.update(f"{fault.field}\0{fault.value}\0".encode("utf-8", "replace"))
    return told.hexdigest()
