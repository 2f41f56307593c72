"""Which figures must the made-up region's rows give, and who published them?"""

from dataclasses import dataclass, field

from fourfold.base import rules
from fourfold.base.errors import FourfoldError


class UnknownTarget(FourfoldError):
    """A maker of rows asks for a figure that the sheet does not hold."""

    what = "The calibration sheet has no figure {key}."
    do = "Add it to src/fourfold/region/rules/calibration.toml, with its source."
    status = 500


@dataclass(frozen=True)
class Target:
    """One figure that rows must give.

    `measure` is the key of the measure that counts it ("" when none does); `parts`
    says how the figure is made up, each part chosen unless the sentence says otherwise.
    """

    key: str
    says: str
    body: str
    figure: float
    basis: str
    source: str
    measure: str = ""
    as_at: str = ""
    parts: dict[str, int] = field(default_factory=dict)


TARGETS = {
    target.key: target
    for target in rules.load(Target, "fourfold.region", "calibration")
}


def target(key: str) -> Target:
    """Which target has this key, for example `emsou.led`?

    Raises:
        UnknownTarget: none has.
    """
    if key not in TARGETS:
        raise UnknownTarget(key=key)
    return TARGETS[key]


def count(key: str) -> int:
    """How many rows does the target ask for?"""
    return int(target(key).figure)


def parts(key: str) -> dict[str, int]:
    """How is the target's figure made up? Empty when the sheet does not say."""
    return dict(target(key).parts)
