"""Which marking covers a record together with those it hangs on?"""

from collections.abc import Sequence
from copy import copy
from typing import TypeVar

from fourfold.base.codes import CODES
from fourfold_web.base.models import MarkedRecord, Record

R = TypeVar("R", bound=Record)


def covered(record: R, *others: MarkedRecord) -> R:
    """What does the record look like with the highest marking of all of them?

    A page shows that marking, and a log line about the record bears it: nobody reads
    of a record in the log who may not see what it hangs on.

    Returns:
        A copy that is never saved: the highest classification, every compartment, and
        as shared only the bodies that all of them are shared with.
    """
    shown = copy(record)
    marked = [one for one in (record, *others) if isinstance(one, MarkedRecord)]
    order = list(CODES["classification"].values)
    handling = [one.handling for one in marked]
    shared = [set(one.shared_with) for one in marked]
    values = {
        "classification": max(
            (one.classification for one in marked), key=order.index, default="official"
        ),
        "handling": max(handling, default="P", key="PC".find),
        "compartments": sorted({c for one in marked for c in one.compartments}),
        "shared_with": sorted(set.intersection(*shared)) if shared else [],
    }
    for name, value in values.items():
        setattr(shown, name, value)
    return shown


def marking_over(records: Sequence[MarkedRecord]) -> str:
    """Which marking, in words, covers all of these records? None: OFFICIAL."""
    if not records:
        return CODES["classification"].label("official")
    return covered(records[0], *records[1:]).marking()
