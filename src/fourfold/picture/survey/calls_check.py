"""Are the cells that a phone used among those seen at a place?"""

from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings, Parameter, require
from fourfold.picture.survey.cells_there import cells_there, moments_by_net, near
from fourfold.picture.survey.coverage import LEAST, WITHIN
from fourfold.picture.survey.places import metres_between, place_of
from fourfold.picture.survey.readings import READING, readings
from fourfold.picture.survey.tables import Field, many, of, shown

PARAMETERS = (
    Parameter(
        "place", "Latitude and longitude, or a grid reference.", "text", required=True
    ),
    Parameter("phones", "Only events of these phones; else of all.", "texts"),
    Parameter("calls_from", "Only events from this instant on.", "instant"),
    Parameter("calls_to", "Only events up to this instant.", "instant"),
    WITHIN,
    LEAST,
    *READING,
)
FIELDS = (
    Field("cell", "Cell"),
    Field("seen", "At the place"),
    Field("events", "Events that used it", "whole"),
    Field("of", "Of events", "whole"),
    Field("phones", "Phones", "whole"),
    Field("first_at", "First event", "instant"),
    Field("last_at", "Last event", "instant"),
    Field("served", "Moments served there", "whole"),
    Field("served_of", "Of", "whole"),
    Field("heard", "Moments heard there", "whole"),
    Field("nearest_metres", "Nearest reading where it served", "number", "m"),
    Field("reason", "What it rests on"),
)
USES = (
    ("caller", "caller_cell"),
    ("caller", "caller_last_cell"),
    ("called", "called_cell"),
    ("called", "called_last_cell"),
)
SERVED, HEARD, RESOLVED = "served", "heard", "heard, resolved not measured"
NOT_SEEN, NOWHERE, THIN = "not seen", "not in the survey", "too few readings"
ORDER = (SERVED, HEARD, RESOLVED, NOT_SEEN, THIN, NOWHERE)


def calls_check(case: Case) -> Findings:
    """Which of the cells used in calls were seen near a place, and which were not?

    Raises:
        NoSuchPlace, NotOnTheGrid: the place cannot be read.
        MissingColumns: the calls lack columns.
    """
    asked = case.parameters
    place = place_of(asked["place"])
    used, events = _used(case)
    found = readings(case)
    case.tell(0.7, "looking near the place")
    rows = near(case.backend, found.rows, [place], asked["metres"])
    there = {row["cell"]: row for row in cells_there(rows)}
    nets = moments_by_net(rows)
    everywhere = _everywhere(found.rows, place)
    lines = [
        _line(row, there, everywhere, (nets, asked)) | {"of": events} for row in used
    ]
    lines.sort(key=lambda r: (ORDER.index(r["seen"]), -r["events"], r["cell"]))
    here = f"{place[0]:.5f}, {place[1]:.5f}"
    return Findings(
        answers=_answers(lines, here, asked["metres"]),
        tables=(
            shown(
                "cells",
                f"{many(len(lines), 'cell')} used in {many(events, 'event')}, "
                f"against {many(len(there), 'cell')} seen within "
                f"{asked['metres']:g} m of {here}.",
                FIELDS,
                lines,
            ),
        ),
        notes=found.notes(),
    )


def _used(case: Case) -> tuple[list[dict[str, Any]], int]:
    """Cells used by the phones, most events first, and how many events there are."""
    calls, asked = case.tables["calls"], case.parameters
    needed = {"input", "line", "start_at", *(name for pair in USES for name in pair)}
    require(calls, "calls", tuple(sorted(needed)))
    if asked["calls_from"] is not None:
        calls = calls.filter(_.start_at >= asked["calls_from"])
    if asked["calls_to"] is not None:
        calls = calls.filter(_.start_at <= asked["calls_to"])
    each = [
        calls.select("input", "line", "start_at", phone=calls[side], cell=calls[column])
        for side, column in USES
    ]
    uses = ibis.union(*each).filter(_.cell != "")
    if asked["phones"]:
        uses = uses.filter(_.phone.isin(list(asked["phones"])))
    uses = uses.distinct()
    by_event = uses.select("input", "line", "cell", "start_at").distinct()
    cells = by_event.group_by("cell").agg(
        events=_.count(), first_at=_.start_at.min(), last_at=_.start_at.max()
    )
    phones = uses.group_by("cell").agg(phones=_.phone.nunique())
    joined = cells.inner_join(phones, "cell").order_by(ibis.desc("events"), "cell")
    events = by_event.select("input", "line").distinct().count().execute()
    return joined.to_pyarrow().to_pylist(), int(events)


def _everywhere(rows: Any, place: tuple[float, float]) -> dict[str, dict[str, Any]]:
    away = metres_between(rows.lat, rows.lon, place[0], place[1]).round()
    by_cell = (
        rows.mutate(away=away)
        .group_by("name")
        .agg(
            nearest=_.away.min(where=_.serving),
            operator=_.operator.max(),
            technology=_.technology.max(),
        )
    )
    return {row["name"]: row for row in by_cell.to_pyarrow().to_pylist()}


def _line(
    used: dict[str, Any],
    there: dict[str, Any],
    everywhere: dict[str, Any],
    context: tuple[Any, Any],
) -> dict[str, Any]:
    nets, asked = context
    here, known = there.get(used["cell"]), everywhere.get(used["cell"])
    net = nets.get((known["operator"], known["technology"])) if known else None
    base = net["served"] if net else 0
    seen = _seen(here, known, enough=base >= asked["moments"])
    served = here["served"] if here else 0
    reason = f"Served in {of(served, base, 'moment')} within {asked['metres']:g} m"
    if here and not served:
        reason += f", heard in {of(here['heard'], here['moments'], 'moment')}"
    if seen == NOWHERE:
        reason = "No reading of the survey shows this cell"
    return used | {
        "seen": seen,
        "served": served,
        "served_of": base,
        "heard": here["heard"] if here else 0,
        "nearest_metres": known["nearest"] if known else None,
        "reason": f"{reason}.",
    }


def _seen(here: Any, known: Any, *, enough: bool) -> str:
    if known is None:
        return NOWHERE
    if here is None:
        return NOT_SEEN if enough else THIN
    if here["served"]:
        return SERVED
    return RESOLVED if here["resolved"] == here["heard"] else HEARD


def _answers(
    lines: list[dict[str, Any]], here: str, metres: float
) -> tuple[Answer, ...]:
    if not lines:
        return (Answer("No event names a cell.", "cells"),)
    events = lines[0]["of"]
    words = {
        SERVED: f"served within {metres:g} m of {here}",
        HEARD: "was heard there but did not serve",
        RESOLVED: "may have been heard there: resolved, not measured",
        NOT_SEEN: "was not seen there in enough readings",
        THIN: "cannot be judged: too few readings of its network there",
        NOWHERE: "stands nowhere in the survey",
    }
    said = []
    for seen in ORDER:
        rows = tuple(n for n, line in enumerate(lines) if line["seen"] == seen)
        if rows:
            count = sum(lines[n]["events"] for n in rows)
            said.append(
                Answer(
                    f"{of(len(rows), len(lines), 'cell')} {words[seen]} "
                    f"({count:,} uses in {events:,} events).",
                    "cells",
                    rows,
                )
            )
    return tuple(said)
