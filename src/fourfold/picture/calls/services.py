"""Which numbers belong to a service rather than to somebody?"""

import re
from dataclasses import dataclass
from typing import Any

from ibis import _

from fourfold.base import rules

FULL = "^[+][1-9][0-9]{7,}$"
"""A full telephone number: plus, country code, the rest."""
MOSTLY = 0.5
"""Share of rows with a full number from which short numbers are services (chosen)."""


@dataclass(frozen=True)
class Service:
    """One form of number that a service has."""

    key: str
    says: str
    source: str
    pattern: str
    examples: tuple[dict[str, Any], ...]

    def fits(self, number: str) -> bool:
        """Has this number that form?"""
        return re.search(self.pattern, number) is not None


SERVICES = rules.load(Service, "fourfold.picture.calls", "services")
ANY_SERVICE = "|".join(f"({service.pattern})" for service in SERVICES)


def is_service(number: Any) -> Any:
    """Is a number, a column of text, that of a service?"""
    return number.re_search(ANY_SERVICE)


def mostly_full_numbers(calls: Any) -> bool:
    """Are most callers of these records full telephone numbers? Asks the engine.

    Where they are not, as in records whose numbers were replaced by small whole
    numbers, a short number says nothing and nobody is left out for having one.
    """
    known = calls.filter(_.caller != "")
    asked = known.aggregate(rows=_.count(), full=_.caller.like("+%").sum())
    row = asked.to_pyarrow().to_pylist()[0]
    return bool(row["rows"]) and (row["full"] or 0) > MOSTLY * row["rows"]
