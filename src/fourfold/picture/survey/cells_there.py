"""Which cells were heard or served near a place, a way or in a time, and how often?"""

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from fourfold.base.kept import kept
from fourfold.picture.survey.places import Place, metres_to_path, within_box
from fourfold.picture.survey.readings import MOMENT
from fourfold.picture.survey.tables import dbm

NET = ("operator", "technology")


def near(backend: Any, rows: Any, path: Sequence[Place], metres: float) -> Any:
    """Which readings lie within so many metres of a path? All, where there is no path.

    Returns:
        The rows with `away`: whole metres to the path, 0 without one.
    """
    if not path:
        return rows.mutate(away=ibis.literal(0.0))
    boxed = rows.filter(within_box(rows.lat, rows.lon, path, metres))
    measured = boxed.mutate(away=metres_to_path(boxed.lat, boxed.lon, path).round())
    return kept(backend, measured.filter(_.away <= metres))


def moments_by_net(rows: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """How many moments are there of each operator and technology?

    Returns:
        `moments` in which anything was heard, `served` in which a cell served,
        `first_at`, `last_at`, `surveys` (how many), by (operator, technology).
    """
    each = rows.group_by(*MOMENT).agg(
        served=_.serving.cast("int64").max(), away=_.away.min()
    )
    counted = each.group_by(*NET).agg(
        moments=_.count(),
        served=_.served.sum(),
        surveys=_.survey.nunique(),
        first_at=_.at.min(),
        last_at=_.at.max(),
        away=_.away.min(),
    )
    listed = counted.order_by(*NET).to_pyarrow().to_pylist()
    return {(row["operator"], row["technology"]): row for row in listed}


def cells_there(rows: Any) -> list[dict[str, Any]]:
    """Which cells were served or heard, most often serving first?

    Args:
        rows: readings with `away`, as `near` gives them.

    Returns:
        One row an operator, technology and cell: `served` and `heard` (moments; heard
        counts serving too), `of` (moments of that network in which a cell served),
        `share`, `level_dbm` (mean), `best_dbm`, `resolved` (moments in which it was
        named by resolving), `below_best_db` (mean dB below the best of the same
        moments), `first_at`, `last_at`, `nearest_metres`, `surveys`.
    """
    by_cell = rows.group_by(*MOMENT, "name").agg(
        serving=_.serving.cast("int64").max(),
        tenths=_.tenths.max(),
        resolved=(_.sure == "resolved").cast("int64").min(),
        unnamed=(_.sure == "unnamed").cast("int64").min(),
        away=_.away.min(),
    )
    best = ibis.window(group_by=list(MOMENT))
    below = by_cell.mutate(below=_.tenths.max().over(best) - _.tenths)
    cells = below.group_by(*NET, "name").agg(
        served=_.serving.sum(),
        heard=_.count(),
        tenths=_.tenths.sum(),
        levels=_.tenths.count(),
        best=_.tenths.max(),
        below=_.below.sum(),
        resolved=_.resolved.sum(),
        unnamed=_.unnamed.max(),
        surveys=_.survey.nunique(),
        first_at=_.at.min(),
        last_at=_.at.max(),
        nearest_metres=_.away.min(),
    )
    nets = moments_by_net(rows)
    listed = [_line(row, nets) for row in cells.to_pyarrow().to_pylist()]
    return sorted(
        listed,
        key=lambda r: (
            r["operator"],
            r["technology"],
            -r["served"],
            -r["heard"],
            r["cell"],
        ),
    )


def _line(
    row: dict[str, Any], nets: dict[tuple[str, str], dict[str, Any]]
) -> dict[str, Any]:
    net = nets[row["operator"], row["technology"]]
    levels = row["levels"]
    return row | {
        "cell": row["name"],
        "of": net["served"],
        "moments": net["moments"],
        "share": round(row["served"] / net["served"], 3) if net["served"] else None,
        "level_dbm": dbm(row["tenths"] / levels) if levels else None,
        "best_dbm": dbm(row["best"]),
        "below_best_db": round(row["below"] / levels / 10, 1) if levels else None,
    }
