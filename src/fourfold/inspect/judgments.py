"""Which grade does a report or press text give to which body?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourfold.base import bodies as known
from fourfold.inspect import bodies, phrases
from fourfold.inspect.bodies import Body, Mention
from fourfold.inspect.findings import Names, shown
from fourfold.inspect.report import Judgment
from fourfold.inspect.sections import Outline, Placed
from fourfold.inspect.wording import plain, sentences, squeezed

GRADES = ("inadequate", "requires improvement", "adequate", "good", "outstanding")
_Q = r"[\"']{0,2}"
_GRADE = (
    rf"{_Q}(?P<grade>outstanding|good|(?<!in)adequate|inadequate"
    rf"|requir(?:es?|ing|ed){_Q} (?:for )?{_Q}improvements?"
    rf"|need(?:s|ing)? {_Q}improvement)\b{_Q}"
)
_SOC = r"(?:serious(?: and|,)? organi[sz]ed crime|SOC\b|organi[sz]ed crime)"
_VERB = (
    r"(?:graded|rated|judged|assessed|deemed|ranked|branded|labell?ed|classed|scored"
    r"|marked|classified|found|given|awarded|handed|received|achieved|declared|dubbed"
    r"|described|considered|get|got|gets|receives|earned)"
)
_LINK = (
    r"(?:\s+(?:it|them|him)?\s*(?:as|to be|as being|overall|both|all|each|only|again|now"
    r"|currently|just|an?|the|overall|a grade of|a rating of|a judge?ment of|being"
    r"|grade of|rating of|grading of|with|at)\b)*"
)
_BE = r"(?:is|are|was|were|be|being|been|remains?|remained)"
_FIXED = re.compile(
    rf"(?:\b{_BE}\b(?:\s+(?:also|now|both|all|each|overall|still))*\s+{_GRADE}"
    rf"|(?P<ri>\brequires? improvement))"
    rf"\s+(?:at|in|for)\s+(?P<about>(?:how (?:it|well it)\s+)?tackl\w+\s+{_SOC})",
    re.IGNORECASE,
)
_PRESS = re.compile(
    rf"\b{_VERB}\b{_LINK}\s*:?\s*{_GRADE}(?!\s+(?:and|or|to)\s+\w*adequate)"
    r"(?:\s+(?:in|at|for)\s+(?P<about>[^,.;\"]{4,80}))?",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    rf"\b{_VERB}\b(?P<object>\s+[^.;]{{3,200}}?)\s+(?:as|was|were|is|are|to be)\s+{_GRADE}",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    rf"\b{_BE}\b(?:\s+\w+)?\s+(?=[\"']){_GRADE}"
    r"(?:\s+(?:in|at|for)\s+(?P<about>[^,.;\"]{4,80}))?",
    re.IGNORECASE,
)
_HEADLINE = re.compile(
    rf"(?<!\w)(?=[\"']|inadequate|outstanding){_GRADE}\s+(?:at|in|for)\s+(?P<about>[^,.;]{{0,40}}?{_SOC})",
    re.IGNORECASE,
)
_NEEDS = re.compile(
    rf"(?<!not )\b(?P<grade>{_Q}requires?{_Q} {_Q}improvement){_Q}"
    r"(?=\s*(?:$|[.,;:!]|at\b|in (?:how|the way|its|tackl)|for (?:its|tackl)|overall|while|but|and))",
    re.IGNORECASE,
)
_RATING = re.compile(
    rf"\b(?:received|given|handed|awarded|got|gets?|earned|achieved|with"
    r"|there (?:was|is|were)|was|is)\s+(?:an?|the)?\s*"
    rf"(?:overall\s+)?{_GRADE}\s+(?:overall\s+)?(?:rating|grade|grading|judge?ment|verdict)",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    rf"(?:'s? (?:\w+ ){{0,3}}(?:response|approach|performance|handling|efforts?|work|record)"
    rf"\b[^.;]{{0,60}}?|[a-zA-Z)] )\b(?:is|was|are|were)\s+"
    rf"(?P<grade>inadequate|outstanding|adequate)\b"
    r"(?=\s*(?:$|[.,;:!]|at\b|in (?:how|the way|its|tackl)|for (?:its|tackl)|overall|while|but|and))",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"^(?P<left>[^:|.]{{3,90}}?)\s*(?:[:|]|\s-|-\s)\s*{_GRADE}[\s.;]*$", re.IGNORECASE
)
_LIST = re.compile(rf"^{_GRADE}\s*(?:[:|]|\s-)\s*(?P<right>.+)$", re.IGNORECASE)
_ALONE = re.compile(
    rf"^(?:(?:overall )?(?:grade|judge?ment|rating)\s*:?\s*)?{_GRADE}[.]?$", re.I
)
_EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|earlier|last (?:inspection|time|year)|had been (?:graded|rated)"
    r"|formerly|in (?:our |its |the |an? )?20[01]\d(?! and)\b|at our \d{4})",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not (?:be )?(?:given|graded|rated|receive)|isn'?t given|no (?:grade|graded)"
    r"|would (?:be|have)|could be|doesn'?t mean|does not mean|being found|if |ranged? from)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|the (?:force|constabulary|service|unit|ROCU)(?:'s)?|which|that)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:is|was|has been|requires?|rated|graded|judged)\b", re.IGNORECASE
)
_GLUE = re.compile(
    r"^\s*(?:'s?\s+[\w ]{0,25}?|\([^)]*\)|,|and|&|as well as|plus|both|the|along with|"
    r"police|forces?|constabular(?:y|ies)|[\s,'\"()-])*$",
    re.IGNORECASE,
)
_ALL_FORCES = re.compile(
    r"\b(?:all|each|both)(?: of)?(?: the| its)?(?: (?:two|three|four|five|six|seven))?"
    r"(?: (?:constituent|regional|individual|police|local))* forces\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Hit:
    """A grade in a sentence: where its evidence begins and ends, and its topic."""

    begins: int
    ends: int
    grade: str
    about: str | None


def judgments(outline: Outline, names: Names) -> tuple[Judgment, ...]:
    """Which graded judgments does the text print, in its order?

    A full report's judgments are the fixed sentences ("X is adequate at tackling
    serious and organised crime"). Where it has none, press lists, tables and the
    sentences of an article are read. The same body with the same grade counts once.

    Args:
        outline: the placed paragraphs.
        names: (kind, slug) → the full name that this report prints.

    Returns:
        Grades in lower case. Earlier grades, wishes and denials are no judgments.
    """
    found = list(_fixed(outline, names))
    if len({j.body_slug for j in found}) < 2 or not _has_parts(outline):
        found += _article(outline, names)
    return tuple(_once(sorted(found, key=lambda j: j.line)))


def _has_parts(outline: Outline) -> bool:
    return any(p.part in ("body", "region") for p in outline.places)


def _once(found: list[Judgment]) -> Iterator[Judgment]:
    kept: list[Judgment] = []
    for j in found:
        same = [k for k in kept if (k.body_slug, k.grade) == (j.body_slug, j.grade)]
        if not any(_same_topic(k.about, j.about) for k in same):
            kept.append(j)
            yield j


def _same_topic(one: str | None, other: str | None) -> bool:
    soc = re.compile(_SOC, re.IGNORECASE)
    a, b = (None if t is None or soc.search(t) else t.lower() for t in (one, other))
    return a is None or b is None or a == b


def _fixed(outline: Outline, names: Names) -> Iterator[Judgment]:
    for place in outline.places:
        if place.part in ("front", "back"):
            continue
        words = place.block.plain
        for begins, ends in sentences(words):
            part = words[begins:ends]
            found = _FIXED.search(part)
            if not found or _barred(part) or found.start() > 140:
                continue
            grade = _grade(found["ri"] or found["grade"])
            hit = _Hit(found.start(), found.end(), grade, found["about"])
            for body in _bodies_before(part, hit, place.body, None, outline.region):
                yield _made(place, begins, ends, body, hit, names)


def _grade(printed: str) -> str:
    words = re.sub(r"[\"']", "", printed).lower()
    return "requires improvement" if "improvement" in words else words.strip()


def _barred(part: str) -> bool:
    return bool(_EARLIER.search(part) or _DENIED.search(part)) or bool(
        phrases.within("history", part)
    )


def _made(
    place: Placed, begins: int, ends: int, body: Body, hit: _Hit, names: Names
) -> Judgment:
    return Judgment(
        body=shown(body, names) or body.name,
        grade=hit.grade,
        quote=place.block.text[begins:ends],
        line=place.block.line_at(begins),
        body_slug=body.slug,
        body_kind=body.kind,
        about=squeezed(hit.about) if hit.about else None,
    )


def _article(outline: Outline, names: Names) -> Iterator[Judgment]:
    last: Body | None = None
    for place in outline.places:
        words = place.block.plain
        if place.part in ("front", "back") or place.role in ("section", "published"):
            continue
        if pairs := list(_paired(place, last)):
            for body, hit in pairs:
                yield _made(place, 0, len(words), body, hit, names)
                last = body
            continue
        for begins, ends in sentences(words):
            part = words[begins:ends]
            for hit in _hits(part):
                here = last if place.part == "open" and last else place.body
                for body in _bodies_before(part, hit, here, last, outline.region):
                    yield _made(place, begins, ends, body, hit, names)
            last = _subject(part) or last


def _paired(place: Placed, last: Body | None) -> Iterator[tuple[Body, _Hit]]:
    """Which grades stand in a table row, a list or a line by themselves?"""
    words = place.block.plain.strip()
    if len(words) > 300:
        return
    if found := _ALONE.match(words):
        body = place.body
        if body and body.kind != "region":
            yield body, _Hit(0, len(words), _grade(found["grade"]), None)
    elif found := _PAIR.match(words):
        body = bodies.named(found["left"])
        if body and body.kind != "region":
            yield body, _Hit(0, len(words), _grade(found["grade"]), None)
    elif found := _LIST.match(words):
        for m in bodies.mentions(found["right"]):
            if m.body.kind != "region":
                yield m.body, _Hit(0, len(words), _grade(found["grade"]), None)


def _hits(part: str) -> list[_Hit]:
    """Where in the sentence is a grade given? One for each place, in order."""
    if _DENIED.search(part) or phrases.within("history", part):
        return []
    out: list[_Hit] = []
    for regex in (
        _FIXED,
        _PRESS,
        _RATING,
        _OBJECT,
        _QUOTED,
        _NEEDS,
        _RESPONSE,
        _HEADLINE,
    ):
        for found in regex.finditer(part):
            groups = found.groupdict()
            printed = groups.get("grade") or groups.get("ri") or ""
            place = found.end("grade") if groups.get("grade") else found.end()
            begins = found.start("object") if groups.get("object") else found.start()
            begins = found.end("object") if groups.get("object") else begins
            taken = any(
                abs(h.ends - place) < 14 or h.begins <= place <= h.ends for h in out
            )
            if printed and not taken and not _EARLIER.search(_clause(part, found)):
                out.append(_Hit(begins, place, _grade(printed), groups.get("about")))
    return sorted(out, key=lambda h: h.begins)


def _clause(part: str, found: re.Match[str]) -> str:
    begins = max(
        part.rfind(mark, 0, found.start()) for mark in (";", ", but", ", while")
    )
    ends = [e for e in (part.find(m, found.end()) for m in ";,") if e >= 0]
    return part[max(begins, 0) : min(ends, default=len(part))]


def _subject(part: str) -> Body | None:
    """Which body is the sentence about? The last it names; regions do not count."""
    found = [m.body for m in bodies.mentions(part) if m.body.kind != "region"]
    return found[-1] if found else None


def _bodies_before(
    part: str, hit: _Hit, here: Body | None, last: Body | None, region: Body | None
) -> list[Body]:
    """To which bodies is the grade given?

    Those of the list of names nearest before it; else, for "it" or "the force", the
    body we are in or that was named last; else those named after "for" or "to".
    """
    every = _ALL_FORCES.search(part, 0, hit.begins)
    found = [m for m in bodies.mentions(part) if m.body.kind != "region"]
    before = [m for m in found if m.ends <= hit.begins + 1]
    if every and region and (not before or before[-1].ends < every.start()):
        return [b for b in map(_force, known.region(region.slug).forces) if b]
    if before:
        return _chain(part, before)
    if _PRONOUN.search(part, 0, hit.begins) or _BARE.match(part):
        return _meant(part[: hit.begins], here, last, region)
    after = [m for m in found if m.begins >= hit.ends - 1]
    if after and re.match(
        r"[\w\s'\"]{0,25}?\b(?:for|to|went to|were|was|are|is)\b[\s\w'\"]{0,25}$",
        part[hit.ends : after[0].begins],
        re.IGNORECASE,
    ):
        return _chain_after(part, after)
    return []


def _force(slug: str) -> Body | None:
    return bodies.named(known.body(slug).name)


def _meant(
    before: str, here: Body | None, last: Body | None, region: Body | None
) -> list[Body]:
    if re.search(r"\b(?:unit|ROCU)\b", before, re.IGNORECASE) and region:
        unit = bodies.unit_of(region)
        return [unit] if unit else []
    body = here if here and here.kind != "region" else last
    return [body] if body and body.kind != "region" else []


def _chain(part: str, found: Sequence[Mention]) -> list[Body]:
    """The last name and those joined to it by commas and "and"."""
    chain = [found[-1]]
    for m in reversed(found[:-1]):
        if not _GLUE.match(part[m.ends : chain[0].begins]):
            break
        chain.insert(0, m)
    return list(dict.fromkeys(m.body for m in chain))


def _chain_after(part: str, found: Sequence[Mention]) -> list[Body]:
    chain = [found[0]]
    for m in found[1:]:
        if not _GLUE.match(part[chain[-1].ends : m.begins]):
            break
        chain.append(m)
    return list(dict.fromkeys(m.body for m in chain))
