"""Which passes of cameras together are one journey, in which order?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from fourfold.picture.survey.tables import Field
from fourfold.picture.vehicles.reads import Clock

JOURNEYS = (
    Field("a", "Vehicle"),
    Field("b", "Other vehicle"),
    Field("journey", "Journey, from 1", "whole"),
    Field("camera", "Camera"),
    Field("a_at", "Vehicle", "instant"),
    Field("b_at", "Other vehicle", "instant"),
    Field("local", "By the clock on the wall"),
    Field("seconds", "Seconds apart", "whole"),
    Field("a_input", "Vehicle's file", "whole"),
    Field("a_line", "Vehicle's line", "whole"),
    Field("b_input", "Other's file", "whole"),
    Field("b_line", "Other's line", "whole"),
)


@dataclass(frozen=True)
class Journey:
    """Passes of two vehicles together without a long pause between, in order.

    Each camera stands once, where both come to it no earlier than to the one before.
    """

    a: str
    b: str
    number: int
    passes: tuple[dict[str, Any], ...]

    @property
    def route(self) -> tuple[str, ...]:
        """The different cameras, in the order in which both passed them."""
        return tuple(one["camera"] for one in self.passes)

    @property
    def first_at(self) -> datetime:
        """When did the first of them pass the first camera?"""
        first: datetime = min(self.passes[0]["a_at"], self.passes[0]["b_at"])
        return first

    @property
    def last_at(self) -> datetime:
        """When did the last of them pass the last camera?"""
        last: datetime = max(self.passes[-1]["a_at"], self.passes[-1]["b_at"])
        return last

    def rows(self, clock: Clock) -> list[dict[str, Any]]:
        """The passes as rows of the table of journeys."""
        return [
            one
            | {"journey": self.number, "local": clock.shown(one["a_at"])}
            | {"seconds": int(abs(one["a_second"] - one["b_second"]))}
            for one in self.passes
        ]


def journeys_of(passes: Iterable[dict[str, Any]], pause: float) -> list[Journey]:
    """Which journeys do the passes of all pairs make?

    Args:
        passes: rows with `a`, `b`, `camera` and of both `_at` and `_second`.
        pause: seconds between two passes after which another journey begins.
    """
    ordered = sorted(passes, key=_place)
    journeys = []
    for (a, b), rows in groupby(ordered, key=lambda row: (row["a"], row["b"])):
        parts = _split(list(rows), pause)
        journeys += [
            Journey(a, b, number, tuple(_in_order(part)))
            for number, part in enumerate(parts, start=1)
        ]
    return journeys


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    first = min(row["a_second"], row["b_second"])
    names = ("camera", "a_second", "b_second", "a_input", "a_line", "b_input", "b_line")
    return (row["a"], row["b"], first, *(row[name] for name in names))


def _split(rows: list[dict[str, Any]], pause: float) -> list[list[dict[str, Any]]]:
    parts: list[list[dict[str, Any]]] = []
    for row in rows:
        begins = not parts or row["a_second"] - parts[-1][-1]["a_second"] > pause
        if begins:
            parts.append([])
        parts[-1].append(row)
    return parts


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each camera once, where neither vehicle is there before the camera before."""
    taken: list[dict[str, Any]] = []
    seen: set[str] = set()
    for row in rows:
        before = taken[-1] if taken else None
        after = before is None or (
            row["a_second"] >= before["a_second"]
            and row["b_second"] >= before["b_second"]
        )
        if after and row["camera"] not in seen:
            taken.append(row)
            seen.add(row["camera"])
    return taken
