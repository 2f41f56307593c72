"""Which readings may an answer rest on, and why is each of the others left out?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from fourfold.base import rules
from fourfold.base.analysis import Parameter
from fourfold.base.kept import kept
from fourfold.picture.survey.levels import is_outside, known
from fourfold.picture.survey.places import metres_between

USED = ""
SURVEY = ("input", "survey", "kit")
MOMENT = (*SURVEY, "at")
READING = (
    *("survey", "kit", "at", "lat", "lon", "operator", "technology", "band"),
    *("cell", "colour", "serving"),
)
"""Two rows that agree on all of these are one reading."""


@dataclass(frozen=True)
class Gate:
    """One reason to leave a reading out, or to be told of it."""

    key: str
    says: str
    leaves_out: bool
    source: str
    parameter: str = ""
    limit: float | None = None
    unit: str = ""


GATES = {row.key: row for row in rules.load(Gate, "fourfold.picture.survey", "gates")}


def gate_parameters(*, told: bool = False) -> tuple[Parameter, ...]:
    """Which limits may the officer set? `told`: of gates that only tell, too."""
    return tuple(
        Parameter(
            name=gate.parameter,
            says=f"{gate.says} Limit; source: {gate.source}.",
            kind="number",
            default=gate.limit,
            unit=gate.unit,
            least=0,
        )
        for gate in GATES.values()
        if gate.parameter and (told or gate.leaves_out)
    )


def gated(backend: Any, rows: Any, limits: Mapping[str, Any]) -> Any:
    """Which gate does each reading fail first?

    Args:
        backend: the engine.
        rows: ibis table of the kind `survey`, its levels in dBm.
        limits: `gps_metres` and `jump_kmh`.

    Returns:
        The rows, each with `left_out`: the key of the first gate that it fails, or "".
    """
    first = rows.mutate(left_out=_by_itself(rows, limits["gps_metres"]))
    moved = _jumps(first.filter(_.left_out == USED), limits["jump_kmh"])
    moved = kept(backend, moved)
    if moved.count().execute():
        first = _marked(first, moved)
    return _without_repeats(first)


def _by_itself(rows: Any, gps_metres: float | None) -> Any:
    here = rows.lat.between(-90, 90) & rows.lon.between(-180, 180)
    here = here & ~((rows.lat == 0) & (rows.lon == 0)) & ~rows.lat.isnan()
    poor = rows.gps_metres > (math.inf if gps_metres is None else gps_metres)
    return ibis.cases(
        (rows.at.isnull(), "no-time"),
        (~known(here), "no-place"),
        (known(poor), "poor-position"),
        (is_outside(rows.level_dbm, rows.technology), "level-outside"),
        else_=USED,
    )


def _jumps(rows: Any, limit: float | None) -> Any:
    """Moments whose position lies off the way, both coming and going."""
    where = rows.group_by(*MOMENT).agg(lat=_.lat.min(), lon=_.lon.min())
    by_time = ibis.window(group_by=list(SURVEY), order_by="at")
    beside = where.mutate(
        {
            f"{side}_{name}": getattr(where[name], side)().over(by_time)
            for side in ("lag", "lead")
            for name in ("lat", "lon", "at")
        }
    )
    # Engines leave nulls out of greatest and least: a first or last moment must go.
    return beside.filter(
        beside.lag_at.notnull() & beside.lead_at.notnull(),
        *[
            _speed(beside, side) > (math.inf if limit is None else limit)
            for side in ("lag", "lead")
        ],
    ).select(*MOMENT)


def _marked(rows: Any, moved: Any) -> Any:
    jumped = moved.mutate(jumped=True)
    joined = rows.left_join(jumped, [rows[name] == jumped[name] for name in MOMENT])
    off = (rows.left_out == USED) & known(jumped.jumped)
    return joined.select(
        *[rows[name] for name in rows.columns if name != "left_out"],
        left_out=ibis.ifelse(off, "jump", rows.left_out),
    )


def _speed(beside: Any, side: str) -> Any:
    """Kilometres an hour to the moment beside it; a second at least is counted."""
    there = (beside[f"{side}_lat"], beside[f"{side}_lon"])
    metres = metres_between(beside.lat, beside.lon, *there)
    seconds = (beside[f"{side}_at"].epoch_seconds() - beside.at.epoch_seconds()).abs()
    return metres / ibis.greatest(seconds, 1) * 3.6


def _without_repeats(rows: Any) -> Any:
    same = ibis.window(
        group_by=["left_out", *READING],
        order_by=["input", "line", ibis.desc("level_dbm"), ibis.desc("quality_db")],
    )
    numbered = rows.mutate(times=ibis.row_number().over(same))
    repeated = (numbered.left_out == USED) & (numbered.times > 0)
    return numbered.mutate(
        left_out=ibis.ifelse(repeated, "repeated", numbered.left_out)
    ).drop("times")
