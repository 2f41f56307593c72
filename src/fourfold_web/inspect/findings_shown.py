"""How do published findings stand beside today's answers?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fourfold.inspect.answers import (
    CANNOT_TELL,
    INCOMPLETE,
    NO_LONGER,
    NOT_MEASURABLE,
    PARTLY,
    STILL_TRUE,
    Answer,
    answers_of_findings,
)
from fourfold.inspect.failures import FAILURES, Failure
from fourfold.inspect.links import Tied
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.models import Officer
from fourfold_web.base.words import counted, uk_date
from fourfold_web.inspect import queries
from fourfold_web.inspect.answers_shown import (
    ShownAnswer,
    by_rule_and_body,
    rule_address,
    shown_answer,
    tag,
)
from fourfold_web.inspect.asked import Question
from fourfold_web.inspect.models import Finding, Judgment, Promise
from fourfold_web.measure.figures_shown import place_name


@dataclass(frozen=True)
class ShownPromise:
    """A promise and where it stands."""

    promise: Promise
    state: Status
    overdue: bool


@dataclass(frozen=True)
class ShownFinding:
    """A published finding, today's answers to it, and what was promised."""

    finding: Finding
    place: str
    answers: Sequence[ShownAnswer]
    standing: str
    tag: Status
    promises: Sequence[ShownPromise]

    @property
    def is_overdue(self) -> bool:
        """Has a promise about it passed its day?"""
        return any(one.overdue for one in self.promises)

    def answers_as(self, word: str) -> bool:
        """Is this its answer, or that of one of its rules?"""
        return word in (self.standing, *(one.answer.answer for one in self.answers))


@dataclass(frozen=True)
class Chapter:
    """What one report found of one body, under the grade it gave."""

    place: str
    report: str
    grade: str
    findings: Sequence[ShownFinding]


@dataclass(frozen=True)
class GridRow:
    """One rule's answers across the bodies; None where it is not asked or shown."""

    rule: Failure
    url: str
    cells: Sequence[ShownAnswer | None]


def inspection_page(officer: Officer, question: Question) -> dict[str, object]:
    """What does the page show beside the question itself?"""
    places = queries.places_of(question.region)
    found = queries.answers_for(officer, question.region, question.as_at)
    findings = shown_findings(officer, places, found, question)
    asked_for = [one for one in findings if _wanted(one, question)]
    judgments = queries.judgments_of(officer, places)
    columns = [question.body] if question.body else list(places)
    return {
        "summary": summary(findings),
        "filed": bool(findings),
        "chapters": chapters([f for f in asked_for if f.answers], judgments),
        "unmeasured": [one for one in asked_for if not one.answers],
        "columns": [place_name(slug) for slug in columns],
        "grid": [] if question.overdue else grid(found, columns, question),
        "shown": len(asked_for),
    }


def shown_findings(
    officer: Officer,
    places: Sequence[str],
    found: Sequence[Answer],
    question: Question,
    only: Finding | None = None,
) -> list[ShownFinding]:
    """What did reports find of these places, and what is the answer today?

    Args:
        officer: who reads.
        places: slugs of bodies, and the region.
        found: the answers of the day.
        question: what was asked.
        only: show this finding alone.
    """
    filed = [only] if only else list(queries.findings_of(officer, places))
    promised: dict[int, list[ShownPromise]] = {}
    for promise in queries.promises_of(officer, [one.pk for one in filed]):
        promised.setdefault(promise.finding_id, []).append(shown_promise(promise))
    tied = [Tied(f.reference, f.place, tuple(f.rules)) for f in filed]
    answered = answers_of_findings(tied, found)
    return [
        ShownFinding(
            finding=finding,
            place=place_name(finding.place),
            answers=[shown_answer(answer, question) for answer in one.answers],
            standing=one.answer,
            tag=tag(one.answer),
            promises=promised.get(finding.pk, []),
        )
        for finding, one in zip(filed, answered, strict=True)
    ]


def shown_promise(promise: Promise) -> ShownPromise:
    """Where does a promise stand today?"""
    if promise.done_on is not None:
        state = Status(f"Kept on {uk_date(promise.done_on)}", "green")
        return ShownPromise(promise, state, overdue=False)
    late = (today() - promise.due_on).days
    if late > 0:
        words = f"Overdue by {counted(late, 'day', 'days')}"
        return ShownPromise(promise, Status(words, "red"), overdue=True)
    return ShownPromise(promise, Status("Open", "blue"), overdue=False)


def summary(findings: Sequence[ShownFinding]) -> str:
    """What would an inspector find, in a sentence?"""
    standing = Counter(one.standing for one in findings)
    bad = standing[STILL_TRUE] + standing[INCOMPLETE]
    said = [
        f"{counted(bad, 'finding', 'findings')} still true"
        + (f" ({standing[INCOMPLETE]} of them on incomplete records)"
           if standing[INCOMPLETE] else "")
    ]  # fmt: skip
    for word, words in ((PARTLY, "partly"), (NO_LONGER, "no longer true")):
        if standing[word]:
            said.append(f"{standing[word]} {words}")
    if standing[CANNOT_TELL]:
        said.append(f"{standing[CANNOT_TELL]} that the records cannot tell")
    if standing[NOT_MEASURABLE]:
        said.append(f"{standing[NOT_MEASURABLE]} that no rule measures")
    return f"{', '.join(said)}.{_promised(findings)}"


def chapters(
    findings: Iterable[ShownFinding], judgments: dict[str, Judgment]
) -> list[Chapter]:
    """Under which headings do findings stand? One a report and body, as printed."""
    found: dict[tuple[int, str], list[ShownFinding]] = {}
    for one in findings:
        key = (one.finding.report_id, one.finding.place)
        found.setdefault(key, []).append(one)
    return [
        Chapter(
            place=mine[0].place,
            report=mine[0].finding.report.title,
            grade=judgments[place].grade if place in judgments else "",
            findings=mine,
        )
        for (_report, place), mine in found.items()
    ]


def grid(
    found: Sequence[Answer], columns: Sequence[str], question: Question
) -> list[GridRow]:
    """Which answers has each rule, a column a body, as the question narrows them?"""
    known = by_rule_and_body(found)
    rows = []
    for key, rule in FAILURES.items():
        if question.rule not in ("", key):
            continue
        cells = [_cell(known.get((key, slug)), question) for slug in columns]
        if any(cell is not None for cell in cells):
            rows.append(GridRow(rule, rule_address(key, question), cells))
    return rows


def days_from(as_at: date) -> str:
    """How is the day asked about said?"""
    return "today" if as_at == today() else f"on {uk_date(as_at)}"


def _cell(answer: Answer | None, question: Question) -> ShownAnswer | None:
    if answer is None or question.answer not in ("", answer.answer):
        return None
    return shown_answer(answer, question)


def _wanted(one: ShownFinding, question: Question) -> bool:
    return (
        question.body in ("", one.finding.place)
        and (not question.answer or one.answers_as(question.answer))
        and (not question.rule or question.rule in one.finding.rules)
        and (one.is_overdue or not question.overdue)
    )


def _promised(findings: Sequence[ShownFinding]) -> str:
    made = [promise for one in findings for promise in one.promises]
    if not made:
        return ""
    late = sum(one.overdue for one in made)
    return f" {counted(len(made), 'promise', 'promises')}, {late} overdue."
