"""How are changes between two surveys shown: columns, sentences, squares on the map?"""

from collections.abc import Sequence
from typing import Any

from fourfold.base.analysis import Answer
from fourfold.picture.survey.differences import CHANGES
from fourfold.picture.survey.squares import square_outline
from fourfold.picture.survey.tables import Field, many, of

CELL_FIELDS = (
    Field("cell", "Cell"),
    Field("operator", "Operator"),
    Field("technology", "Technology"),
    Field("change", "Change"),
    Field("moments_before", "Moments before", "whole"),
    Field("of_before", "Of", "whole"),
    Field("moments_after", "Moments after", "whole"),
    Field("of_after", "Of", "whole"),
    Field("squares_before", "Squares before", "whole"),
    Field("squares_after", "Squares after", "whole"),
    Field("squares", "Squares with both levels", "whole"),
    Field("level_before_dbm", "Mean level before", "number", "dBm"),
    Field("level_after_dbm", "Mean level after", "number", "dBm"),
    Field("change_db", "Change", "number", "dB"),
    Field("least_db", "At least (95%)", "number", "dB"),
    Field("most_db", "At most (95%)", "number", "dB"),
    Field("chance", "Change of level by chance", "number"),
    Field("presence_chance", "Presence by chance", "number"),
    Field("reason", "What it rests on"),
)
SQUARE_FIELDS = (
    Field("square", "Square (its middle)"),
    Field("operator", "Operator"),
    Field("technology", "Technology"),
    Field("server_before", "Best server before"),
    Field("served_before", "Moments", "whole"),
    Field("of_before", "Of", "whole"),
    Field("server_after", "Best server after"),
    Field("served_after", "Moments", "whole"),
    Field("of_after", "Of", "whole"),
    Field("reason", "What it rests on"),
)


def change_reason(line: dict[str, Any]) -> str:
    """What does the change of one cell rest on?"""
    seen = (
        f"Heard in {many(line['squares_before'], 'square')} before "
        f"({of(line['moments_before'], line['of_before'], 'moment')}) and "
        f"{many(line['squares_after'], 'square')} after "
        f"({of(line['moments_after'], line['of_after'], 'moment')}); sign test, by "
        f"chance {line['presence_chance']:.2g}"
    )
    if line["change_db"] is None:
        return f"{seen}. Level by both in {many(line['squares'], 'square')}: too few."
    return (
        f"{seen}. Level {line['change_db']:+g} dB over "
        f"{many(line['squares'], 'square')} ({line['least_db']:+g} to "
        f"{line['most_db']:+g}); paired t test, by chance {line['chance']:.2g}."
    )


def change_answers(
    cells: Sequence[Any], squares: Sequence[Any], base: int, alone: int
) -> tuple[Answer, ...]:
    """What changed, in sentences with their bases?"""
    if not base:
        return (
            Answer(
                f"No square is covered well enough by both surveys ({alone:,} by one).",
                "cells",
            ),
        )
    said = []
    for change in CHANGES:
        rows = tuple(n for n, line in enumerate(cells) if line["change"] == change)
        if rows:
            what = f"{of(len(rows), len(cells), 'cell')} of {many(base, 'square')}"
            said.append(Answer(f"{what}: {change}.", "cells", rows))
    text = f"The best server is another in {of(len(squares), base, 'square')}."
    return (*said, Answer(text, "servers"))


def changed_square(line: dict[str, Any], metres: float) -> dict[str, Any]:
    """One square whose best server is another, for the map."""
    told = {name: line[name] for name in ("square", "operator", "technology", "reason")}
    label = f"{line['server_before']} → {line['server_after']}"
    return {
        "type": "Feature",
        "geometry": {
            "type": "Polygon",
            "coordinates": square_outline(line["key"], metres),
        },
        "properties": {"kind": "another server", "label": label} | told,
    }
