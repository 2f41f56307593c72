"""Which bodies are there in England and Wales, and in which region is each?

A region's slug may equal a force's (west-midlands): look each up in its own list.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fourfold.base import rules
from fourfold.base.errors import UnknownBody, UnknownRegion


@dataclass(frozen=True)
class Region:
    """A region, the forces in it and the unit that serves it ("" for London)."""

    key: str
    says: str
    rocu: str
    rocu_name: str
    rocu_short: str
    forces: tuple[str, ...]
    source: str

    def bodies(self) -> tuple[str, ...]:
        """Which bodies make up the region? The unit first, then forces by name."""
        return ((self.rocu,) if self.rocu else ()) + tuple(sorted(self.forces))


@dataclass(frozen=True)
class Body:
    """A force or regional unit: slug, full name, short name, kind and region."""

    slug: str
    name: str
    short: str
    kind: str
    region: str
    population: int | None = None
    officers_fte: float | None = None
    code: str = ""


@dataclass(frozen=True)
class Prison:
    """A prison of England and Wales: code, name and where it stands."""

    code: str
    name: str
    postcode: str
    lat: float | None
    lon: float | None


REGIONS = {r.key: r for r in rules.load(Region, "fourfold.base", "regions")}


def region(key: str) -> Region:
    """Which region has this key?

    Raises:
        UnknownRegion: none has.
    """
    if key not in REGIONS:
        raise UnknownRegion(region=key, known=", ".join(REGIONS))
    return REGIONS[key]


def body(slug: str) -> Body:
    """Which body has this slug?

    Raises:
        UnknownBody: none has.
    """
    if slug not in BODIES:
        raise UnknownBody(body=slug, known=", ".join(BODIES))
    return BODIES[slug]


@cache
def prisons() -> tuple[Prison, ...]:
    """Which prisons were there in May 2017, by name?"""
    rows = _rows("prisons.csv")
    return tuple(
        Prison(
            code=row["code"],
            name=row["name"],
            postcode=row["postcode"],
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
        )
        for row in sorted(rows, key=lambda row: row["name"])
        if row["code"]
    )


def _rows(name: str) -> list[dict[str, str]]:
    path = resources.files("fourfold.base") / "data" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _forces() -> dict[str, Body]:
    home = {slug: r.key for r in REGIONS.values() for slug in r.forces}
    return {
        row["police_uk_id"]: Body(
            slug=row["police_uk_id"],
            name=row["force_name"].replace("&", "and"),
            short=row["pfa_name"].replace("&", "and") or "BTP",
            kind="force",
            region=home[row["police_uk_id"]],
            population=int(row["pop2011"]) if row["pop2011"] else None,
            officers_fte=float(row["officer_fte_2019"] or 0) or None,
            code=row["pfa16cd"],
        )
        for row in _rows("forces.csv")
        if row["police_uk_id"] in home
    }


def _rocus() -> dict[str, Body]:
    return {
        r.rocu: Body(r.rocu, r.rocu_name, r.rocu_short, "rocu", r.key)
        for r in REGIONS.values()
        if r.rocu
    }


BODIES = _rocus() | _forces()
