"""Which figures does a report give, of what, for whom and for when?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fourfold.inspect import bodies, figure_words
from fourfold.inspect.bodies import Body, Mention, unit_of
from fourfold.inspect.figure_phrases import Span, holds, spans, without_periods
from fourfold.inspect.figure_values import Value, values
from fourfold.inspect.findings import Names, shown
from fourfold.inspect.report import Figure
from fourfold.inspect.sections import Outline, Placed
from fourfold.inspect.subjects import last_named
from fourfold.inspect.wording import sentences, squeezed

_ROLES = frozenset({"text", "bullet", "heading", "title", "comment"})
_AFTER_IN = re.compile(
    r"^[^.;]{0,60}?\b(?:in|for|at|by|from|to|of)\s+(?:the\s+)?$", re.I
)
_OTHER = re.compile(
    r"(?<!^ )\bof (?:which|whom|these|those|them)\b"
    r"|\b(?:compared|whereas|while|than)\b",
    re.I,
)
# Forces counted are several: no one of them owns the number.
_FORCES = re.compile(
    r"(?: (?:out )?of (?:the |its )?\w+)?"
    r"(?: (?:police|regional|constituent|local|other))* (?:forces|ROCUs|regions)\b",
    re.I,
)
_RIGHT_IN = re.compile(r"\s*,?\s*(?:in|at|for)\s+(?:the\s+)?", re.IGNORECASE)
_UNIT = re.compile(r"\bthe (?:regional )?(?:unit|ROCU)\b", re.IGNORECASE)
_ALSO = re.compile(r"\balso\b", re.I)
_COMPARING = re.compile(
    r"\b(?:(?:increase|rise|fall|drop|decrease|change) (?:on|from)|(?:up|down) from"
    r"|compared (?:to|with)|(?<!more )(?<!fewer )(?<!less )than"
    r"|from \d[\d,.]*(?: percent| per cent|%)?)\s+[^,.;]{0,40}$",
    re.IGNORECASE,
)
_NO_PERIOD = re.compile(r"^(?:by|before|until|after)\b", re.IGNORECASE)


@dataclass
class _Context:
    """What the sentences before leave behind: period, who reports, body named last.

    `unit` is the region's unit, which articles call "the unit".
    """

    unit: Body | None = None
    period: str | None = None
    said: str | None = None
    lead_by: Body | None = None
    lead_period: str | None = None
    last: Body | None = None


def figures(outline: Outline, names: Names) -> tuple[Figure, ...]:
    """Which figures stand in the report, in its order?

    Args:
        outline: the placed paragraphs; labels and section headings hold none.
        names: (kind, slug) → the full name that this report prints.

    Returns:
        One for each number: "128 (24 percent)" is two. `body` is the one named
        nearest, else the one whose part it stands in; None in the introduction.
    """
    unit = unit_of(outline.region)
    context = _Context(unit)
    out: list[Figure] = []
    for place in outline.places:
        if place.role in ("section", "body", "label", "heading", "title"):
            context = _Context(unit, last=context.last)
        if place.role in _ROLES:
            out += _of_place(place, context, names)
    return tuple(out)


def _of_place(place: Placed, context: _Context, names: Names) -> Iterator[Figure]:
    words = place.block.plain
    if place.role != "bullet":
        context.lead_by = context.lead_period = None
        carried = context.period if _ALSO.search(words[:60]) else None
        context.period = carried
    counted = ""
    for begins, ends in sentences(words):
        part = words[begins:ends]
        named = _named(part)
        earlier = context.period
        period = _period(part, context, bullet=place.role == "bullet")
        teller = _teller(part, place, context, named)
        found = values(part)
        timeless = without_periods(part)
        for n, value in enumerate(found):
            body = _body(part, value, named, place, context)
            yield Figure(
                value=value.value,
                unit=value.unit,
                measures=(counted := figure_words.counted(timeless, found, n, counted)),
                body=shown(body, names),
                period=_period_of(part, found, n, period, earlier),
                qualifier=value.qualifier,
                reported_by=shown(teller, names),
                quote=place.block.text[begins:ends],
                line=place.block.line_at(begins + value.begins),
                body_slug=body.slug if body else None,
            )
        _remember(part, place, context, period, teller)


def _named(part: str) -> list[Mention]:
    return [m for m in bodies.mentions(part) if m.body.kind != "region"]


def _remember(
    part: str,
    place: Placed,
    context: _Context,
    period: str | None,
    teller: Body | None,
) -> None:
    if period:
        context.said = period
        named = _periods(part)
        context.period = None if named and _compares(part, named[0]) else period
    together = last_named(part)
    if len(together) == 1 or (together and context.last is None):
        context.last = together[0]
    if place.role != "bullet" and part.rstrip().endswith(":"):
        context.lead_by, context.lead_period = teller, period


def _period(part: str, context: _Context, *, bullet: bool) -> str | None:
    """Which period does the sentence stand in, by its words or those before?"""
    if found := _periods(part):
        return squeezed(part[found[0].begins : found[0].ends])
    if holds("same", part):
        return context.said or context.period
    if bullet and context.lead_period:
        return context.lead_period
    return None if bullet else context.period


def _compares(part: str, period: Span) -> bool:
    """Does the period belong to an earlier number only: "up from 12% in 2019"?"""
    return bool(_COMPARING.search(part[: period.begins]))


def _periods(part: str) -> list[Span]:
    found = spans("period", part)
    return [s for s in found if not _NO_PERIOD.match(part[s.begins : s.ends])]


def _period_of(
    part: str, found: list[Value], n: int, period: str | None, before: str | None
) -> str | None:
    """Which period holds for one value? The nearest with no other value between.

    A single period that opens the sentence holds for all its values.
    """
    value, named = found[n], _periods(part)
    if not named or (named[0].begins <= value.begins and len(named) == 1):
        return period
    gaps = [
        (
            abs(s.begins - value.ends)
            if s.begins >= value.ends
            else value.begins - s.ends,
            s,
        )
        for s in named
    ]
    near = min(gaps, key=lambda pair: pair[0])[1]
    between = [v for v in found if value.ends <= v.begins < near.begins]
    if between and _compares(part, near):
        return before
    return squeezed(part[near.begins : near.ends])


def _teller(
    part: str, place: Placed, context: _Context, named: list[Mention]
) -> Body | None:
    if holds("reported", part) or _own_words(place):
        before = named[0].body if named else None
        here = place.body if place.part != "open" else context.last or place.body
        return before or here
    return context.lead_by if place.role == "bullet" else None


def _own_words(place: Placed) -> bool:
    """Is it an officer's own words in an article, or a comment on a tracker?"""
    return place.role == "comment" or (
        place.part == "open" and place.block.plain.startswith('"')
    )


