"""What does a threat's assessment page say: the score, its working, its past?"""

from dataclasses import dataclass
from typing import Any

from fourfold.assess.scoring import Scored, Step
from fourfold_web.assess.models import Assessment
from fourfold_web.base.words import uk_date

HEADINGS = ["Criterion", "Judged as", "Value", "Weight", "Adds", "Last time"]


@dataclass(frozen=True)
class ShownAssessment:
    """An assessment with its working, each value beside that of the one before."""

    record: Assessment
    working: Scored
    rows: list[list[Any]]
    position: list[list[Any]]
    facts: list[tuple[str, Any]]
    sum_words: str


def shown(assessment: Assessment, before: Assessment | None) -> ShownAssessment:
    """How is an assessment shown? Beside the one before it, when there is one."""
    working = assessment.working()
    last = before.criteria if before is not None else {}
    return ShownAssessment(
        record=assessment,
        working=working,
        rows=[_row(step, last) for step in (*working.harms, *working.likelihoods)],
        position=[_row(step, last) for step in working.position],
        facts=_facts(assessment, before),
        sum_words=(
            f"Harms add up to {working.total_harm:g}; the mean likelihood is "
            f"{working.likelihood:g}; {working.total_harm:g} times "
            f"{working.likelihood:g} is {working.score:g}."
        ),
    )


def _row(step: Step, last: dict[str, int]) -> list[Any]:
    one = step.criterion
    adds: Any = step.adds if one.group == "harm" else "The mean multiplies"
    before = last.get(one.key)
    return [
        one.says,
        step.word,
        step.given,
        one.weight,
        adds if one.group != "position" else "Nothing",
        "Not scored" if before is None else before,
    ]


def _facts(assessment: Assessment, before: Assessment | None) -> list[tuple[str, Any]]:
    considered = assessment.withheld_considered_on
    facts: list[tuple[str, Any]] = [
        ("Score", f"{assessment.score:g}, illustrative"),
        ("Band", assessment.band_words()),
        ("Last time", "None before" if before is None else _last(assessment, before)),
        ("Confidence, apart from the score", assessment.confidence_words()),
        ("Rests on", assessment.summary),
        ("Sensitive intelligence considered", considered or "No"),
        ("Assessed by", f"{assessment.assessor}, {uk_date(assessment.assessed_on)}"),
        ("Next assessment", assessment.next_review_on),
        ("Method", assessment.method),
    ]
    if assessment.moderator is not None:
        who = f"{assessment.moderator}, {uk_date(assessment.moderated_on)}"
        facts += [(assessment.state_words(), who)]
        facts += [("Moderator says", assessment.moderator_says)]
    return facts


def _last(now: Assessment, before: Assessment) -> str:
    change = now.score - before.score
    turn = "the same" if not change else f"{'up' if change > 0 else 'down'}"
    more = "" if not change else f" by {abs(change):g}"
    return f"{before.score:g} on {uk_date(before.assessed_on)}: {turn}{more}"
