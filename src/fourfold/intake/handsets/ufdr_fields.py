"""What does one model of a UFDR report say in its fields?"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from fourfold.intake.handsets.addresses import address

Element = etree._Element
FROM, TO = "from", "to"


@dataclass(frozen=True)
class Party:
    """Somebody a call or message names, and whether it is the phone's owner."""

    address: str
    name: str
    role: str
    owner: bool

    @property
    def known(self) -> str:
        """The address, or the name where the report gives no address."""
        return self.address or self.name


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def field(model: Element, *names: str) -> str:
    """The value of the first of these fields that says something; else ""."""
    said = {}
    for child in model:
        name = child.get("name")
        if name in names and local(child) == "field" and name not in said:
            said[name] = "".join(str(part) for part in child.itertext()).strip()
    return next((said[name] for name in names if said.get(name)), "")


def inner(model: Element, *names: str) -> Iterator[Element]:
    """The models that lie in the model fields of these names, in the report's order."""
    for child in model:
        inside = local(child) in ("modelField", "multiModelField")
        if inside and child.get("name") in names:
            yield from (one for one in child if local(one) == "model")


def parties(model: Element, *names: str) -> list[Party]:
    """Who is named in these model fields? A field `From` or `To` gives the role."""
    found = []
    for name in names:
        for one in inner(model, name):
            role = field(one, "Role").lower()
            if name in ("From", "To"):
                role = name.lower()
            found.append(
                Party(
                    address=address(field(one, "Identifier")),
                    name=field(one, "Name"),
                    role=role,
                    owner=field(one, "IsPhoneOwner").lower() == "true",
                )
            )
    return found


def deleted(model: Element) -> bool | None:
    """Was it recovered after deletion? `None` where the report does not say."""
    state = (model.get("deleted_state") or model.get("deleted") or "").lower()
    if state in ("intact", ""):
        return False if state else None
    return None if state == "unknown" else True


def position(model: Element) -> tuple[float, float] | None:
    """Degrees north and east, of the model or of the position in it."""
    for one in (model, *inner(model, "Position", "Coordinate", "Location")):
        try:
            lat, lon = float(field(one, "Latitude")), float(field(one, "Longitude"))
        except ValueError:
            continue
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon):
            return lat, lon
    return None


def seconds(text: str) -> int | None:
    """How long does a duration such as 00:01:31 or 91 last?"""
    parts = text.split(".")[0].split(":")
    if not text or not all(part.isdigit() for part in parts) or len(parts) > 3:
        return None
    whole = 0
    for part in parts:
        whole = whole * 60 + int(part)
    return whole
