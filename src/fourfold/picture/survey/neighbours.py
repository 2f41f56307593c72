"""Which cell is a neighbour that shows only its channel and colour, and how surely?"""

import math
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base import rules
from fourfold.base.kept import kept, laid_down
from fourfold.picture.survey.places import Place, metres_between

FINENESS = 1000
"""Neighbours are resolved from the middle of a square of 1/1000 of a degree (111 m)."""
CHANNEL = ("technology", "band", "colour")
KNOWN = pa.schema(
    [(name, pa.string()) for name in (*CHANNEL, "known_operator", "known_cell")]
    + [("at_lat", pa.float64()), ("at_lon", pa.float64())]
)


@dataclass(frozen=True)
class NeighbourRule:
    """One rule of naming a neighbour, or of leaving it unnamed."""

    key: str
    says: str
    resolves: bool
    source: str
    times: float | None = None
    examples: tuple[Any, ...] = ()


NEIGHBOURS = {
    row.key: row
    for row in rules.load(NeighbourRule, "fourfold.picture.survey", "neighbours")
}
TIMES = NEIGHBOURS["clearly-nearest"].times or math.inf


def rule_for(first: Any, second: Any, limit: float) -> Any:
    """Which rule holds, from how far off the nearest two candidates are?

    Args:
        first: column of metres to the nearest candidate, null where there is none.
        second: column of metres to the next, null where there is none.
        limit: metres beyond which no candidate counts.
    """
    clear = second >= first * TIMES
    return ibis.cases(
        (first.isnull(), "unknown"),
        (first > limit, "too-far"),
        (second.isnull() | (second > limit), "only-near"),
        (clear, "clearly-nearest"),
        else_="ambiguous",
    )


def named(backend: Any, rows: Any, masts: Any | None, limit: float) -> Any:
    """Which cell is each reading of, as measured or as resolved?

    Args:
        backend: the engine.
        rows: ibis table of usable readings.
        masts: ibis table of the kind `cells`, for where a known cell stands; without
            one, or where it lacks the cell, a cell is where its readings were taken.
        limit: metres beyond which no candidate counts.

    Returns:
        The rows with `resolved` (a cell, or ""), `resolved_metres`, `resolved_rule`
        ("" where the instrument read the identity or there is no colour).
    """
    known = _known(rows, masts)
    if not known:
        return unresolved(rows)
    answers = kept(backend, _answers(backend, rows, known, limit))
    spot = {
        "y": (rows.lat * FINENESS).floor().cast("int64"),
        "x": (rows.lon * FINENESS).floor().cast("int64"),
    }
    same = [rows[name] == answers[name] for name in (*CHANNEL, "operator")]
    same += [rows.cell == answers.no_cell]
    same += [column == answers[name] for name, column in spot.items()]
    return rows.left_join(answers, same).select(
        rows,
        resolved=answers.resolved.fill_null(""),
        resolved_metres=answers.resolved_metres,
        resolved_rule=ibis.cases(
            (answers.resolved_rule.notnull(), answers.resolved_rule),
            (_is_unnamed(rows), "unknown"),
            else_="",
        ),
    )


def _answers(backend: Any, rows: Any, known: list[dict[str, Any]], limit: float) -> Any:
    places = rows.filter(_is_unnamed(rows)).select(
        *CHANNEL,
        "operator",
        y=(_.lat * FINENESS).floor().cast("int64"),
        x=(_.lon * FINENESS).floor().cast("int64"),
    )
    places = places.distinct()
    cells = laid_down(backend, pa.Table.from_pylist(known, schema=KNOWN))
    pairs = places.inner_join(cells, list(CHANNEL)).filter(
        (_.operator == "") | (_.known_operator == "") | (_.operator == _.known_operator)
    )
    here = ((pairs.y + 0.5) / FINENESS, (pairs.x + 0.5) / FINENESS)
    pairs = pairs.mutate(
        metres=metres_between(*here, pairs.at_lat, pairs.at_lon).round()
    )
    spot = [*CHANNEL, "operator", "y", "x"]
    nearest = ibis.window(group_by=spot, order_by=["metres", "known_cell"])
    ranked = pairs.mutate(place=ibis.row_number().over(nearest)).filter(_.place < 2)
    two = ranked.group_by(*spot).agg(
        first=_.metres.max(where=_.place == 0),
        second=_.metres.max(where=_.place == 1),
        found=_.known_cell.max(where=_.place == 0),
    )
    ruled = two.mutate(resolved_rule=rule_for(two.first, two.second, limit))
    good = [rule.key for rule in NEIGHBOURS.values() if rule.resolves]
    is_good = ruled.resolved_rule.isin(good)
    return ruled.select(
        *spot,
        "resolved_rule",
        no_cell=ibis.literal(""),
        resolved=ibis.ifelse(is_good, ruled.found, ""),
        resolved_metres=ibis.ifelse(is_good, ruled["first"], ibis.null("float64")),
    )


def _is_unnamed(rows: Any) -> Any:
    return (rows.cell == "") & (rows.colour != "")


def unresolved(rows: Any) -> Any:
    """The same readings with no neighbour named."""
    return rows.mutate(
        resolved=ibis.literal(""),
        resolved_metres=ibis.null("float64"),
        resolved_rule=ibis.literal(""),
    )


def _known(rows: Any, masts: Any | None) -> list[dict[str, Any]]:
    """Cells whose identity was read, with channel, colour and where they are."""
    # Whole millionths of a degree add up the same in any order; fractions do not.
    read = (
        rows.filter((_.cell != "") & (_.colour != ""))
        .group_by(*CHANNEL, "operator", "cell")
        .agg(
            readings=_.count(),
            lat=(_.lat * 1e6).round().cast("int64").sum(),
            lon=(_.lon * 1e6).round().cast("int64").sum(),
        )
        .order_by("cell", "operator", *CHANNEL)
        .to_pyarrow()
        .to_pylist()
    )
    stands = mast_places(masts)
    found = []
    for row in read:
        share = 1e6 * row["readings"]
        middle = (row["lat"] / share, row["lon"] / share)
        lat, lon = stands.get(row["cell"], middle)
        called = {"known_operator": row["operator"], "known_cell": row["cell"]}
        channel = {name: row[name] for name in CHANNEL}
        found.append(channel | called | {"at_lat": lat, "at_lon": lon})
    return found


def mast_places(masts: Any | None) -> dict[str, Place]:
    """Where does each cell of a cell-site list stand? The latest entry counts."""
    if masts is None:
        return {}
    listed = (
        masts.filter(_.lat.notnull() & _.lon.notnull() & (_.cell != ""))
        .select("cell", "lat", "lon", "valid_from", "input", "line")
        .to_pyarrow()
        .to_pylist()
    )
    listed.sort(key=lambda r: (str(r["valid_from"] or ""), r["input"], r["line"]))
    return {row["cell"]: (row["lat"], row["lon"]) for row in listed}
