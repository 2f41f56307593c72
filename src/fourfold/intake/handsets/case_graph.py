"""Which objects does a CASE report hold, and what do their facets say?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fourfold.intake.errors import NotWellFormed, UnsafeFile
from fourfold.intake.handsets.addresses import address
from fourfold.intake.handsets.limits import fits, most
from fourfold.intake.handsets.parts import Part

PREFIX = re.compile(r"^.*[:/#]")
FACETS = "hasFacet"
Facet = dict[str, Any]


@dataclass
class Thing:
    """One object of the graph: its identity, place, and facets by name."""

    key: str
    place: int
    type: str
    facets: dict[str, Facet] = field(default_factory=dict)
    own: Facet = field(default_factory=dict)

    def says(self, *names: str) -> Any:
        """The first of these properties that any facet, or the object, has."""
        for name in names:
            for facet in (*self.facets.values(), self.own):
                if facet.get(name) not in (None, "", [], {}):
                    return facet[name]
        return None

    def text(self, *names: str) -> str:
        """The same as text; "" where nothing says it."""
        return plain_value(self.says(*names))


@dataclass
class Graph:
    """All objects of a report, by identity and in order."""

    things: dict[str, Thing]

    def refs(self, value: Any) -> list[str]:
        """Which objects does a value point to?"""
        found = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if "@id" in one:
                    found.append(str(one["@id"]))
                else:
                    found += [r for inner in one.values() for r in self.refs(inner)]
            elif isinstance(one, list):
                found += self.refs(one)
        return found

    def known(self, value: Any) -> list[tuple[str, str]]:
        """Address and name of the accounts that a value points to."""
        people = []
        for key in self.refs(value):
            thing = self.things.get(key)
            if thing is None:
                people.append((key, ""))
                continue
            who = thing.text("phoneNumber", "addressValue", "accountIdentifier")
            name = thing.text("displayName", "contactName", "name")
            people.append((address(who) or name or key, name))
        return people

    def named(self, value: Any) -> str:
        """The name of the first object that a value points to."""
        for key in self.refs(value):
            thing = self.things.get(key)
            name = thing.text("name", "applicationIdentifier") if thing else ""
            if name:
                return name
        return ""


def graph_of(part: Part) -> Graph:
    """Which objects does the report hold, wherever in it they lie?

    Raises:
        UnsafeFile: it is larger than we hold in memory, or nests too deep.
        NotWellFormed: it is no JSON.
    """
    if not fits("json_bytes", part.size):
        seen = f"a JSON report of more than {most('json_bytes'):,} bytes"
        raise UnsafeFile(file=part.shown, seen=seen)
    with part.open() as stream:
        raw = stream.read()
    try:
        tree = json.loads(raw.decode("utf-8-sig"))
    except RecursionError as error:
        raise UnsafeFile(file=part.shown, seen="it nests too deep") from error
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        said = getattr(error, "msg", str(error))
        raise NotWellFormed(
            file=part.shown, line=line, format="JSON", seen=said
        ) from error
    things: dict[str, Thing] = {}
    for node in _nodes(tree):
        _add(things, node)
    return Graph(things)


def plain_value(value: Any) -> str:
    """A JSON-LD value as text: its `@value`, or itself."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", "")
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() if isinstance(value, str | int | float) else ""


def short(name: str) -> str:
    """A name without its prefix or address."""
    return PREFIX.sub("", name)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object with an identity and something to say, in order; no recursion."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if "@id" in one and len(one) > 1:
                yield one
            waiting += reversed([v for v in one.values() if isinstance(v, dict | list)])


def _add(things: dict[str, Thing], node: dict[str, Any]) -> None:
    key, kinds = str(node["@id"]), node.get("@type", "")
    kind = short(str(kinds[0] if isinstance(kinds, list) and kinds else kinds))
    if kind.endswith("Facet"):
        return
    thing = things.setdefault(key, Thing(key, len(things) + 1, kind))
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if short(name) != FACETS:
            thing.own[short(name)] = value
            continue
        for facet in value if isinstance(value, list) else [value]:
            if isinstance(facet, dict):
                said = {short(k): v for k, v in facet.items() if not k.startswith("@")}
                thing.facets[short(plain_value(facet.get("@type")))] = said
