"""Which assignment of new numbers to old ones fits best, all of them together?

A crew that changes on one day shares no old contacts, so each pair is weighed by the
contacts' own likely replacements, again and again, until the two pictures agree.
"""

from dataclasses import dataclass

import numpy as np

from fourfold.picture.calls.handover_evidence import (
    IMPOSSIBLE,
    cell_evidence,
    change_evidence,
    circle_evidence,
    competition,
    contact_evidence,
    direct_calls,
    gap_evidence,
    habit_evidence,
    handset_evidence,
    possible_pairs,
)
from fourfold.picture.calls.handover_refine import refined
from fourfold.picture.calls.handover_sides import Sides

ROUNDS = 12
COOLING = np.geomspace(3.0, 1.0, ROUNDS)
SWAPS = 4


@dataclass(frozen=True)
class Matched:
    """The pairs found, best first, and what each rests on.

    `pairs` are positions in `old` and `new`; `nats` old by new is the whole evidence,
    given the pairs; `parts` the same by kind; `margin` by how much each pair beats its
    best alternative.
    """

    pairs: list[tuple[int, int]]
    nats: np.ndarray
    parts: dict[str, np.ndarray]
    margins: dict[tuple[int, int], float]


def best_match(sides: Sides, gap: float, overlap: float, *, cells: bool) -> Matched:
    """Find the one-to-one assignment that explains both periods best.

    Args:
        sides: old and new numbers.
        gap: most days between the two.
        overlap: most days that they may overlap.
        cells: whether cells are evidence.
    """
    old, new = sides.old, sides.new
    possible = possible_pairs(old, new, gap, overlap)
    parts = _fixed(sides, gap, overlap, cells=cells)
    base = np.where(
        possible, sum(parts.values()) - competition(possible, old, new), IMPOSSIBLE
    )
    circle = circle_evidence(sides)
    belief = _spread(base, possible)
    contacts = np.zeros_like(base)
    for heat in COOLING:
        contacts = contact_evidence(sides, belief, circle)
        belief = beliefs(base + contacts, heat)
    pairs = _assigned(base + contacts)
    margins: dict[tuple[int, int], float] = {}
    for _ in range(SWAPS):
        believed = _believed(pairs, base + contacts)
        contacts = contact_evidence(sides, believed, circle)
        again, margins = refined(
            sides, base, circle, _assigned(base + contacts), base + contacts
        )
        if set(again) == set(pairs):
            break
        pairs = again
    nats = base + contacts
    parts = parts | {"contacts": contacts, "prior": -competition(possible, old, new)}
    ordered = sorted(pairs, key=lambda p: (-nats[p], _names(sides, p)))
    return Matched(ordered, nats, parts, margins)


def beliefs(nats: np.ndarray, heat: float) -> np.ndarray:
    """How far is each new number thought to be each old one, against all others?"""
    weights = np.exp(np.clip(nats / heat, -60, 60))
    others = weights.sum(axis=1, keepdims=True) + weights.sum(axis=0, keepdims=True)
    return np.asarray(weights / (1 + others - weights))


def _spread(base: np.ndarray, possible: np.ndarray) -> np.ndarray:
    """Before contacts are weighed: one of those possible, the likelier ones more."""
    weights = np.where(possible, np.exp(np.clip(base, -30, 30)), 0.0)
    rows = weights.sum(axis=1, keepdims=True)
    columns = weights.sum(axis=0, keepdims=True)
    return np.asarray(weights / np.maximum(np.maximum(rows, columns), 1e-300))


def _fixed(
    sides: Sides, gap: float, overlap: float, *, cells: bool
) -> dict[str, np.ndarray]:
    old, new = sides.old, sides.new
    parts = {
        "change": change_evidence(old, new),
        "time": gap_evidence(old, new, gap, overlap),
        "habits": habit_evidence(sides),
        "handset": handset_evidence(sides),
        "direct": -np.clip(direct_calls(sides) - 1, 0, 6) * 0.5,
    }
    if cells and len(sides.traffic.cells):
        parts["cells"] = cell_evidence(sides)
    return parts


def _assigned(nats: np.ndarray) -> list[tuple[int, int]]:
    """The one-to-one pairs with the highest sum."""
    # It takes 0.2 s to load, and every question about calls would wait for it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 (see above)

    if not nats.size:
        return []
    floor = float(np.max(nats[nats > IMPOSSIBLE], initial=0.0)) - 60
    rows, columns = linear_sum_assignment(np.maximum(nats, floor), maximize=True)
    return [
        (int(r), int(c))
        for r, c in zip(rows, columns, strict=True)
        if nats[r, c] > IMPOSSIBLE / 2
    ]


def _believed(pairs: list[tuple[int, int]], nats: np.ndarray) -> np.ndarray:
    """The pairs of one assignment, each as far as its own evidence goes."""
    belief = np.zeros(nats.shape)
    for pair in pairs:
        belief[pair] = 1 / (1 + np.exp(-np.clip(nats[pair], -30, 30)))
    return belief


def _names(sides: Sides, pair: tuple[int, int]) -> tuple[str, str]:
    names = sides.traffic.names
    old, new = sides.old.numbers[pair[0]], sides.new.numbers[pair[1]]
    return names[old], names[new]
