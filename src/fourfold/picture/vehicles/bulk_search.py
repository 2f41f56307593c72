"""Which vehicles of own, national and partner lists should a marker be proposed for?

The search runs only once purpose, basis, necessity, proportionality, the authorising
officer and the end are recorded. A dry run gives counts and names no vehicle.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter, require
from fourfold.picture.calls.events import only, seconds_of
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.plates import plate_of, uk_format
from fourfold.picture.vehicles.reads import HOME, PERIOD, usable_reads
from fourfold.picture.vehicles.safeguards import (
    GROUNDS,
    PARAMETERS,
    check_nothing_protected,
    check_recorded,
    ground_of,
)

LIST_COLUMNS = (
    "input", "line", "plate", "list", "reason", "reference", "from_on", "until_on",
)  # fmt: skip
STEPS = (
    Field("step", "Step"),
    Field("list", "List"),
    Field("of", "Whose list"),
    Field("rows", "Rows", "whole"),
    Field("vehicles", "Vehicles", "whole"),
    Field("reason", "What it means"),
)
MARKERS = (
    Field("marker", "Proposed marker"),
    Field("plate", "Plate"),
    Field("grounds", "Grounds", "list"),
    Field("lists", "Lists that name it", "list"),
    Field("reasons", "Reasons on the lists", "list"),
    Field("reads", "Reads in the period", "whole"),
    Field("last_read_at", "Last read", "instant"),
    Field("last_camera", "Last camera"),
    Field("owner", "Owner of the marker"),
    Field("action", "What an officer who stops it is asked to do"),
    Field("expires_on", "Ends"),
    Field("contact", "Whom to ring on a hit"),
    Field("check", "Before it is set"),
    Field("format", "Form of the plate"),
    Field("input", "File of the first row", "whole"),
    Field("line", "Line of the first row", "whole"),
)
CHECK = "Needs a human check against a second identifier."
NOT_SAID = "To be filled in."
OWN, NATIONAL, PARTNER, UNSAID = "own", "national", "partner", "not said"
Row = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """What became of the rows of the lists: those with a ground, and the others."""

    rows: list[Row]
    dropped: Counter[tuple[str, str]]
    given: Counter[str]


def run_bulk_search(case: Case) -> Findings:
    """Propose markers from lists of vehicles, for a case.

    Raises:
        SearchNotAuthorised: something that must be recorded is lacking.
        ProtectedInput: a column or a list names what the law protects.
    """
    check_recorded(case.parameters)
    vehicles = case.tables["vehicles"]
    require(vehicles, "vehicles", LIST_COLUMNS)
    columns = {kind: tuple(table.columns) for kind, table in case.tables.items()}
    names = vehicles.list.topk(10_000).to_pyarrow()["list"].to_pylist()
    typed = (n for side in ("own_lists", "national_lists", "partner_lists")
             for n in case.parameters[side] or ())  # fmt: skip
    check_nothing_protected(columns, sorted({*names, *typed}))
    case.tell(0.2, "Reading the lists")
    chosen = _chosen(case, vehicles)
    case.tell(0.5, "Looking for reads")
    markers, notes = _markers(case, chosen)
    steps = _steps(case, chosen, markers)
    dry = bool(case.parameters["dry_run"])
    caption = _caption(chosen, markers)
    outcome = shown("outcome", "What became of the rows of each list, step by step.",
                    STEPS, steps)  # fmt: skip
    listed = shown("markers", caption, MARKERS, markers)
    tables = (outcome,) if dry else (listed, outcome)
    answers = [Answer(caption, tables[0].name)]
    if dry:
        answers.append(Answer("This was a dry run: counts only, no vehicle is named."))
    return Findings(tuple(answers), tables, notes=(*notes, *_recorded(case)))


def _chosen(case: Case, vehicles: Any) -> Chosen:
    """Sort out the rows of the lists, in order of file and line."""
    on = case.parameters["authorised_on"]
    begins = datetime.combine(on, time(), ZoneInfo(HOME))
    day = (begins.timestamp(), (begins + timedelta(days=1)).timestamp())
    dropped: Counter[tuple[str, str]] = Counter()
    given: Counter[str] = Counter()
    kept = []
    wanted = set(case.parameters["grounds"] or ())
    rows = vehicles.select(*LIST_COLUMNS).mutate(
        from_second=seconds_of(_.from_on), until_second=seconds_of(_.until_on)
    )
    ordered = rows.drop("from_on", "until_on").order_by(["input", "line"])
    for batch in ordered.to_pyarrow_batches(chunk_size=100_000):
        for row in batch.to_pylist():
            given[row["list"]] += 1
            row |= {"plate": plate_of(row["plate"]), "ground": ground_of(row["reason"])}
            fault = _fault(row, day, wanted)
            if fault:
                dropped[row["list"], fault] += 1
            else:
                kept.append(row)
    return Chosen(kept, dropped, given)


def _fault(row: Row, day: tuple[float, float], wanted: set[str]) -> str:
    if not row["plate"]:
        return "no plate"
    begins, ends = row["from_second"], row["until_second"]
    out_of_force = (begins is not None and begins >= day[1]) or (
        ends is not None and ends < day[0]
    )
    if out_of_force:
        return "not in force"
    if not row["ground"]:
        return "no ground"
    return "another ground" if wanted and row["ground"] not in wanted else ""


FAULTS = {
    "no plate": "The row has no plate.",
    "not in force": "The row is not in force on the day of the authority.",
    "no ground": "The reason names no offence, warrant or order; such rows are never "
    "searched, whatever else they say of somebody.",
    "another ground": "The ground is not among those asked for.",
    "not read": "The vehicle was not read in the period, and only read ones were asked "
    "for.",
    "too few lists": "Fewer lists than asked for name the vehicle.",
}


def _markers(case: Case, chosen: Chosen) -> tuple[list[Row], tuple[str, ...]]:
    """A marker for each vehicle that is left, those on most lists first."""
    by_plate: dict[str, list[Row]] = {}
    for row in chosen.rows:
        by_plate.setdefault(row["plate"], []).append(row)
    seen, notes = _seen(case, by_plate)
    left = {}
    for plate, rows in by_plate.items():
        few = len({r["list"] for r in rows}) < case.parameters["least_lists"]
        unread = case.parameters["only_read"] and plate not in seen
        fault = "too few lists" if few else "not read" if unread else ""
        if fault:
            for row in rows:
                chosen.dropped[row["list"], fault] += 1
        else:
            left[plate] = rows
    order = sorted(left, key=lambda p: (-len({r["list"] for r in left[p]}), p))
    return [
        _marker(case, n, left[plate], seen.get(plate, {}))
        for n, plate in enumerate(order, start=1)
    ], notes


def _marker(case: Case, number: int, rows: list[Row], read: Row) -> Row:
    p = case.parameters
    return {
        "marker": f"{p['legal_basis']}/{number:05d}",
        "plate": rows[0]["plate"],
        "grounds": sorted({row["ground"] for row in rows}),
        "lists": sorted({row["list"] for row in rows}),
        "reasons": list(
            dict.fromkeys(f"{row['reason']} ({row['reference']})" for row in rows)
        ),
        "reads": read.get("reads", 0),
        "last_read_at": read.get("last_at"),
        "last_camera": read.get("camera", ""),
        "owner": p["owner"] or NOT_SAID,
        "action": p["action"] or NOT_SAID,
        "expires_on": p["expires_on"].isoformat(),
        "contact": p["contact"] or NOT_SAID,
        "check": CHECK,
        "format": uk_format(rows[0]["plate"]) or "not a UK format",
        "input": rows[0]["input"],
        "line": rows[0]["line"],
    }


def _seen(
    case: Case, plates: dict[str, list[Row]]
) -> tuple[dict[str, Row], tuple[str, ...]]:
    """How often, when last and where was each of the vehicles read? None of others."""
    if "reads" not in case.tables or not plates:
        return {}, ()
    reads = usable_reads(case)
    mine = only(reads.rows, "plate", plates.keys())
    counted = mine.group_by("plate").agg(reads=_.count(), last_at=_["at"].max())
    found = {row["plate"]: row for row in counted.to_pyarrow().to_pylist()}
    last = mine.join(counted, "plate").filter(_["at"] == _.last_at)
    where = last.group_by("plate").agg(camera=_.camera.min()).to_pyarrow().to_pylist()
    for row in where:
        found[row["plate"]]["camera"] = row["camera"]
    return found, (*reads.notes, f"The reads reach from {reads.span}.")


def _steps(case: Case, chosen: Chosen, markers: list[Row]) -> list[Row]:
    """The arithmetic of each list: rows given = dropped step by step + in markers."""
    steps = []
    proposed = {row["plate"] for row in markers}
    for name in sorted(chosen.given):
        about = {"list": name, "of": _whose(case, name)}
        steps.append(about | {"step": "given", "rows": chosen.given[name],
                              "reason": "Rows of the list."})  # fmt: skip
        for fault, says in FAULTS.items():
            if chosen.dropped[name, fault]:
                rows = chosen.dropped[name, fault]
                steps.append(about | {"step": fault, "rows": rows, "reason": says})
        left = [r for r in chosen.rows if r["list"] == name and r["plate"] in proposed]
        vehicles = len({row["plate"] for row in left})
        steps.append(about | {"step": "proposed", "rows": len(left),
                              "vehicles": vehicles, "reason": CHECK})  # fmt: skip
    return steps


def _whose(case: Case, name: str) -> str:
    p = case.parameters
    for whose, side in (
        (OWN, "own_lists"), (NATIONAL, "national_lists"), (PARTNER, "partner_lists"),
    ):  # fmt: skip
        if name in (p[side] or ()):
            return whose
    return UNSAID


def _caption(chosen: Chosen, markers: list[Row]) -> str:
    listed = sum(chosen.given.values())
    lists = len(chosen.given)
    grounds = Counter(ground for row in markers for ground in row["grounds"])
    by = ", ".join(f"{n:,} by {key}" for key, n in sorted(grounds.items()))
    vehicles = len({row["plate"] for row in chosen.rows})
    return (
        f"A marker is proposed for {of(len(markers), vehicles, 'vehicle')} with a "
        f"ground "
        f"in force, out of {many(listed, 'row')} of {many(lists, 'list')}"
        f"{': ' + by if by else ''}."
    )


def _recorded(case: Case) -> tuple[str, ...]:
    p = case.parameters
    return (
        f"Recorded before it ran: authority {p['legal_basis']}, authorised by "
        f"{p['authorised_by']} on {p['authorised_on'].isoformat()}, run by "
        f"{p['asked_by']}, ends on {p['expires_on'].isoformat()}.",
        "Only plate, list, reason, reference and dates of the lists were read, and "
        "only "
        f"reasons with a ground count ({', '.join(row.key for row in GROUNDS)}). "
        "Nationality and all else that is protected is no input.",
        "Rows and reads of other vehicles are not kept in this result.",
    )


def _texts(name: str, says: str) -> Parameter:
    return Parameter(name, says, "texts", ())


BULK_SEARCH = Analysis(
    key="vehicles.bulk-search",
    question="Which vehicles of these lists should a marker be proposed for?",
    method=(
        "Runs only once purpose, legal basis, necessity, proportionality, an "
        "authorising "
        " officer other than the one who runs it, and an end are recorded. A row of a "
        "list counts when it is in force on the day of the authority and its reason "
        "names a warrant, an offence or an order of the sheet of grounds; nothing "
        "protected is an input. A marker is proposed for each vehicle that enough "
        "lists "
        "name, with its reads where reads are given; it needs a human check against a "
        "second identifier. A dry run gives the counts alone. What does not match is "
        "not kept."
    ),
    takes=("vehicles",),
    may_take=("reads",),
    run=run_bulk_search,
    parameters=(
        *PARAMETERS,
        Parameter("dry_run", "Counts only; no vehicle is named.", "flag", default=True),
        _texts("own_lists", "Which lists are the force's own."),
        _texts("national_lists", "Which lists are national."),
        _texts("partner_lists", "Which lists are partners'."),
        _texts("grounds", "Only these grounds of the sheet; empty: all."),
        Parameter("least_lists", "Fewest lists that name a vehicle.", "whole", 1,
                  least=1, most=20),
        Parameter("only_read", "With reads: only vehicles read in the period.",
                  "flag", default=False),
        Parameter("owner", "Who will own the markers.", "text", ""),
        Parameter("action", "What an officer who stops it is asked to do.", "text", ""),
        Parameter("contact", "Whom to ring on a hit.", "text", ""),
        *PERIOD,
    ),
    limits=(
        "A marker is a proposal: an officer checks each against a second identifier "
        "before it is set.",
        "Grounds are found by words; an officer reads the reason.",
        "A plate is not a person, and the keeper is not always the driver.",
        "Whether the search treats groups of people unlike is to be looked at from the "
        "outcomes of stops, apart from the search.",
    ),
    source="Leicestershire's bulk vehicle search (HMICFRS, 2 March 2023); the "
    "safeguards are inference",
)  # fmt: skip
