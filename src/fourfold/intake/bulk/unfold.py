"""How does one line with several cells side by side become one row a cell?

Survey instruments write a moment on one line: the serving cell, then each neighbour in
columns of its own. A layout names those columns group by group under `[[unfold]]`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fourfold.intake.bulk.sql_text import named

PLACE = "_place"
"""Column of an unfolded source: the place of the line that a row came from."""
IDENTITY = {"cell", "cid", "lac", "eci", "nci", "enb", "quality_db"}
"""What the serving cell says of itself and no neighbour takes from it."""
SERVING, NEIGHBOUR = "'yes'", "'no'"


@dataclass(frozen=True)
class Unfold:
    """The rows that one line makes: for each, the SQL of the fields that differ."""

    groups: tuple[Mapping[str, str], ...]


def unfold_of(
    groups: Sequence[Mapping[str, str]],
    raw: Mapping[str, str],
    column: Callable[[str], str | None],
) -> tuple[Unfold | None, dict[str, str]]:
    """How is a line unfolded, and where does each field then stand?

    Args:
        groups: for each further row of a line, our field to their heading.
        raw: SQL of each field, of the first row of a line.
        column: SQL of the column under a heading; `None` where the file has no such.

    Returns:
        `None` and `raw` where the file has none of the groups; else the unfolding, and
        SQL of each field of an unfolded row.
    """
    further = []
    for group in groups:
        found = {field: column(heading) for field, heading in group.items()}
        if all(found.values()):
            further.append({field: sql or "" for field, sql in found.items()})
    if not further:
        return None, dict(raw)
    fields = sorted({f for group in further for f in group} | (IDENTITY & set(raw)))
    first = {field: raw.get(field, "''") for field in fields}
    rows = [first | {"serving": raw.get("serving", SERVING)}]
    rows += [
        {field: group.get(field, "''") for field in fields} | {"serving": NEIGHBOUR}
        for group in further
    ]
    moved = {field: f"u.{named(field)}" for field in (*fields, "serving")}
    return Unfold(tuple(rows)), dict(raw) | moved


def unfolded_source(source: str, unfold: Unfold) -> str:
    """SQL that gives one row a cell of a source with one row a line.

    A neighbour of which nothing is written gives no row; the serving cell always does,
    so that a moment without service is seen.
    """
    rows = ", ".join(
        "{" + ", ".join(f"'{field}': {sql}" for field, sql in group.items()) + "}"
        for group in unfold.groups
    )
    says = " OR ".join(
        f"known(u.{named(field)}) <> ''"
        for field in unfold.groups[0]
        if field != "serving"
    )
    return (
        f"(SELECT * FROM (SELECT *, unnest([{rows}]) AS u FROM"
        f" (SELECT row_number() OVER () - 1 AS {PLACE}, * FROM {source}))"
        f" WHERE known(u.serving) <> {NEIGHBOUR} OR {says})"
    )
