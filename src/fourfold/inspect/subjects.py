"""To which bodies does a grade in a sentence belong?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.base import bodies as known
from fourfold.inspect import bodies, grade_words
from fourfold.inspect.bodies import Body, Mention


@dataclass(frozen=True)
class Scene:
    """Where a sentence stands: in whose part, after which names, in which region.

    `last` are the bodies that the sentences before named together last.
    """

    here: Body | None
    last: tuple[Body, ...]
    region: Body | None


def graded_bodies(part: str, begins: int, ends: int, scene: Scene) -> list[Body]:
    """To which bodies is the grade between two places of a sentence given?

    Those of the list of names nearest before it; else, for "it", "both" or "the
    force", those meant; else those named after "for" or "to". Empty if none is.
    """
    found = _named(part)
    before = [m for m in found if m.ends <= begins + 1]
    every = grade_words.ALL_FORCES.search(part, 0, begins)
    region = scene.region
    free = not before or _ended(part[before[-1].ends : every.start()] if every else "")
    if every and region and free:
        return [b for b in map(_force, known.region(region.slug).forces) if b]
    if before and grade_words.COVERS.search(part[: before[-1].begins]):
        unit = bodies.unit_of(_region_of(before[-1].body))
        return [unit] if unit else []
    if before:
        return _chain(part, before)
    if grade_words.BOTH.match(part) and len(scene.last) > 1:
        return list(scene.last)
    if grade_words.PRONOUN.search(part, 0, begins) or grade_words.BARE.match(part):
        return _meant(part[:begins], scene)
    after = [m for m in found if m.begins >= ends - 1]
    if after and _GOES_TO.match(part[ends : after[0].begins]):
        return _chain_after(part, after)
    return []


def _ended(between: str) -> bool:
    """Is a name's part of the sentence over: not "the unit, which serves all"?"""
    return bool(between) and not _SERVES.search(between)


_SERVES = re.compile(
    r"\b(?:which|that|who|serv\w+|cover\w+|support\w+|includ\w+|its|for|with)\b[^.;]*$",
    re.IGNORECASE,
)
_GOES_TO = re.compile(
    r"[\w\s'\"]{0,25}?\b(?:for|to|went to|were|was|are|is)\b[\s\w'\"]{0,25}$",
    re.IGNORECASE,
)


def last_named(part: str) -> tuple[Body, ...]:
    """Which bodies does a sentence name together last? Regions do not count."""
    found = _named(part)
    return tuple(_chain(part, found)) if found else ()


def _named(part: str) -> list[Mention]:
    return [m for m in bodies.mentions(part) if m.body.kind != "region"]


def _region_of(body: Body) -> Body | None:
    return Body(body.region, "region", "", body.region) if body.region else None


def _force(slug: str) -> Body | None:
    return bodies.named(known.body(slug).name)


def _meant(before: str, scene: Scene) -> list[Body]:
    if re.search(r"\b(?:unit|ROCU)\b", before, re.IGNORECASE) and scene.region:
        unit = bodies.unit_of(scene.region)
        return [unit] if unit else []
    body = scene.here
    if (body is None or body.kind == "region") and scene.last:
        body = scene.last[-1]
    return [body] if body and body.kind != "region" else []


def _chain(part: str, found: Sequence[Mention]) -> list[Body]:
    """The last name and those joined to it by commas and "and"."""
    chain = [found[-1]]
    for m in reversed(found[:-1]):
        if not grade_words.GLUE.match(part[m.ends : chain[0].begins]):
            break
        chain.insert(0, m)
    return list(dict.fromkeys(m.body for m in chain))


def _chain_after(part: str, found: Sequence[Mention]) -> list[Body]:
    chain = [found[0]]
    for m in found[1:]:
        if not grade_words.GLUE.match(part[chain[-1].ends : m.begins]):
            break
        chain.append(m)
    return list(dict.fromkeys(m.body for m in chain))
