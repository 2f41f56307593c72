"""How is an answer said: its word, its figure with its base, its limits, its rows?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from fourfold.inspect.answers import (
    CANNOT_TELL,
    INCOMPLETE,
    NO_LONGER,
    NOT_MEASURABLE,
    PARTLY,
    STILL_TRUE,
    Answer,
)
from fourfold.inspect.failure_values import Weighed
from fourfold.inspect.failures import AMBER, FAILURES, RED, UNKNOWN, Failure, Part
from fourfold_web.base.cells import Status
from fourfold_web.base.words import listed, money, number, share
from fourfold_web.inspect.asked import Question
from fourfold_web.measure.figures_shown import place_name
from fourfold_web.measure.record_rows import address_of

COLOURS = {
    STILL_TRUE: "red",
    INCOMPLETE: "red",
    PARTLY: "yellow",
    NO_LONGER: "green",
    CANNOT_TELL: "grey",
    NOT_MEASURABLE: "grey",
}
STATES = {RED: "red", AMBER: "yellow", UNKNOWN: "grey"}
FIRST_ROWS = 12


@dataclass(frozen=True)
class ShownPart:
    """One part of a rule for one body, in words."""

    says: str
    figure: str
    limits: str
    state: Status
    covers: str
    areas: str


@dataclass(frozen=True)
class ShownAnswer:
    """One answer in words, with the addresses of its rule and of its rows."""

    answer: Answer
    rule: Failure
    title: str
    place: str
    tag: Status
    part: ShownPart
    parts: Sequence[ShownPart]
    because: str
    rows: Sequence[tuple[str, str]]
    rows_words: str
    rule_url: str
    rows_url: str


def title(rule: Failure) -> str:
    """How is a rule called over a page or in a table? Its sentence, unstopped."""
    return rule.says.rstrip(".")


def tag(answer: str) -> Status:
    """How is one of the answers shown? In words; the colour adds nothing."""
    return Status(answer[:1].upper() + answer[1:], COLOURS[answer])


def shown_answer(answer: Answer, question: Question) -> ShownAnswer:
    """How is one answer shown?"""
    rule = FAILURES[answer.rule]
    count = len(answer.rows)
    against = answer.verdict.state in (RED, AMBER)
    noun = "row" if count == 1 else "rows"
    verb = " speaks against it" if count == 1 else " speak against it"
    return ShownAnswer(
        answer=answer,
        rule=rule,
        title=title(rule),
        place=place_name(answer.body),
        tag=tag(answer.answer),
        part=shown_part(answer.verdict.decided_by),
        parts=[shown_part(part) for part in answer.verdict.parts],
        because=because(answer),
        rows=[(row, address_of(row)) for row in answer.rows[:FIRST_ROWS]],
        rows_words=f"{count:,} {noun}{verb if against else ''}" if count else "",
        rule_url=rule_address(rule.key, question, answer.body),
        rows_url=rows_address(rule.key, question, answer.body),
    )


def rule_address(key: str, question: Question, body: str = "") -> str:
    """Where is a rule explained, with its answers of that day?"""
    anchor = f"#{body}" if body else ""
    return f"{reverse('inspect:rule', args=[key])}?{question.where}{anchor}"


def rows_address(key: str, question: Question, body: str) -> str:
    """Where are all the rows behind one answer?"""
    more = urlencode({"body": body})
    address = reverse("inspect:rule-rows", args=[key])
    return f"{address}?{question.where}&{more}"


def shown_part(weighed: Weighed) -> ShownPart:
    """How is one part of a rule shown for one body?"""
    part = weighed.part
    state = "Not known" if weighed.state == UNKNOWN else weighed.state.capitalize()
    areas = [f"{area or 'no area'} {state}" for area, state in weighed.areas]
    return ShownPart(
        says=part.says.rstrip("."),
        figure=figure_words(weighed),
        limits=limits_words(part),
        state=Status(state, STATES.get(weighed.state, "green")),
        covers=f"{_percent(weighed.covers)} of the expected records say what it needs",
        areas=listed(areas) if len(areas) > 1 else "",
    )


def figure_words(weighed: Weighed) -> str:
    """How is a part's figure said, with its base? As "7 of 31 (23%)"."""
    part, value = weighed.part, weighed.value
    if value is None:
        return "No rows" if weighed.part.absent else "Not known"
    if part.unit == "share" and weighed.base is not None:
        return share(*(_whole(one) for one in weighed.base))
    words = in_unit(part, value)
    if weighed.base is None and len(weighed.areas) > 1:
        return f"{words} in the worst area"
    if weighed.base is not None and part.unit != "share":
        above, below = (number(_whole(one)) for one in weighed.base)
        return f"{words} ({above} / {below})"
    return words


def limits_words(part: Part) -> str:
    """From where is a figure amber, and from where red? The limits are candidates."""
    way = "above" if part.worse == "higher" else "below"
    said = [
        f"{colour} {way} {in_unit(part, limit)}"
        for colour, limit in (("amber", part.amber), ("red", part.red))
        if limit is not None
    ]
    return ", ".join(said)


def in_unit(part: Part, value: float) -> str:
    """How is a number said in the unit of a part?"""
    if part.unit == "share":
        return _percent(value)
    if part.unit == "GBP":
        return money(value)
    return f"{number(_whole(value))} {_unit(part.unit, value)}"


def because(answer: Answer) -> str:
    """Why is the answer less than its figure says? Empty where it is not."""
    if not answer.recording or answer.verdict.state == AMBER:
        return ""
    rules = listed(sorted(answer.recording))
    verb = "is" if len(answer.recording) == 1 else "are"
    if answer.answer == INCOMPLETE:
        return f"The records are incomplete: {rules} {verb} red for this body."
    if answer.answer == CANNOT_TELL and answer.verdict.state != UNKNOWN:
        return (
            f"The figure is good, but {rules} {verb} red for this body, so what is"
            " recorded cannot be relied on."
        )
    return ""


def by_rule_and_body(found: Sequence[Answer]) -> Mapping[tuple[str, str], Answer]:
    """Which answer has each rule for each body?"""
    return {(answer.rule, answer.body): answer for answer in found}


def _unit(unit: str, value: float) -> str:
    singular = {
        "days": "day",
        "months": "month",
        "Ps": "P",
        "times": "time",
        "kinds": "kind",
        "forces": "force",
        "operations": "operation",
        "priorities": "priority",
        "profiles": "profile",
        "recommendations": "recommendation",
        "releases": "release",
        "reports": "report",
        "strategies": "strategy",
        "suspects": "suspect",
        "agreements": "agreement",
        "full-time posts": "full-time post",
    }
    return singular.get(unit, unit) if value == 1 else unit


def _percent(value: float) -> str:
    return f"{number(round(100 * value, 1))}%"


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value
