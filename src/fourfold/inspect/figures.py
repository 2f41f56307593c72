"""Which figures does a report give, of what, for whom and for when?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourfold.inspect import bodies
from fourfold.inspect.bodies import Body, Mention
from fourfold.inspect.figure_phrases import holds, spans
from fourfold.inspect.figure_values import Value, values
from fourfold.inspect.findings import Names, shown
from fourfold.inspect.report import Figure
from fourfold.inspect.sections import Placed
from fourfold.inspect.wording import plain, sentences, squeezed

_ROLES = frozenset({"text", "bullet", "heading", "title"})
_STOP = re.compile(
    r"[.;:,()\"\x00]|\s(?:and|but|or|which|who|whom|that|while|although|because|so|as|if"
    r"|when|where|since|during|between|until|however|despite)\s|\s-\s"
)
_WEAK_START = re.compile(
    r"^(?:(?:of|in|the|all|its|their|these|those|them|were|was|are|is|been|had|have|has"
    r"|being|other|further|additional|more|such|to|also|a|an|only|new)\s+)+",
    re.I,
)
_WEAK_END = re.compile(
    r"(?:\s+(?:of|in|on|the|a|an|at|to|by|for|with|from|was|were|is|are|be|been|has|had"
    r"|have|only|just|over|than|more|less|about|around|approximately|nearly|almost|under"
    r"|up|some|further|and|its|their|which|that|this|these|totalling|including))+$",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"^\s*(?:$|[.;:,()]|(?:in|on|at|by|for|to|from|during|since|between|compared|nationally"
    r"|and|or|but|when|while|which|as|per|against)\b)",
    re.I,
)
_AFTER_IN = re.compile(r"^[^.;]{0,60}?\b(?:in|for|at|by|from|to|of)\s+(?:the\s+)?$", re.I)
_ALSO = re.compile(r"\balso\b", re.I)
_WORDS_MOST = 12


@dataclass
class _Context:
    """What the sentences before leave behind: body, period, who reports."""

    body: Body | None = None
    period: str | None = None
    said: str | None = None
    lead_by: Body | None = None
    lead_period: str | None = None
    last: Body | None = None


def figures(places: Sequence[Placed], names: Names) -> tuple[Figure, ...]:
    """Which figures stand in the report, in its order?

    Args:
        places: the outline's paragraphs; labels and section headings hold none.
        names: (kind, slug) → the full name that this report prints.

    Returns:
        One for each number: "128 (24 percent)" is two. `body` is the one named
        nearest, else the one whose part it stands in; None in the introduction.
    """
    context = _Context()
    out: list[Figure] = []
    for place in places:
        if place.role in ("section", "body", "label", "heading", "title"):
            context = _Context(last=context.last)
        if place.role in _ROLES:
            out += _of_place(place, context, names)
    return tuple(out)


def _of_place(place: Placed, context: _Context, names: Names) -> Iterator[Figure]:
    words = place.block.plain
    if place.role != "bullet":
        context.lead_by = context.lead_period = None
        carried = context.period if _ALSO.search(words[:60]) else None
        context.period = carried
    for begins, ends in sentences(words):
        part = words[begins:ends]
        named = _named(part)
        period = _period(part, context, bullet=place.role == "bullet")
        teller = _teller(part, place, context, named)
        found = values(part)
        for n, value in enumerate(found):
            body = _body(part, value, named, place, context)
            yield Figure(
                value=value.value,
                unit=value.unit,
                measures=_measures(part, found, n),
                body=shown(body, names),
                period=_nearest_period(part, value) or period,
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
    found = spans("period", part)
    if found:
        return squeezed(part[found[0].begins : found[0].ends])
    if holds("same", part):
        return context.said or context.period
    if bullet and context.lead_period:
        return context.lead_period
    return None if bullet else context.period


def _nearest_period(part: str, value: Value) -> str | None:
    """Which period stands nearest, where the sentence names more than one?"""
    found = spans("period", part)
    if len(found) < 2:
        return None
    near = min(
        found,
        key=lambda s: min(abs(s.begins - value.ends), abs(value.begins - s.ends)),
    )
    return squeezed(part[near.begins : near.ends])


def _teller(
    part: str, place: Placed, context: _Context, named: list[Mention]
) -> Body | None:
    if holds("reported", part) or _quoted(place):
        before = named[0].body if named else None
        here = place.body if place.part != "open" else context.last or place.body
        return before or here
    return context.lead_by if place.role == "bullet" else None


def _quoted(place: Placed) -> bool:
    """Is the paragraph an officer's own words, in an article?"""
    return place.part == "open" and place.block.plain.startswith('"')


def _body(
    part: str, value: Value, named: list[Mention], place: Placed, context: _Context
) -> Body | None:
    """Whose figure is it? The body named before it, else after, else the part's."""
    before = [m for m in named if m.ends <= value.begins]
    after = [m for m in named if m.begins >= value.ends]
    if after and _AFTER_IN.match(part[value.ends : after[0].begins]) and (
        not before or _breaks(part[before[-1].ends : value.begins])
    ):
        return after[0].body
    if before:
        return before[-1].body
    if place.part == "front" or place.part == "back":
        return None
    if place.part == "open":
        if after:
            return after[0].body
        return context.last or place.body
    return place.body


def _breaks(between: str) -> bool:
    return bool(re.search(r"[;]|, (?:while|whereas|and|but)\b", between))


def _measures(part: str, found: list[Value], n: int) -> str:
    """What does the number count? A few words of the sentence."""
    value = found[n]
    if value.unit == "rank":
        words = _after(part, value.begins, found, own=True)
        return re.sub(r"^(?:the|second|third|fourth|fifth|joint)\s+", "", words, flags=re.I)
    if value.noun:
        return squeezed(value.noun)
    inside = part[: value.begins].rstrip().endswith("(")
    if inside and n and part[found[n - 1].ends : value.begins].strip() == "(":
        return _after(part, part.find(")", value.ends) + 1, found)
    if inside and re.match(r"\s*\)", part[value.ends :]):
        return _before(part, value.begins)
    rest = part[value.ends :]
    bracket = re.match(r"\s*\([^)]*\)", rest)
    begins = value.ends + (bracket.end() if bracket else 0)
    if value.unit == "times":
        return _before(part, value.begins) or _after(part, begins, found)
    if _NO_SUBJECT.match(part[begins:]) and not re.match(r"\s*of\b", part[begins:]):
        return _before(part, value.begins) or _after(part, begins, found)
    return _after(part, begins, found) or _before(part, value.begins)


def _after(part: str, begins: int, found: list[Value], *, own: bool = False) -> str:
    rest = part[begins:]
    others = [v for v in found if v.begins > begins]
    if others and re.match(r"\s*(?:out )?of (?:the |its |all )?$", rest[: others[0].begins - begins]):
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
    pieces = [p for p in re.split(r"[.;:()\x00]|, ", plain(head)) if p.strip()]
    words = pieces[-1].split()[-_WORDS_MOST:] if pieces else []
    return _WEAK_START.sub("", " ".join(words) + " ").strip(" -'\"")
