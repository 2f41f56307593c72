"""Which records do the rows of a delivery name by reference?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from fourfold.base.bodies import BODIES
from fourfold.intake.cells import Wrong
from fourfold.intake.kinds import KINDS, Field
from fourfold_web.base.models import MarkedRecord
from fourfold_web.intake.registry import Becomes, becomes

REMEMBERED = 200_000


@dataclass(frozen=True)
class Found:
    """A record that a row names, and the compartments around it."""

    pk: int
    compartments: tuple[str, ...] = ()


class NamedRecords:
    """Looks up, a batch at a time, what the rows of one body and kind name.

    Only records that the officer who asks may see are found.
    """

    def __init__(self, rows: Becomes, body: str) -> None:
        self._references = rows.references
        self._body = body
        self._found: dict[tuple[str, str, str], Found] = {}

    def look_up(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Find what a batch of rows names: one query for each kind and body named."""
        if len(self._found) > REMEMBERED:
            self._found.clear()
        wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row, slot in product(rows, self._references):
            text = row.get(slot.field.name)
            if isinstance(text, str) and text:
                body, ref = self.body_and_ref(text)
                if (slot.field.to, body, ref) not in self._found:
                    wanted[slot.field.to, body].add(ref)
        for (to, body), refs in wanted.items():
            self._ask(to, body, refs)

    def find(self, field: Field, text: str) -> Found | None:
        """Which record does a value of the field name? None: no such record is seen."""
        return self._found.get((field.to, *self.body_and_ref(text)))

    def body_and_ref(self, text: str) -> tuple[str, str]:
        """Of which body, and which of its references? The sender's own if not said."""
        before, slash, after = text.partition("/")
        if slash and after and before in BODIES:
            return before, after
        return self._body, text

    def says_missing(self, field: Field, text: str) -> Wrong:
        """What is said of a name that leads nowhere?"""
        body, _ = self.body_and_ref(text)
        title = KINDS[field.to].title.lower()
        return Wrong(
            f"not among the {title} of {BODIES[body].short}",
            f"Bring in {title} first (fourfold import {field.to}),"
            " or correct the reference.",
        )

    def _ask(self, to: str, body: str, refs: set[str]) -> None:
        model = becomes(to).model
        columns = ["source_key", "pk"]
        columns += ["compartments"] if issubclass(model, MarkedRecord) else []
        # Saying that the key is not empty lets the index on delivered keys be used.
        delivered = model._default_manager.exclude(source_key="")
        rows = delivered.filter(body_id=body, source_key__in=refs)
        for key, pk, *walls in rows.values_list(*columns):
            self._found[to, body, key] = Found(pk, tuple(walls[0]) if walls else ())
