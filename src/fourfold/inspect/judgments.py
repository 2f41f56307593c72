"""Which grade does a report or press text give to which body?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fourfold.inspect import bodies, grade_words, phrases
from fourfold.inspect.bodies import Body
from fourfold.inspect.findings import Names, shown
from fourfold.inspect.report import Judgment
from fourfold.inspect.sections import Outline, Placed
from fourfold.inspect.subjects import Scene, graded_bodies, last_named
from fourfold.inspect.wording import sentences, squeezed

GRADES = ("inadequate", "requires improvement", "adequate", "good", "outstanding")


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
    soc = re.compile(grade_words.SOC, re.IGNORECASE)
    a, b = (None if t is None or soc.search(t) else t.lower() for t in (one, other))
    return a is None or b is None or a.startswith(b) or b.startswith(a)


def _fixed(outline: Outline, names: Names) -> Iterator[Judgment]:
    for place in outline.places:
        if place.part in ("front", "back"):
            continue
        words = place.block.plain
        for begins, ends in sentences(words):
            part = words[begins:ends]
            found = grade_words.FIXED.search(part)
            if not found or _barred(part) or found.start() > 140:
                continue
            grade = _grade(found["ri"] or found["grade"])
            hit = _Hit(found.start(), found.end(), grade, found["about"])
            scene = Scene(place.body, (), outline.region)
            for body in graded_bodies(part, hit.begins, hit.ends, scene):
                yield _made(place, (begins, ends), body, hit, names)


def _grade(printed: str) -> str:
    words = re.sub(r"[\"']", "", printed).lower()
    return "requires improvement" if "improvement" in words else words.strip()


def _barred(part: str) -> bool:
    return bool(
        grade_words.EARLIER.search(part) or grade_words.DENIED.search(part)
    ) or bool(phrases.within("history", part))


def _made(
    place: Placed, span: tuple[int, int], body: Body, hit: _Hit, names: Names
) -> Judgment:
    begins, ends = span
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
    last: tuple[Body, ...] = ()
    question: str | None = None
    boxed = any(place.role == "label" for place in outline.places)
    for place in outline.places:
        words = place.block.plain
        if place.part in ("front", "back") or place.role in ("section", "published"):
            continue
        if words.rstrip().endswith("?"):
            question = words.strip().rstrip("?")
        elif place.role in ("title", "body"):
            question = None
        if pairs := list(_paired(place, question)):
            for body, hit in pairs:
                yield _made(place, (0, len(words)), body, hit, names)
            last = (pairs[-1][0],)
            continue
        for begins, ends in sentences(words):
            part = words[begins:ends]
            scene = Scene(_here(place, last), last, outline.region)
            for body, hit in _graded(part, scene, boxed=boxed):
                yield _made(place, (begins, ends), body, hit, names)
            last = last_named(part) or last


def _graded(part: str, scene: Scene, *, boxed: bool) -> Iterator[tuple[Body, _Hit]]:
    for hit in _hits(part, boxed=boxed):
        for body in graded_bodies(part, hit.begins, hit.ends, scene):
            yield body, hit


def _here(place: Placed, last: tuple[Body, ...]) -> Body | None:
    return last[-1] if place.part == "open" and last else place.body


def _paired(place: Placed, question: str | None) -> Iterator[tuple[Body, _Hit]]:
    """Which grades stand in a table row, a list or a line by themselves?"""
    words = place.block.plain.strip()
    if len(words) > 300:
        return
    if found := grade_words.ALONE.match(words):
        body = place.body
        if body and body.kind != "region":
            yield body, _Hit(0, len(words), _grade(found["grade"]), question)
    elif found := grade_words.PAIR.match(words):
        named, grade = bodies.named(found["left"]), _grade(found["grade"])
        topic = None if named else grade_words.TOPIC.match(found["left"])
        body = place.body if topic else named
        if body and body.kind != "region":
            about = found["left"] if topic else None
            yield body, _Hit(0, len(words), grade, about)
    elif found := grade_words.LIST.match(words):
        for m in bodies.mentions(found["right"]):
            if m.body.kind != "region":
                yield m.body, _Hit(0, len(words), _grade(found["grade"]), None)


def _hits(part: str, *, boxed: bool) -> list[_Hit]:
    """Where in the sentence is a grade given? One for each place, in order."""
    if grade_words.DENIED.search(part) or phrases.within("history", part):
        return []
    out: list[_Hit] = []
    for regex in grade_words.FORMAL if boxed else grade_words.SENTENCES:
        for found in regex.finditer(part):
            hit = _hit(found)
            taken = any(
                abs(h.ends - hit.ends) < 14 or h.begins <= hit.ends <= h.ends
                for h in out
            )
            close = regex in (grade_words.PLAIN, grade_words.AT)
            loose = close and not _follows_a_name(part, hit)
            earlier = grade_words.EARLIER.search(_clause(part, found))
            if not (taken or loose or earlier):
                out.append(hit)
    return sorted(out, key=lambda h: h.begins)


def _hit(found: re.Match[str]) -> _Hit:
    groups = found.groupdict()
    name = "grade" if groups.get("grade") else "ri"
    begins = found.end("object") if groups.get("object") else found.start()
    return _Hit(begins, found.end(name), _grade(found[name]), groups.get("about"))


def _follows_a_name(part: str, hit: _Hit) -> bool:
    return any(0 <= hit.begins - m.ends <= 3 for m in bodies.mentions(part))


def _clause(part: str, found: re.Match[str]) -> str:
    begins = max(
        part.rfind(mark, 0, found.start()) for mark in (";", ", but", ", while")
    )
    ends = [e for e in (part.find(m, found.end()) for m in ";,") if e >= 0]
    return part[max(begins, 0) : min(ends, default=len(part))]
