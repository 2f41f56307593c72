"""How much does each kind of evidence for a replacement count?"""

from dataclasses import dataclass
from typing import Any

from fourfold.base import rules


@dataclass(frozen=True)
class Weight:
    """One figure of the sum, as a row of the sheet."""

    key: str
    says: str
    value: float
    source: str
    examples: tuple[Any, ...] = ()


WEIGHTS = rules.load(Weight, "fourfold.picture.calls", "handover")
WEIGHT: dict[str, float] = {row.key: float(row.value) for row in WEIGHTS}
