"""What came of stopping vehicles on markers, and how often was a marker right?"""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter, require
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.plates import plate_of
from fourfold.picture.vehicles.reads import HOME

STOP_COLUMNS = (
    "input", "line", "ref", "operation", "stopped_on", "vehicle", "marker",
    "right_vehicle", "seized", "arrests", "assets_gbp", "warrants_sought",
    "sex_offenders", "place",
)  # fmt: skip
RUNS = (
    Field("operation", "Operation or run"),
    Field("stopped", "Vehicles stopped", "whole"),
    Field("seized", "Seized", "whole"),
    Field("seized_share", "Of those stopped", "number"),
    Field("arrests", "People arrested", "whole"),
    Field("arrests_a_stop", "Arrests a stop", "number"),
    Field("assets_gbp", "Criminal assets seized", "number", "pounds"),
    Field("warrants_sought", "Warrants sought", "whole"),
    Field("sex_offenders", "High-risk sex offenders brought to light", "whole"),
    Field("something", "Stops of which something came", "whole"),
    Field("nothing", "Stops that found nothing", "whole"),
    Field("something_share", "Share of which something came", "number"),
    Field("checked", "Stops that say whether the marker was right", "whole"),
    Field("right", "Of them right", "whole"),
    Field("precision", "Precision of the markers", "number"),
    Field("markers", "Markers of the run", "whole"),
    Field("stopped_markers", "Of them with a stop", "whole"),
    Field("first_on", "First stop"),
    Field("last_on", "Last stop"),
    Field("reason", "In words"),
)
STOPS = (
    Field("operation", "Operation or run"),
    Field("ref", "Reference"),
    Field("stopped_on", "Stopped"),
    Field("vehicle", "Vehicle"),
    Field("marker", "Marker"),
    Field("right_vehicle", "Marker was right", "flag"),
    Field("seized", "Seized", "flag"),
    Field("arrests", "People arrested", "whole"),
    Field("assets_gbp", "Criminal assets seized", "number", "pounds"),
    Field("warrants_sought", "Warrants sought", "whole"),
    Field("sex_offenders", "High-risk sex offenders", "whole"),
    Field("place", "Where"),
    Field("input", "File", "whole"),
    Field("line", "Line", "whole"),
)
COUNTED = ("arrests", "assets_gbp", "warrants_sought", "sex_offenders")
NO_RUN = "no run named"
Row = dict[str, Any]


def run_outcomes(case: Case) -> Findings:
    """Add up what came of vehicle stops, run by run, for a case."""
    table = case.tables["stops"]
    require(table, "stops", STOP_COLUMNS)
    ordered = table.select(*STOP_COLUMNS).order_by(
        ["stopped_on", "ref", "input", "line"]
    )
    given = ordered.to_pyarrow().to_pylist()
    stops, notes = _counted(case, given)
    case.tell(0.5, "Adding up")
    markers = _markers(case)
    by_run: dict[str, list[Row]] = {}
    for row in stops:
        by_run.setdefault(row["operation"] or NO_RUN, []).append(row)
    rows = [_row(name, theirs, markers) for name, theirs in sorted(by_run.items())]
    whole = _row("All", stops, markers)
    caption = f"{whole['reason']} Runs: {len(rows)}."
    tables = (
        shown("outcomes", caption, RUNS, rows),
        shown(
            "stops", f"The {many(len(stops), 'stop')}, in order of time.", STOPS, stops
        ),
    )
    answers = [Answer(whole["reason"], "outcomes")]
    answers += [
        Answer(f"{row['operation']}: {row['reason']}", "outcomes", (at,))
        for at, row in enumerate(rows)
    ]
    return Findings(tuple(answers), tables, notes=notes)


