"""Which figures does a report give, of what, for whom and for when?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fourfold.inspect import bodies
from fourfold.inspect.bodies import Body, Mention, unit_of
from fourfold.inspect.figure_phrases import Span, holds, spans, without_periods
from fourfold.inspect.figure_values import Value, values
from fourfold.inspect.findings import Names, shown
from fourfold.inspect.report import Figure
from fourfold.inspect.sections import Outline, Placed
from fourfold.inspect.wording import plain, sentences, squeezed

_ROLES = frozenset({"text", "bullet", "heading", "title", "comment"})
_STOP = re.compile(
    r"[.;:,()\"\x00]|\s(?:but|which|who|whom|while|although|because|so|if|when|where|since"
    r"|during|until|however|despite)\s|\s-|\sand\s(?=\d|it\b|they\b|we\b|this\b|there\b"
    r"|the force|was\b|were\b|is\b|has\b|had\b|that\b|will\b|plans?\b)",
    re.IGNORECASE,
)
_WEAK_START = re.compile(
    r"^(?:(?:of|in|the|all|its|their|these|those|them|were|was|are|is|been|had|have|has"
    r"|being|such|to|also|a|an|only)\s+)+",
    re.I,
)
_WEAK_END = re.compile(
    r"(?:(?:^|\s+)(?:of|in|on|the|a|an|at|to|by|for|with|from|was|were|is|are|be|been|has|had"
    r"|have|only|just|over|than|more|less|about|around|approximately|nearly|almost|under"
    r"|up|some|further|and|its|their|which|that|this|these|totalling|including))+$",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"^\s*(?:$|[.;:,()\x00]|(?:in|on|at|by|for|to|from|during|since|between|compared|nationally"
    r"|(?:a|per|each|every) (?:year|month|week|day|quarter)|per annum"
    r"|and|or|but|when|while|which|as|per|against|old|long)\b)",
    re.I,
)
_AFTER_IN = re.compile(
    r"^[^.;]{0,60}?\b(?:in|for|at|by|from|to|of)\s+(?:the\s+)?$", re.I
)
_RIGHT_IN = re.compile(r"\s*,?\s*(?:in|at|for)\s+(?:the\s+)?", re.IGNORECASE)
_UNIT = re.compile(r"\bthe (?:regional )?(?:unit|ROCU)\b", re.IGNORECASE)
_ALSO = re.compile(r"\balso\b", re.I)
_PIECES = re.compile(
    r"[.;:()\x00]|, |\b(?:told us|told inspectors|said|says|reports?|reported|found|stated"
    r"|informed|showed?|shows)(?: that)?\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"\b(?:average|total|number|proportion|rate|level|share|value|cost)\b.*",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"^(?:this|it|these|that|they|which)\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:\s*\([^)]*\))?\s*(?:(?:of|in) (?:which|whom|them|these)\b|are\b|were\b(?= new))",
    re.IGNORECASE,
)
_NO_PERIOD = re.compile(r"^(?:by|before|until|after)\b", re.IGNORECASE)
_WORDS_MOST = 14


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
                measures=(counted := _counted(timeless, found, n, counted)),
                body=shown(body, names),
                period=_period_of(part, found, n, period, earlier),
                qualifier=value.qualifier,
                reported_by=shown(teller, names),
                quote=place.block.text[begins:ends],
                line=place.block.line_at(begins + value.begins),
                body_slug=body.slug if body else None,
            )
        _remember(part, place, context, named, period, teller)


def _named(part: str) -> list[Mention]:
    return [m for m in bodies.mentions(part) if m.body.kind != "region"]


def _remember(
    part: str,
    place: Placed,
    context: _Context,
    named: list[Mention],
    period: str | None,
    teller: Body | None,
) -> None:
    if period:
        context.period = context.said = period
    if named:
        context.last = named[-1].body
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
    if not named or named[0].begins <= value.begins and len(named) == 1:
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
    if between and before and named[0].begins > value.begins:
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
    return (
        place.role == "comment"
        or place.part == "open"
        and place.block.plain.startswith('"')
    )


def _body(
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


def _counted(part: str, found: list[Value], n: int, last: str) -> str:
    """What does the number count? "This has been revised to 15" counts what was said."""
    part_of = _PART_OF.match(part[found[n].ends :])
    of_which = re.search(
        r"\bof (?:which|whom|these|those|them),?\s*$", part[: found[n].begins]
    )
    if last and (part_of or of_which):
        skipped = part_of.end() if part_of else _bracket(part, found[n].ends)
        rest = _after(part, found[n].ends + skipped, found)
        return " ".join([last, *rest.split()][:_WORDS_MOST])
    words = _measures(part, found, n)
    return last if last and _POINTS_BACK.match(words) else words


def _measures(part: str, found: list[Value], n: int) -> str:
    """What does the number count? A few words of the sentence."""
    value = found[n]
    if value.unit == "rank":
        words = _after(part, value.begins, found, own=True)
        return re.sub(
            r"^(?:the|second|third|fourth|fifth|joint)\s+", "", words, flags=re.I
        )
    if value.noun:
        return squeezed(value.noun)
    inside = part[: value.begins].rstrip().endswith("(")
    if inside and n and part[found[n - 1].ends : value.begins].strip() == "(":
        return _after(part, part.find(")", value.ends) + 1, found)
    if inside and re.match(r"\s*\)", part[value.ends :]):
        return _before(part, value.begins)
    rest = part[value.ends :]
    begins = value.ends + _bracket(part, value.ends)
    if value.unit == "times":
        return _before(part, value.begins) or _after(part, begins, found)
    joined = r"\s*(?:of|in|worth)\b" if value.unit == "GBP" else r"\s*of\b"
    if value.qualifier == "between" and n + 1 < len(found):
        if re.fullmatch(r"\s*(?:and|-)\s*", part[value.ends : found[n + 1].begins]):
            return _after(part, found[n + 1].ends, found)
    if _NO_SUBJECT.match(part[begins:]) and not re.match(joined, part[begins:]):
        return _before(part, value.begins) or _after(part, begins, found)
    return _after(part, begins, found) or _before(part, value.begins)


def _bracket(part: str, begins: int) -> int:
    """How long is the bracket that follows here? 0 if none does."""
    found = re.match(r"\s*\([^)]*\)", part[begins:])
    return found.end() if found else 0


def _after(part: str, begins: int, found: list[Value], *, own: bool = False) -> str:
    rest = part[begins:]
    others = [v for v in found if v.begins > begins]
    if others and re.match(
        r"\s*(?:out )?of (?:the |its |all )?$", rest[: others[0].begins - begins]
    ):
        return _after(part, others[0].ends, found)
    limit = others[0].begins - begins if others else len(rest)
    stop = _STOP.search(rest, 2)
    rest = rest[: min(limit, stop.start() if stop else len(rest))]
    words = _WEAK_START.sub("", squeezed(rest) + " ") if not own else squeezed(rest)
    return _WEAK_END.sub("", " ".join(words.split()[:_WORDS_MOST])).strip(" -'\"")


def _before(part: str, ends: int) -> str:
    head = re.sub(r"[(\s]+$", "", part[:ends])
    while (trimmed := _WEAK_END.sub("", head.rstrip(" ,"))) != head:
        head = trimmed
    pieces = [p for p in _PIECES.split(plain(head)) if p.strip()]
    last = pieces[-1] if pieces else ""
    number = _NUMBER_OF.search(last)
    words = (number[0] if number else last).split()[-_WORDS_MOST:]
    return _WEAK_START.sub("", " ".join(words) + " ").strip(" -'\"")
