"""Who should do what by when, as a report recommends it?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fourfold.inspect import bodies
from fourfold.inspect.bodies import Body
from fourfold.inspect.findings import Names, item_words, shown
from fourfold.inspect.report import Finding, Recommendation
from fourfold.inspect.sections import Placed
from fourfold.inspect.subjects import last_named
from fourfold.inspect.wording import (
    DATE,
    MONTH,
    NUMBER_WORDS,
    months_after,
    plain,
    read_date,
    sentences,
    word_value,
)

_SPAN = (
    rf"(?:the next )?(?:\d+|{NUMBER_WORDS})[\s-]*(?:working )?(?:day|week|month|year)s?"
)
_BASE = (
    rf"(?:\s+(?:of|from|after|following)\s+(?:the\s+)?(?:date\s+of\s+)?(?:{DATE}"
    r"|(?:its\s+|this\s+)?publication(?:\s+of\s+this\s+report)?"
    r"|this\s+(?:report|inspection)(?:'s\s+publication|\s+being\s+published)?"
    r"|report(?:'s\s+publication)?|receiving\s+this\s+report))?"
)
_WHEN = (
    rf"(?:(?:by|before|no later than|not later than|on or before)\s*(?:the\s+)?"
    rf"(?:end of\s+)?(?:{DATE}|\d{{1,2}}\s+{MONTH}|{MONTH}\s+\d{{4}}|{MONTH}|\d{{4}})"
    rf"|with(?:in|in the)\s+{_SPAN}{_BASE}"
    r"|(?:with )?immediate(?:ly)?(?: effect)?|as soon as (?:possible|practicable)"
    r"|as a matter of urgency|urgently|forthwith)"
)
_OPENING = re.compile(
    rf"^(?:and\s+)?(?P<when>{_WHEN})\s*,?\s*(?P<rest>.+)$", re.I | re.S
)
_OWNED = re.compile(
    rf"^(?P<owner>.{{2,220}}?)(?:,?\s+(?P<when>{_WHEN}),?)?\s+(?:should|must)\b"
    rf"(?P<mid>,?\s+(?P<late>{_WHEN}),?)?\s*:?\s*(?P<act>.*)$",
    re.I | re.S,
)
_WE = re.compile(
    r"^(?:to address (?:this|the|these) causes? (?:of|for) concern,?\s*)?"
    r"(?:(?:we|HMICFRS|HMIC|the inspectorate)\s+recommends?(?:\s+that)?:?,?\s*)",
    re.I,
)
_FOR_THE_CAUSE = re.compile(
    r"^to address (?:this|the|these) causes? (?:of|for) concern,?\s*", re.I
)
_TOLD = re.compile(
    r"^[\"']*(?:(?:HMICFRS|inspectors|the inspectorate|the watchdog|it)\s+"
    r"(?:has |have )?told\s+(?P<told>.{3,80}?)"
    r"|(?P<owner>.{3,80}?)\s+(?:has|have|was|were)\s+"
    rf"(?:been\s+)?(?:told|asked|ordered|given\s+(?P<until>until\s+{DATE})))"
    rf"\s+to\s+(?P<act>.+?)(?:,?\s+(?P<by>by\s+{DATE}))?\s*\.?[\"']*$",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b(?:should|must)(?! not be| be seen)\b\s*(?:also\s+)?")
_SAME = re.compile(r"^(?:they|it|he|she|this person|these)\b", re.I)
_ON = re.compile(r"\[on\](?P<on>.*?)\[status\](?P<status>.*?)\[/status\]", re.I | re.S)
_CHAIN = re.compile(
    rf"(?:(?P<before>{DATE})\s*[-:,]?\s*)?"
    r"\b(?P<status>awaiting[- ]review|being[- ]progressed|not[- ]started|complete[d]?"
    r"|closed|superseded|ongoing)\b"
    rf"(?:\s*[-:,(]?\s*(?P<after>{DATE}))?",
    re.I,
)


@dataclass
class _Draft:
    """A recommendation being read: its opening, then its actions."""

    place: Placed
    quote: str
    owner: str | None
    when: str | None
    actions: list[str]
    open_list: bool
    number: str | None = None
    box: int = 0
    statuses: list[tuple[str | None, str]] = field(default_factory=list)


def recommendations(
    places: Sequence[Placed],
    found: Sequence[Finding],
    names: Names,
    published: date | None,
) -> tuple[Recommendation, ...]:
    """Which recommendations stand in the report, in its order?

    Args:
        places: the outline's paragraphs.
        found: the report's findings, to name the cause of concern each belongs to.
        names: (kind, slug) → the full name that this report prints.
        published: the day of publishing, from which a deadline may be counted.

    Returns:
        One for each day and owner. Several "should" under them are its actions.
    """
    causes = [f for f in found if f.kind == "cause of concern"]
    return tuple(_finished(d, causes, names, published) for d in _drafts(places))


def _drafts(places: Sequence[Placed]) -> list[_Draft]:
    drafts: list[_Draft] = []
    boxed, number, listing, box, label = False, None, False, 0, ""
    for place in _spoken_of(places):
        if place.role == "status" and label in ("", "recommendation"):
            _note_status(place, drafts)
        elif place.role in ("label", "section", "body", "title"):
            boxed = place.role == "label" and place.label == "recommendation"
            number, listing, box = place.number, False, place.block.line
            label = place.label
        elif place.part in ("front", "back"):
            continue
        elif place.role == "heading" and not (boxed and _SHOULD.search(_text(place))):
            boxed = listing = False
        elif listing and place.role == "bullet" and not _opening(place, boxed=False):
            drafts[-1].actions.append(item_words(place.block.text).rstrip("."))
        elif draft := _opening(place, boxed=boxed):
            drafts.append(replace(draft, number=number, box=box))
            listing = draft.open_list
        elif place.part == "open" and (heard := list(_told(place))):
            drafts.extend(heard)
        elif (
            boxed
            and drafts
            and drafts[-1].statuses == []
            and _SHOULD.search(_text(place))
        ):
            drafts[-1].actions.extend(_actions(_text(place), place.block.text))
        else:
            listing = listing and place.role == "bullet"
    return [d for d in drafts if d.actions]


def _spoken_of(places: Sequence[Placed]) -> Iterator[Placed]:
    """The paragraphs, those of an article with the body that it named last."""
    last: Body | None = None
    for place in places:
        if place.part != "open":
            yield place
            continue
        spoken = place.body if place.body and place.body.kind != "region" else last
        yield replace(place, body=spoken or place.body)
        named = last_named(_text(place)) if place.role != "title" else ()
        last = named[-1] if len(named) == 1 else last


def _text(place: Placed) -> str:
    return place.block.plain


def _opening(place: Placed, *, boxed: bool) -> _Draft | None:
    """Does a recommendation begin with this paragraph?

    Outside a box it must open with a deadline, or name one beside "should".
    """
    text = _text(place)
    spans = sentences(text)
    if not spans:
        return None
    begins, ends = spans[0]
    first = text[begins:ends]
    lead = _WE.match(first) or _FOR_THE_CAUSE.match(first)
    rest = first[lead.end() :] if lead else first
    when = None
    if found := _OPENING.match(rest):
        when, rest = found["when"], found["rest"]
    owned = _OWNED.match(rest)
    if owned is None:
        return None
    when = when or owned["when"] or owned["late"]
    if not (boxed or lead or when) or (not boxed and not _may_own(owned["owner"])):
        return None
    if when is None and _SAME.match(owned["owner"]):
        return None
    return _draft(place, text, owned, when)


def _told(place: Placed) -> Iterator[_Draft]:
    """What has a body been told to do by a day, as an article reports it?"""
    for begins, ends in sentences(_text(place)):
        found = _TOLD.match(_text(place)[begins:ends])
        when = (found["until"] or found["by"]) if found else None
        if found and when:
            owner = found["told"] or found["owner"]
            quote = place.block.text[begins:ends]
            yield _Draft(place, quote, owner, when, [found["act"]], open_list=False)


def _may_own(owner: str) -> bool:
    return len(owner) < 160 and not re.search(r"\b(?:said|that|which|if)\b", owner)


def _draft(place: Placed, text: str, owned: re.Match[str], when: str | None) -> _Draft:
    act = owned["act"].strip()
    if when is None and (soon := re.match(rf"({_WHEN})\b[ ,:]*", act, re.I)):
        when, act = soon[1], act[soon.end() :]
    open_list = text.rstrip().endswith(":")
    spans = sentences(text)
    actions = _split_actions(act) if len(spans) > 1 or not open_list else []
    for begins, ends in spans[1 : -1 if open_list else None]:
        actions.extend(_actions(text[begins:ends], text[begins:ends]))
    owner = re.sub(r"\s+", " ", owned["owner"]).strip(" ,")
    return _Draft(place, place.block.text, owner, when, actions, open_list)


def _split_actions(act: str) -> list[str]:
    parts = re.split(r"[,;]?\s+and\s+(?:they|it|he|she)?\s*should\s+(?:also\s+)?", act)
    return [p.rstrip(" ;.") for p in parts if p.strip(" ;.")]


def _actions(sentence: str, printed: str) -> list[str]:
    """What should be done by a further sentence? Its own subject stays with it."""
    found = _SHOULD.search(sentence)
    if not found:
        return []
    if _SAME.match(sentence) or re.match(r"the (?:force|unit|chief)", sentence, re.I):
        return _split_actions(sentence[found.end() :])
    return [printed.strip().rstrip(" ;.")]


def _finished(
    draft: _Draft, causes: Sequence[Finding], names: Names, published: date | None
) -> Recommendation:
    body = _body(draft)
    line = draft.place.block.line
    own = draft.place.body.slug if draft.place.body else None
    before = [c for c in causes if c.line < line and c.body_slug == own]
    return Recommendation(
        owner=draft.owner,
        deadline=_deadline(draft.when, published),
        deadline_text=draft.when.strip() if draft.when else None,
        actions=tuple(draft.actions),
        parent=before[-1].heading if before else None,
        quote=draft.quote,
        line=line,
        body=shown(body, names),
        body_slug=body.slug if body else None,
        number=draft.number,
        statuses=tuple(draft.statuses),
    )


def _body(draft: _Draft) -> Body | None:
    """Whose is it? The one body that the owner's words name; else the part's."""
    found = {m.body for m in bodies.mentions(draft.owner or "")}
    return found.pop() if len(found) == 1 else draft.place.body


def _deadline(when: str | None, published: date | None) -> date | None:
    """On which day does the deadline fall? None unless the text gives the day.

    "Within three months of publication" is counted from the day of publishing;
    "within three months" alone stays open.
    """
    if when is None:
        return None
    relative = re.match(
        rf"with(?:in|in the)\s+(?:the next )?(?P<n>\d+|{NUMBER_WORDS})[\s-]*"
        r"(?P<unit>month|year)s?\s+(?:of|from|after)\s+(?P<base>.+)$",
        when,
        re.I,
    )
    if not relative:
        return read_date(when)
    base = read_date(relative["base"])
    if base is None and re.search(r"publi|this report", relative["base"], re.I):
        base = published
    printed = relative["n"]
    n = float(printed) if printed.isdigit() else word_value(printed)
    if base is None or n is None:
        return None
    return months_after(base, int(n) * (12 if relative["unit"] == "year" else 1))


def _note_status(place: Placed, drafts: list[_Draft]) -> None:
    found = list(_statuses(place.block.text))
    for draft in drafts:
        if draft.box == drafts[-1].box:
            draft.statuses.extend(found)


def _statuses(text: str) -> Iterator[tuple[str | None, str]]:
    """Which statuses, oldest first, does a tracker's line print?"""
    words = plain(text)
    tagged = list(_ON.finditer(words))
    if tagged:
        for found in tagged:
            yield _iso(found["on"]), found["status"].strip().lower()
        return
    for found in _CHAIN.finditer(words):
        yield (
            _iso(found["before"] or found["after"]),
            found["status"].lower().replace(" ", "-"),
        )


def _iso(printed: str | None) -> str | None:
    day = read_date(printed) if printed else None
    return day.isoformat() if day else None
