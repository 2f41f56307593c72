"""What is shown of replacement phones: the list, its evidence, the alternatives?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from fourfold.base.analysis import Answer, Column, Findings, Shown
from fourfold.picture.calls.handover_evidence import IMPOSSIBLE
from fourfold.picture.calls.handover_match import Matched
from fourfold.picture.calls.handover_sides import Sides
from fourfold.picture.calls.handover_weights import WEIGHT
from fourfold.picture.calls.handover_words import (
    cells_of,
    contacts_of,
    reason,
    told,
)

LIKELY = 0.5
PARTS = ("contacts", "cells", "change", "time", "habits", "handset", "direct", "prior")

HANDOVERS = pa.schema(
    [
        ("old", pa.string()),
        ("new", pa.string()),
        ("score", pa.float64()),
        ("rank", pa.int64()),
        ("last_seen", pa.string()),
        ("first_seen", pa.string()),
        ("shared", pa.list_(pa.string())),
        ("reason", pa.string()),
    ]
)
EVIDENCE = pa.schema(
    [("rank", pa.int64()), ("old", pa.string()), ("new", pa.string())]
    + [("nats", pa.float64())]
    + [(part, pa.float64()) for part in PARTS]
    + [("margin", pa.float64())]
)
STARTS = pa.schema(
    [
        ("rank", pa.int64()),
        ("old", pa.string()),
        ("old_events", pa.int64()),
        ("old_later", pa.int64()),
        ("old_changed", pa.string()),
        ("new", pa.string()),
        ("new_events", pa.int64()),
        ("new_earlier", pa.int64()),
        ("new_changed", pa.string()),
        ("hours", pa.float64()),
    ]
)
ALTERNATIVES = pa.schema(
    [
        ("old", pa.string()),
        ("new", pa.string()),
        ("score", pa.float64()),
        ("listed", pa.string()),
    ]
)
FOLLOWED = pa.schema(
    [
        ("rank", pa.int64()),
        ("new", pa.string()),
        ("contact", pa.string()),
        ("was", pa.string()),
    ]
)
HEADINGS = {
    "old": "Old number",
    "new": "New number",
    "score": "Score",
    "rank": "Rank",
    "last_seen": "Old last seen",
    "first_seen": "New first seen",
    "shared": "Contacts in common",
    "reason": "Why",
    "nats": "Sum of evidence",
    "contacts": "Contacts",
    "cells": "Cells",
    "change": "Stop and start",
    "time": "Time between",
    "habits": "Habits",
    "handset": "Handset",
    "direct": "Calls between them",
    "prior": "Competition",
    "margin": "Ahead of its best alternative",
    "old_events": "Events of the old",
    "old_later": "Events after it fell silent",
    "old_changed": "Old fell silent",
    "new_events": "Events of the new",
    "new_earlier": "Events before it came into use",
    "new_changed": "New came into use",
    "hours": "Hours between",
    "listed": "Pair listed for the old number",
    "contact": "Contact of the new number",
    "was": "Contact of the old number",
}


@dataclass(frozen=True)
class Asked:
    """What the person asked for: numbers to follow, least score, most pairs."""

    targets: frozenset[str]
    least_score: float
    most_pairs: int


def score_of(nats: float) -> float:
    """Where does a sum of evidence stand between 0 and 1?"""
    return float(1 / (1 + np.exp(-(nats - WEIGHT["even"]) / WEIGHT["scale"])))


def handovers_found(sides: Sides, found: Matched, asked: Asked) -> Findings:
    """The list of replacements, with what each rests on."""
    pairs = _listed(sides, found, asked)
    rows = [_row(sides, found, pair, at) for at, pair in enumerate(pairs, start=1)]
    tables = (
        _shown("handovers", _caption(sides, rows), HANDOVERS, rows),
        _shown(
            "evidence",
            f"What speaks for and against each of {len(rows)} pairs, in nats "
            "(2.3 makes it ten times likelier).",
            EVIDENCE,
            [_evidence(sides, found, p, at) for at, p in enumerate(pairs, start=1)],
        ),
        _shown(
            "starts_and_stops",
            f"When each of {len(rows)} old numbers fell silent and the new began.",
            STARTS,
            [_starts(sides, p, at) for at, p in enumerate(pairs, start=1)],
        ),
        _followed(sides, found, pairs),
        _alternatives(sides, found, pairs),
    )
    return Findings(_answers(sides, rows), tables)


def nothing_found(why: str) -> Findings:
    """No number could be weighed: the empty list, and why."""
    empty = _shown("handovers", why, HANDOVERS, [])
    return Findings((Answer(why, "handovers"),), (empty,))


def _listed(sides: Sides, found: Matched, asked: Asked) -> list[tuple[int, int]]:
    names = sides.traffic.names
    kept = [
        pair
        for pair in found.pairs
        if score_of(found.nats[pair]) >= asked.least_score
        and (not asked.targets or names[sides.old.numbers[pair[0]]] in asked.targets)
    ]
    return kept[: asked.most_pairs]


def _row(
    sides: Sides, found: Matched, pair: tuple[int, int], rank: int
) -> dict[str, Any]:
    traffic = sides.traffic
    before, after = sides.old.numbers[pair[0]], sides.new.numbers[pair[1]]
    contacts = contacts_of(sides, found, pair)
    handset = found.parts["handset"][pair] > 0
    return {
        "old": traffic.names[before],
        "new": traffic.names[after],
        "score": round(score_of(found.nats[pair]), 4),
        "rank": rank,
        "last_seen": told(traffic, before, int(traffic.last[before])),
        "first_seen": told(traffic, after, int(traffic.first[after])),
        "shared": contacts.shared,
        "reason": reason(sides, pair, contacts, cells_of(sides, pair), handset),
    }


def _evidence(
    sides: Sides, found: Matched, pair: tuple[int, int], rank: int
) -> dict[str, Any]:
    parts = {
        p: round(float(found.parts[p][pair]), 2) for p in PARTS if p in found.parts
    }
    margin = found.margins.get(pair)
    return (
        _names(sides, pair)
        | {"rank": rank, "nats": round(float(found.nats[pair]), 2), "cells": 0.0}
        | parts
        | {"margin": None if margin is None else round(margin, 2)}
    )


def _starts(sides: Sides, pair: tuple[int, int], rank: int) -> dict[str, Any]:
    traffic, old, new = sides.traffic, sides.old, sides.new
    before, after = old.numbers[pair[0]], new.numbers[pair[1]]
    fell, rose = int(old.at[pair[0]]), int(new.at[pair[1]])
    return _names(sides, pair) | {
        "rank": rank,
        "old_events": int(traffic.events[before]),
        "old_later": int(old.stray[pair[0]]),
        "old_changed": told(traffic, before, fell),
        "new_events": int(traffic.events[after]),
        "new_earlier": int(new.stray[pair[1]]),
        "new_changed": told(traffic, after, rose),
        "hours": round((rose - fell) / 3_600_000_000, 1),
    }


def _followed(sides: Sides, found: Matched, pairs: Sequence[tuple[int, int]]) -> Shown:
    rows = []
    for rank, pair in enumerate(pairs, start=1):
        contacts = contacts_of(sides, found, pair)
        new = sides.traffic.names[sides.new.numbers[pair[1]]]
        for contact, was in (
            *((name, name) for name in contacts.kept),
            *((name, before) for before, name in contacts.followed),
        ):
            rows.append({"rank": rank, "new": new, "contact": contact, "was": was})
    changed = sum(row["contact"] != row["was"] for row in rows)
    caption = (
        f"The {len(rows)} contacts in common; {changed} of them changed numbers "
        "themselves and are followed."
    )
    return _shown("contacts_followed", caption, FOLLOWED, rows)


def _alternatives(
    sides: Sides, found: Matched, pairs: Sequence[tuple[int, int]]
) -> Shown:
    names, rows = sides.traffic.names, []
    for old, new in pairs:
        order = np.argsort(-found.nats[old], kind="stable")[:4]
        for other in order.tolist():
            if other == new or found.nats[old, other] <= IMPOSSIBLE / 2:
                continue
            rows.append(
                {
                    "old": names[sides.old.numbers[old]],
                    "new": names[sides.new.numbers[other]],
                    "score": round(score_of(found.nats[old, other]), 4),
                    "listed": names[sides.new.numbers[new]],
                }
            )
    caption = (
        f"The next best candidates for each of {len(pairs)} old numbers, if the other "
        "pairs hold."
    )
    return _shown("alternatives", caption, ALTERNATIVES, rows)


def _answers(sides: Sides, rows: list[dict[str, Any]]) -> tuple[Answer, ...]:
    likely = tuple(at for at, row in enumerate(rows) if row["score"] >= LIKELY)
    first = Answer(_caption(sides, rows), "handovers", likely)
    return (
        first,
        *(
            Answer(f"Rank {row['rank']}: {row['reason']}", "handovers", (at,))
            for at, row in enumerate(rows[:5])
            if row["score"] >= LIKELY
        ),
    )


def _caption(sides: Sides, rows: list[dict[str, Any]]) -> str:
    likely = sum(row["score"] >= LIKELY for row in rows)
    return (
        f"{likely} of {len(rows)} candidate replacements score {LIKELY:.1f} or more, "
        f"among {len(sides.old)} numbers that may have fallen silent and "
        f"{len(sides.new)} that may have come into use."
    )


def _names(sides: Sides, pair: tuple[int, int]) -> dict[str, Any]:
    names = sides.traffic.names
    return {
        "old": names[sides.old.numbers[pair[0]]],
        "new": names[sides.new.numbers[pair[1]]],
    }


def _shown(
    name: str, caption: str, schema: pa.Schema, rows: list[dict[str, Any]]
) -> Shown:
    columns = tuple(Column(key, HEADINGS[key]) for key in schema.names)
    return Shown(name, caption, columns, pa.Table.from_pylist(rows, schema=schema))
