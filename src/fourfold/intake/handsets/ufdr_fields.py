"""What does one model of a UFDR report say in its fields?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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


@cache
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return _name(tag) if isinstance(tag, str) else ""


class Model:
    """One model of a report: its fields by name, and the models that lie in it."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.type = element.get("type") or ""
        self.key = element.get("id") or ""
        self.fields: dict[str, str] = {}
        self.inside: dict[str, list[Element]] = {}
        for child in element:
            kind, name = local(child), child.get("name") or ""
            if kind == "field":
                self.fields.setdefault(name, _text(child))
            elif kind in ("modelField", "multiModelField"):
                models = [one for one in child if local(one) == "model"]
                self.inside.setdefault(name, []).extend(models)


def _text(field: Element) -> str:
    """The value of a field: that of its one inner element, or its own."""
    value = field[0] if len(field) else field
    if len(value):
        return "".join(str(part) for part in field.itertext()).strip()
    return (value.text or "").strip()


def field(model: Model, *names: str) -> str:
    """The value of the first of these fields that says something; else ""."""
    for name in names:
        text = model.fields.get(name)
        if text:
            return text
    return ""


def inner(model: Model, *names: str) -> Iterator[Model]:
    """The models that lie in the model fields of these names, name by name."""
    for name in names:
        for element in model.inside.get(name, ()):
            yield Model(element)


def parties(model: Model, *names: str) -> list[Party]:
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


def deleted(model: Model) -> bool | None:
    """Was it recovered after deletion? `None` where the report does not say."""
    element = model.element
    state = (element.get("deleted_state") or element.get("deleted") or "").lower()
    if state in ("intact", ""):
        return False if state else None
    return None if state == "unknown" else True


def position(model: Model) -> tuple[float, float] | None:
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