def _counted(case: Case, given: list[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """The stops within the days asked for, each reference of a run once."""
    keeper = ZoneInfo(HOME)
    first: date | None = case.parameters["from_on"]
    last: date | None = case.parameters["to_on"]
    stops: dict[tuple[str, str], Row] = {}
    outside = twice = 0
    for row in given:
        day = row["stopped_on"].astimezone(keeper).date() if row["stopped_on"] else None
        inside = day is not None and (first or day) <= day <= (last or day)
        key = (row["operation"], row["ref"])
        if not inside:
            outside += 1
        elif row["ref"] and key in stops:
            twice += 1
        else:
            unique = key if row["ref"] else (row["operation"], f"{len(stops)}")
            stops[unique] = row | {"stopped_on": day.isoformat() if day else ""}
    notes = []
    if outside:
        notes.append(f"{many(outside, 'stop')} outside the days asked for, or undated.")
    if twice:
        notes.append(f"{many(twice, 'row')} with a reference that stood before.")
    return list(stops.values()), tuple(notes)


def _markers(case: Case) -> dict[str, str]:
    """Which markers were set, where their list was handed over? Reference to plate."""
    if "vehicles" not in case.tables:
        return {}
    vehicles = case.tables["vehicles"]
    require(vehicles, "vehicles", ("plate", "reference"))
    rows = vehicles.select("plate", "reference").to_pyarrow().to_pylist()
    return {row["reference"]: plate_of(row["plate"]) for row in rows}


def _row(name: str, stops: list[Row], markers: dict[str, str]) -> Row:
    sums = {column: sum(row[column] or 0 for row in stops) for column in COUNTED}
    seized = sum(bool(row["seized"]) for row in stops)
    something = sum(_something(row) for row in stops)
    checked = [row for row in stops if row["right_vehicle"] is not None]
    right = sum(row["right_vehicle"] for row in checked)
    used = {row["marker"] for row in stops if row["marker"]}
    days = [row["stopped_on"] for row in stops if row["stopped_on"]]
    made = sums | {
        "operation": name,
        "stopped": len(stops),
        "seized": seized,
        "seized_share": _share(seized, len(stops)),
        "arrests_a_stop": _share(sums["arrests"], len(stops)),
        "something": something,
        "nothing": len(stops) - something,
        "something_share": _share(something, len(stops)),
        "checked": len(checked),
        "right": right,
        "precision": _share(right, len(checked)),
        "markers": len(markers) if markers else len(used),
        "stopped_markers": len(used & set(markers)) if markers else len(used),
        "first_on": min(days, default=""),
        "last_on": max(days, default=""),
    }
    return made | {"reason": _says(made, known=bool(markers))}


def _something(row: Row) -> bool:
    return bool(row["seized"]) or any(row[column] for column in COUNTED)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _says(row: Row, *, known: bool) -> str:
    """What a run came to, as one sentence with its base."""
    said = (
        f"{many(row['stopped'], 'vehicle')} stopped, {row['seized']:,} seized, "
        f"{many(row['arrests'], 'arrest')}, £{row['assets_gbp']:,.0f} of criminal "
        f"assets, {many(row['warrants_sought'], 'warrant')} sought, "
        f"{many(row['sex_offenders'], 'high-risk sex offender')} brought to light; "
        f"something came of {of(row['something'], row['stopped'], 'stop')}"
    )
    right = (
        f"; the marker was right at {of(row['right'], row['checked'], 'stop')} that say"
        if row["checked"]
        else "; no stop says whether the marker was right"
    )
    used = (
        f"; {of(row['stopped_markers'], row['markers'], 'marker')} led to a stop"
        if known
        else ""
    )
    return f"{said}{right}{used}."


OUTCOMES = Analysis(
    key="vehicles.outcomes",
    question="What came of stopping vehicles on markers, and were the markers right?",
    method=(
        "Stops are added up run by run: vehicles stopped and seized, people arrested, "
        "pounds, warrants, offenders; stops that found nothing count too. Precision is "
        "the share of stops at which the marker was right, of those that say. With the "
        "list of markers, how many of them led to a stop."
    ),
    takes=("stops",),
    may_take=("vehicles",),
    run=run_outcomes,
    parameters=(
        Parameter("from_on", "First day of stops to count.", "day"),
        Parameter("to_on", "Last day of stops to count.", "day"),
    ),
    limits=(
        "A share of all stops says nothing of the vehicles that were not stopped.",
        "Whether groups of people were treated unlike cannot be told from these rows.",
    ),
    source="Outcomes as published for Leicestershire (HMICFRS, 2 March 2023)",
)
