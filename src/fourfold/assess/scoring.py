"""What score has a threat under the illustrative matrix, and how did it come about?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

from fourfold.base import rules
from fourfold.base.errors import FourfoldError, SheetFault
from fourfold.base.protected import refuse_protected

HARM, LIKELIHOOD, POSITION = "harm", "likelihood", "position"
PLACES = 2


class NotScored(FourfoldError):
    """A criterion has no value, or one that the method does not know."""

    what = "{criterion} has no value that the method {method} knows."
    do = "Give it a whole number from {lowest} to {highest}."
    status = 422


class UnknownMethod(FourfoldError):
    """No method of scoring has that key."""

    what = "No method of scoring is called '{method}'."
    do = "Use one of: {known}."
    status = 404


@dataclass(frozen=True)
class Method:
    """A method of scoring, in force from a day. Its numbers never change."""

    key: str
    says: str
    in_force: date
    source: str
    in_force_to: date | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing that is judged, its scale from the lowest value on, and its weight."""

    key: str
    method: str
    says: str
    group: str
    lowest: int
    scale: tuple[str, ...]
    weight: float
    source: str

    @property
    def highest(self) -> int:
        """Which value is the highest?"""
        return self.lowest + len(self.scale) - 1

    def word(self, value: int) -> str:
        """What is a value called?

        Raises:
            NotScored: the scale has no such value.
        """
        if not self.lowest <= value <= self.highest:
            raise self.not_scored()
        return self.scale[value - self.lowest]

    def not_scored(self) -> NotScored:
        """What is said when the criterion has no value that can be used?"""
        return NotScored(
            criterion=self.says,
            method=self.method,
            lowest=self.lowest,
            highest=self.highest,
        )


@dataclass(frozen=True)
class Band:
    """A priority band, from its least score on."""

    key: str
    method: str
    says: str
    least: float
    source: str
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Confidence:
    """How sure an assessor is. Never part of a score."""

    key: str
    says: str
    source: str


@dataclass(frozen=True)
class Step:
    """What one criterion was given, what that is called, and what it adds."""

    criterion: Criterion
    given: int
    word: str
    adds: float


@dataclass(frozen=True)
class Scored:
    """A score with its working: harms added up, times the mean of the likelihoods.

    `position` are the steps that tell what the body lacks; they add nothing.
    """

    method: str
    score: float
    band: str
    total_harm: float
    likelihood: float
    harms: tuple[Step, ...]
    likelihoods: tuple[Step, ...]
    position: tuple[Step, ...]


def score(given: Mapping[str, int], *, method: str) -> Scored:
    """What score comes of these values, and how?

    Args:
        given: criterion to value; each criterion of the method, and no other counts.
        method: key of the method, as `method_on` names it for a day.

    Raises:
        UnknownMethod: there is no such method.
        NotScored: a criterion has no value, or one outside its scale.
    """
    steps = [_step(one, given.get(one.key)) for one in criteria(method)]
    by = {
        group: tuple(step for step in steps if step.criterion.group == group)
        for group in GROUPS
    }
    total = sum(step.adds for step in by[HARM])
    likelihood = fmean(step.given for step in by[LIKELIHOOD])
    result = round(total * likelihood, PLACES)
    return Scored(
        method=method,
        score=result,
        band=band_of(result, method=method).key,
        total_harm=total,
        likelihood=round(likelihood, PLACES),
        harms=by[HARM],
        likelihoods=by[LIKELIHOOD],
        position=by[POSITION],
    )


def criteria(method: str) -> tuple[Criterion, ...]:
    """Which criteria has a method, in the sheet's order?

    Raises:
        UnknownMethod: there is no such method.
    """
    found = tuple(one for one in CRITERIA if one.method == method)
    if not found:
        known = ", ".join(one.key for one in METHODS)
        raise UnknownMethod(method=method, known=known)
    return found


def band_of(result: float, *, method: str) -> Band:
    """Which band has a score under a method?

    Raises:
        SheetFault: no band reaches so low.
    """
    held = [one for one in BANDS if one.method == method and one.least <= result]
    if not held:
        raise SheetFault(sheet="bands", row="-", fault=f"no band holds {result}")
    return max(held, key=lambda one: one.least)


def method_on(on: date) -> Method:
    """By which method is a threat scored on a day?

    Raises:
        SheetFault: by none, or by more than one.
    """
    held = rules.in_force(METHODS, on)
    if len(held) != 1:
        fault = f"{len(held)} methods are in force on {on}"
        raise SheetFault(sheet="methods", row="-", fault=fault)
    return held[0]


def _step(criterion: Criterion, given: int | None) -> Step:
    if given is None:
        raise criterion.not_scored()
    adds = criterion.weight * given if criterion.group == HARM else 0.0
    return Step(criterion, given, criterion.word(given), adds)


def _load_criteria() -> tuple[Criterion, ...]:
    loaded = rules.load(Criterion, "fourfold.assess", "criteria")
    for one in loaded:
        if one.group not in GROUPS:
            fault = f"unknown group {one.group}"
            raise SheetFault(sheet="criteria", row=one.key, fault=fault)
        refuse_protected("criteria", one.key, [one.key, one.says, *one.scale])
    return loaded


GROUPS = (HARM, LIKELIHOOD, POSITION)
METHODS = rules.load(Method, "fourfold.assess", "methods")
CRITERIA = _load_criteria()
BANDS = rules.load(Band, "fourfold.assess", "bands")
CONFIDENCES = rules.load(Confidence, "fourfold.assess", "confidences")
