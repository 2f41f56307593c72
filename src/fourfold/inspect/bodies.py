"""Which force, unit, region or service does a report mean by a name?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from fourfold.base import bodies as known
from fourfold.base import rules
from fourfold.inspect.wording import plain, squeezed


@dataclass(frozen=True)
class NameRule:
    """A row of the sheet: other names of one body."""

    key: str
    says: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Body:
    """A body that a report names: its slug, kind, name to show and region.

    `kind` is force, rocu, region or fire; a force and a region may share a slug.
    """

    slug: str
    kind: str
    name: str
    region: str = ""


@dataclass(frozen=True)
class Mention:
    """A body's name in a text: where it stands and how full it is.

    `strength` is 3 for a full name, 2 for an abbreviation, 1 for a bare area or
    region.
    """

    begins: int
    ends: int
    body: Body
    strength: int


EXTRA = {r.key: r for r in rules.load(NameRule, "fourfold.inspect", "body_names")}
_KINDS_OF_FORCE = r"(?: Police Service| Police Force| Police| Constabulary)"
_UNIT = r"(?:Regional Organi[sz]ed Crime Unit|ROCU)"
_FIRE = re.compile(
    r"\b((?:[A-Z][\w']+(?:[ -](?:and|&|of|the|[A-Z][\w']+))*?),? (?:County )?Fire"
    r"(?: (?:and|&) Rescue)?(?: Service| Authority))"
)
_OFFICE = re.compile(r"(?:commissioner|PCC|mayor)\w* (?:for|of) (?:the )?$", re.I)
_NOT_A_FORCE = (
    r"(?![\w-]| (?:County|City|Borough|Council|University|Hospital|Live|Post|Telegraph"
    r"|Echo|Times|Fire|Prison|Crown|and Rescue|region\b|Police and Crime|Street))"
)


@dataclass(frozen=True)
class Pattern:
    """How one body may be printed; `hint` is a word in it, to look for first."""

    pattern: re.Pattern[str]
    body: Body
    strength: int
    hint: str


@cache
def patterns() -> tuple[Pattern, ...]:
    """By which patterns do we know the bodies? Built once."""
    rows = [
        *((_force(b), p, n) for b in known.BODIES.values() for p, n in _of_force(b)),
        *((_rocu(r), p, n) for r in known.REGIONS.values() for p, n in _of_unit(r)),
        *((_region(r), p, 1) for r in known.REGIONS.values() for p in _of_region(r)),
    ]
    return tuple(
        Pattern(re.compile(p, re.I if n == 3 else 0), body, n, _hint(p))
        for body, p, n in rows
    )


def _hint(pattern: str) -> str:
    """The longest run of letters that every match of the pattern must hold."""
    bare = re.sub(
        r"\\[bs]|\(\?[!:i][^()]*(?:\([^()]*\)[^()]*)*\)|\[[^]]*\]", " ", pattern
    )
    runs: list[str] = re.findall(r"[A-Za-z]{3,}", bare) or [""]
    return max(runs, key=len).lower()


def _force(body: known.Body) -> Body:
    return Body(body.slug, body.kind, body.name, body.region)


def _rocu(region: known.Region) -> Body:
    return Body(region.rocu, "rocu", region.rocu_name, region.key)


def _region(region: known.Region) -> Body:
    return Body(region.key, "region", region.says, region.key)


def _loose(name: str) -> str:
    """The name with any hyphen, space or ampersand where it has one of them."""
    words = re.escape(name).replace(r"\ ", " ").replace(r"\-", "-").replace(r"\&", "&")
    words = re.sub(r" (?:and|&) ", "[ ](?:and|&)[ ]", words)
    return re.sub(r"(?<!\[) (?!\])|-", r"[\\s-]*", words).replace("[ ]", r"\s*")


def _of_force(body: known.Body) -> list[tuple[str, int]]:
    if body.kind != "force":
        return []
    out = [(rf"\b{_loose(n)}\b", _fullness(n)) for n in _extra(body.slug)]
    out.append((rf"\b{_loose(body.name)}\b", 3))
    if body.slug in ("metropolitan", "city-of-london", "btp"):
        return out
    out.append((rf"\b{_loose(body.short)}{_KINDS_OF_FORCE}\b", 3))
    if body.slug != "west-midlands":
        out.append((rf"\b{_loose(body.short)}{_NOT_A_FORCE}", 1))
    return out


def _of_unit(region: known.Region) -> list[tuple[str, int]]:
    if not region.rocu:
        return []
    area = _area(region)
    out = [(rf"\b{_loose(n)}\b", _fullness(n)) for n in _extra(region.rocu)]
    out.append((rf"\b{_loose(region.rocu_name)}\b", 3))
    out.append((rf"\b{area} {_UNIT}\b", 3))
    out.append((rf"\b{_UNIT}(?: \(\w+\))? for (?:the )?{area}(?: region)?\b", 3))
    out.append((rf"\b{area} (?:police|organised crime|operations) unit\b", 3))
    out.append((rf"\b{re.escape(region.rocu_short)}\b", 2))
    return out


def _of_region(region: known.Region) -> list[str]:
    return [rf"(?i:\b(?:the )?{_area(region)}(?: region)?\b)(?! (?i:police|force))"]


def _area(region: known.Region) -> str:
    if region.key == "yorkshire-and-the-humber":
        return r"Yorkshire (?:and|&)(?: the)? Humber(?:side)?"
    if region.key == "eastern":
        return r"(?:Eastern|East of England)"
    if region.key == "london":
        return r"London"
    return _loose(region.says)


def _fullness(name: str) -> int:
    return 3 if len(name.split()) > 2 else 2


def _extra(slug: str) -> tuple[str, ...]:
    return EXTRA[slug].names if slug in EXTRA else ()


@lru_cache(maxsize=20_000)
def mentions(text: str) -> tuple[Mention, ...]:
    """Which bodies does a text name, in its order, none over another?

    Where two names overlap the longer counts: "Regional Organised Crime Unit for the
    West Midlands" is the unit, not the region. "London" and "Eastern" alone count
    only with "region".
    """
    words = plain(text)
    lowered = words.lower()
    found = [
        Mention(m.start(), m.end(), p.body, p.strength)
        for p in patterns()
        if p.hint in lowered
        for m in p.pattern.finditer(words)
        if _counts(p, m, words)
    ]
    if "fire" in lowered:
        services = (m for m in _FIRE.finditer(words) if "nspectorate" not in m[1])
        found += [_service(m) for m in services]
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.begins - m.ends, -m.strength)):
        if all(m.ends <= k.begins or m.begins >= k.ends for k in kept):
            kept.append(m)
    return tuple(sorted(kept, key=lambda m: m.begins))


def _counts(pattern: Pattern, found: re.Match[str], words: str) -> bool:
    if pattern.strength > 1:
        return True
    if pattern.body.kind == "region":
        alone = pattern.body.slug in ("london", "eastern")
        return not alone or found[0].lower().endswith("region")
    return not _OFFICE.search(words[: found.start()])


def _service(found: re.Match[str]) -> Mention:
    name = re.sub(r"^(?:The|In|At|For) ", "", found[1])
    begins = found.end(1) - len(name)
    slug = re.sub(r"[^a-z]+", "-", name.lower().replace("&", "and")).strip("-")
    return Mention(begins, found.end(1), Body(slug, "fire", name), 3)


def named(text: str) -> Body | None:
    """Which body is this, if the text is a body's name and nothing else?

    A leading "the" and an abbreviation in brackets may stand with the name.
    """
    words = re.sub(r"\s*\([^)]*\)\s*$", "", squeezed(text)).strip(" :.-")
    found = mentions(words)
    if len(found) != 1:
        return None
    rest = words[: found[0].begins] + words[found[0].ends :]
    return found[0].body if rest.strip().lower() in ("", "the") else None


def unit_of(region: Body | None) -> Body | None:
    """Which unit serves the region? None for London, and where no region is known."""
    served = known.REGIONS.get(region.slug) if region else None
    return _rocu(served) if served and served.rocu else None


def printed_names(texts: Iterable[str]) -> dict[tuple[str, str], str]:
    """Under which full name does this report print each body?

    Returns:
        (kind, slug) → the full name printed most often, the first of equals, without
        "the" and brackets. A body that is only abbreviated is not in it.
    """
    seen: dict[tuple[str, str], Counter[str]] = {}
    for text in texts:
        for key, name in _full_names(text):
            seen.setdefault(key, Counter())[name] += 1
    return {key: max(names, key=names.__getitem__) for key, names in seen.items()}


def _full_names(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    for m in mentions(text):
        name = squeezed(text[m.begins : m.ends])
        whole = m.strength == 3 and m.body.kind in ("force", "rocu")
        proper = name[:1].isupper() and not name.endswith(("police", "ROCU", "unit"))
        if whole and proper:
            yield (m.body.kind, m.body.slug), name