def _body(
    part: str, value: Value, named: list[Mention], place: Placed, context: _Context
) -> Body | None:
    """Whose figure is it? Several forces counted are no one force's figure."""
    body = _nearest(part, value, named, place, context)
    single = body is not None and body.kind in ("force", "fire")
    return None if single and _FORCES.match(part[value.ends :]) else body


def _nearest(
    part: str, value: Value, named: list[Mention], place: Placed, context: _Context
) -> Body | None:
    """Whose figure is it? The body named before it, else after, else the part's."""
    unit = context.unit
    before = [m for m in named if m.ends <= value.begins]
    after = [m for m in named if m.begins >= value.ends]
    if after and _RIGHT_IN.fullmatch(part[value.ends : after[0].begins]):
        return after[0].body
    if (
        after
        and not _OTHER.search(part[value.ends : after[0].begins])
        and _AFTER_IN.match(part[value.ends : after[0].begins])
        and (not before or _breaks(part[before[-1].ends : value.begins]))
    ):
        return after[0].body
    if before:
        return before[-1].body
    if place.part == "front" or place.part == "back":
        return None
    if place.part == "open":
        if after:
            return after[0].body
        if unit and _UNIT.search(part, 0, value.begins):
            return unit
        return context.last or place.body
    return place.body


def _breaks(between: str) -> bool:
    return bool(re.search(r"[;]|, (?:while|whereas|and|but)\b", between))
