"""Would an inspector find this today? Five words, from the body's own records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fourfold.base import bodies as places
from fourfold.base.bodies import Region
from fourfold.base.errors import UnknownBody
from fourfold.inspect.failure_cases import QUARTER, REGION
from fourfold.inspect.failure_sums import keepers, sums_of_rules
from fourfold.inspect.failure_values import Verdict, verdict
from fourfold.inspect.failures import (
    AMBER,
    FAILURES,
    GREEN,
    RED,
    UNKNOWN,
    Failure,
    failure,
)
from fourfold.inspect.links import Tied, finding_for
from fourfold.measure.tables import Tables

STILL_TRUE = "still true"
INCOMPLETE = "still true, on incomplete records"
PARTLY = "partly"
NO_LONGER = "no longer"
CANNOT_TELL = "cannot tell"
NOT_MEASURABLE = "not measurable"

Verdicts = Mapping[tuple[str, str], Verdict]


@dataclass(frozen=True)
class Answer:
    """One rule's answer for one body, with its figure, limits, cover and rows.

    `value`, `amber`, `red` and `covers` are those of the part that decided; `verdict`
    holds all parts. `finding` is the name of the published finding it answers.
    """

    rule: str
    body: str
    answer: str
    value: float | None
    amber: float | None
    red: float | None
    covers: float
    rows: tuple[str, ...]
    finding: str | None
    verdict: Verdict
    earlier: str
    recording: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """How do we print this answer to other programs?"""
        return {
            "rule": self.rule,
            "body": self.body,
            "answer": self.answer,
            "value": self.value,
            "amber": self.amber,
            "red": self.red,
            "covers": self.covers,
            "rows": list(self.rows),
            "finding": self.finding,
        }


@dataclass(frozen=True)
class _Weighing:
    """All verdicts of one day and of a quarter earlier, and what was published."""

    now: Verdicts
    before: Verdicts
    published: tuple[Tied, ...]

    def red_recording(self, rule: Failure, body: str) -> tuple[str, ...]:
        """Which other recording rules are red for a body?"""
        return tuple(
            key
            for key, other in FAILURES.items()
            if other.recording
            and key != rule.key
            and (key, body) in self.now
            and self.now[key, body].state == RED
        )


@dataclass(frozen=True)
class FindingAnswer:
    """A published finding and the answers of the rules tied to it."""

    finding: Tied
    answers: tuple[Answer, ...]
    answer: str


def inspect(
    tables: Tables,
    *,
    region: str,
    as_at: date,
    bodies: Iterable[str] | None = None,
    keys: Iterable[str] | None = None,
    findings: Iterable[Tied] = (),
) -> list[Answer]:
    """Would an inspector find each failure today, body by body?

    Rules are weighed as at the day; those that are green somewhere, again a quarter
    earlier. All bodies are weighed, since peers and recording rules need them.

    Args:
        tables: where the canonical rows are.
        region: key of the region.
        as_at: the day asked about.
        bodies: slugs to answer for, the region's own key among them; all when not
            given.
        keys: codes of rules; all when not given.
        findings: published findings with the rules they speak of.

    Returns:
        By rule in the sheet's order (recording rules first), then by body: the unit,
        forces by name, the region. A rule is left out for kinds of body that it is not
        asked of.

    Raises:
        UnknownRegion, UnknownBody, UnknownRule: there is no such.
    """
    place = places.region(region)
    wanted = None if bodies is None else _known(place, bodies)
    chosen = [r.key for r in FAILURES.values() if keys is None] or [
        failure(key).key for key in keys or ()
    ]
    recording = [r.key for r in FAILURES.values() if r.recording]
    asked = list(dict.fromkeys([*recording, *chosen]))
    kept = keepers(tables)
    now = _verdicts(tables, asked, place, as_at, kept)
    green = [
        k
        for k in chosen
        if any(v.state == GREEN for (r, _b), v in now.items() if r == k)
    ]
    before = _verdicts(tables, green, place, as_at - timedelta(days=QUARTER), kept)
    weighing = _Weighing(now, before, tuple(findings))
    return [
        _answer(FAILURES[key], place, body, now[key, body], weighing)
        for key in FAILURES
        if key in chosen
        for body in (*place.bodies(), REGION)
        if (key, body) in now and (wanted is None or body in wanted)
    ]


def answers_of_findings(
    findings: Iterable[Tied], answers: Iterable[Answer]
) -> list[FindingAnswer]:
    """Which answers speak to each published finding?

    Returns:
        One a finding, in order; the worst answer of its rules stands for it. A finding
        without a rule is not measurable: it asks for a dated human review.
    """
    given = list(answers)
    results = []
    for one in findings:
        mine = tuple(
            a for a in given if a.body == one.body_slug and a.rule in one.rules
        )
        standing = min(
            (a.answer for a in mine), key=ORDER.index, default=NOT_MEASURABLE
        )
        results.append(FindingAnswer(one, mine, standing))
    return results


ORDER = (STILL_TRUE, INCOMPLETE, PARTLY, CANNOT_TELL, NO_LONGER, NOT_MEASURABLE)


def word(now: str, before: str, *, recorded: bool) -> str:
    """Which of the five words do two states, a quarter apart, and the recording make?

    Args:
        now: green, amber, red or unknown, as at the day.
        before: the same a quarter earlier.
        recorded: no other recording rule is red for the body.
    """
    if now == RED:
        return STILL_TRUE if recorded else INCOMPLETE
    if now == AMBER:
        return PARTLY
    if now == UNKNOWN or not recorded:
        return CANNOT_TELL
    return NO_LONGER if before == GREEN else PARTLY


def _verdicts(
    tables: Tables, keys: list[str], place: Region, as_at: date, kept: frozenset[str]
) -> dict[tuple[str, str], Verdict]:
    sums = sums_of_rules(tables, keys, region=place.key, as_at=as_at)
    return {
        (key, body): verdict(FAILURES[key], body, sums[key], place, keeps=keeps)
        for key in keys
        for body, keeps in _asked_of(FAILURES[key], place, kept)
    }


def _asked_of(
    rule: Failure, place: Region, kept: frozenset[str]
) -> list[tuple[str, bool]]:
    kinds = [(slug, places.body(slug).kind) for slug in place.bodies()]
    asked = [(slug, slug in kept) for slug, kind in kinds if kind in rule.applies_to]
    whole = [(REGION, bool(kept & set(place.bodies())))]
    return asked + (whole if "region" in rule.applies_to else [])


def _answer(
    rule: Failure, place: Region, body: str, found: Verdict, weighing: "_Weighing"
) -> Answer:
    earlier = weighing.before.get((rule.key, body))
    state = UNKNOWN if earlier is None else earlier.state
    red = weighing.red_recording(rule, body)
    shown = body or place.key
    decided = found.decided_by
    return Answer(
        rule=rule.key,
        body=shown,
        answer=word(found.state, state, recorded=not red),
        value=decided.value,
        amber=decided.part.amber,
        red=decided.part.red,
        covers=decided.covers,
        rows=found.rows,
        finding=finding_for(rule.key, shown, weighing.published),
        verdict=found,
        earlier=state,
        recording=red,
    )


def _known(place: Region, bodies: Iterable[str]) -> set[str]:
    everyone = {*place.bodies(), place.key}
    chosen = set(bodies)
    for slug in sorted(chosen - everyone):
        raise UnknownBody(body=slug, known=", ".join(sorted(everyone)))
    return {slug for slug in chosen if slug in place.bodies()} | (
        {REGION} if place.key in chosen else set()
    )
