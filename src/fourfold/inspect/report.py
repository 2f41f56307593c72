"""What does a published inspection report say, item by item?"""

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Judgment:
    """A grade that a report gives to a body.

    `about` is the printed question or topic, None where the sentence names none.
    """

    body: str
    grade: str
    quote: str
    line: int
    body_slug: str
    body_kind: str
    about: str | None = None


@dataclass(frozen=True)
class Finding:
    """One finding: a box, an unboxed heading, a request or a piece of history.

    `text` holds the paragraphs in order, a line feed apart, without the bullets.
    """

    kind: str
    body: str | None
    section: str | None
    heading: str
    text: str
    bullets: tuple[str, ...]
    line: int
    quote: str
    body_slug: str | None
    body_kind: str | None
    accelerated: bool = False


@dataclass(frozen=True)
class Recommendation:
    """What somebody should do, and by when. `deadline` is None unless a day is known.

    `statuses` are (date or None, status) as a tracker prints them, oldest first.
    """

    owner: str | None
    deadline: date | None
    deadline_text: str | None
    actions: tuple[str, ...]
    parent: str | None
    quote: str
    line: int
    body: str | None
    body_slug: str | None
    number: str | None = None
    statuses: tuple[tuple[str | None, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number in a report. Shares are in percent, money in pounds.

    `unit` is count, percent, GBP, rank, times, or a unit of time.
    """

    value: float
    unit: str
    measures: str
    body: str | None
    period: str | None
    qualifier: str | None
    reported_by: str | None
    quote: str
    line: int
    body_slug: str | None


@dataclass(frozen=True)
class Report:
    """A published report or press text, read."""

    title: str
    published: date | None
    judgments: tuple[Judgment, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    figures: tuple[Figure, ...]
    source: str = ""
    lines: tuple[str, ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, Any]:
        """What are the items as plain values? Dates are ISO texts; whole numbers int.

        Returns:
            `title`, `published`, `judgments`, `findings`, `recommendations`, `figures`,
            each list in the order of the text; the lines themselves are left out.
        """
        return {
            "title": self.title,
            "published": _flat(self.published),
            "judgments": [_flat(j) for j in self.judgments],
            "findings": [_flat(f) for f in self.findings],
            "recommendations": [_flat(r) for r in self.recommendations],
            "figures": [_flat(f) for f in self.figures],
        }


def _flat(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: _flat(getattr(value, f.name)) for f in dataclasses.fields(value)
        }
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_flat(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
