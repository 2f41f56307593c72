"""Which reads are of a vehicle of interest, and which may be one that was misread?"""

from dataclasses import dataclass
from typing import Any

from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter, require
from fourfold.base.kept import kept
from fourfold.picture.calls.events import seconds_of
from fourfold.picture.survey.tables import Field, many, of, shown
from fourfold.picture.vehicles.plates import differences, differing, folded, uk_format
from fourfold.picture.vehicles.reads import (
    PERIOD,
    Reads,
    cameras_of,
    map_points,
    reads_of,
    usable_reads,
)

LISTED = ("plate", "list", "reason", "reference", "from_on", "until_on")
EXACT, CANDIDATE = "hit", "candidate"
NO_FORMAT = "not a UK format"
HITS = (
    Field("rank", "Rank", "whole"),
    Field("kind", "Hit or candidate"),
    Field("plate", "Plate as read"),
    Field("listed", "Plate on the list"),
    Field("differs", "Where they differ"),
    Field("list", "List"),
    Field("reason", "Reason on the list"),
    Field("reference", "Reference on the list"),
    Field("reads", "Reads", "whole"),
    Field("cameras", "Cameras", "whole"),
    Field("other_reads", "Reads of that other plate in the data", "whole"),
    Field("format", "Form of the plate as read"),
    Field("confidence", "Mean confidence", "number"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("why", "Why"),
    Field("input", "File of the list", "whole"),
    Field("line", "Line of the list", "whole"),
)
READS = (
    Field("kind", "Hit or candidate"),
    Field("plate", "Plate as read"),
    Field("listed", "Plate on the list"),
    Field("at", "When", "instant"),
    Field("local", "By the clock on the wall"),
    Field("camera", "Camera"),
    Field("heading", "Direction"),
    Field("confidence", "Confidence", "number"),
    Field("input", "File", "whole"),
    Field("line", "Line", "whole"),
)
PAIR = ("plate", "listed", "list", "reason", "reference", "v_input", "v_line")


@dataclass(frozen=True)
class Counts:
    """How many reads, listed vehicles, hits and candidates there are in all."""

    reads: int
    vehicles: int
    hits: int
    candidates: int


def run_hits(case: Case) -> Findings:
    """Match reads with vehicles of interest, for a case."""
    reads = usable_reads(case)
    require(case.tables["vehicles"], "vehicles", LISTED)
    case.tell(0.2, "Matching plates")
    alike = kept(case.backend, _alike(case, reads))
    pairs = kept(case.backend, _pairs(case, reads, alike))
    case.tell(0.6, "Counting hits and candidates")
    counts = _counts(case, reads, pairs)
    most = int(case.parameters["most_rows"])
    rows = _ranked(pairs, most)
    case.tell(0.8, "Reading the rows behind them")
    details = _details(case, reads, rows, alike)
    caption = (
        f"{of(counts.hits, counts.vehicles, 'listed plate')} {_were(counts.hits)} read "
        f"exactly among {many(counts.reads, 'read')}; "
        f"{many(counts.candidates, 'other plate')} differ only by characters that "
        "cameras confuse, and are candidates."
    )
    notes = (*reads.notes, f"The reads reach from {reads.span}.", *_cut(rows, pairs))
    tables = (
        shown("hits", caption, HITS, rows),
        shown(
            "reads",
            f"The first {many(len(details), 'read')} behind them, in order of time.",
            READS,
            details,
        ),
    )
    answers = [Answer(caption, "hits")]
    answers += [Answer(row["why"], "hits", (at,)) for at, row in enumerate(rows[:5])]
    return Findings(tuple(answers), tables, _points(reads, details), notes=tuple(notes))


def _alike(case: Case, reads: Reads) -> Any:
    """A row for each plate as read and row of a list that are the same or alike.

    Only the different plates are folded, which are far fewer than the reads.
    """
    seen = reads.rows.group_by("plate").agg(other_reads=_.count())
    joined = seen.mutate(folded=folded(_.plate)).join(_lists(case), "folded")
    if case.parameters["candidates"]:
        return joined
    return joined.filter(joined.plate == joined.listed)


def _matches(case: Case, rows: Any, alike: Any) -> Any:
    """A row for each read and row of a list whose plates are the same or alike."""
    joined = rows.join(alike, "plate")
    if not case.parameters["only_in_force"]:
        return joined
    return joined.filter(
        (_.from_second.isnull() | (_.second >= _.from_second))
        & (_.until_second.isnull() | (_.second <= _.until_second))
    )


def _pairs(case: Case, reads: Reads, alike: Any) -> Any:
    """The plates as read and rows of a list that match, with counts of their reads."""
    grouped = (
        _matches(case, reads.rows, alike)
        .group_by(list(PAIR))
        .agg(
            reads=_.count(),
            other_reads=_.other_reads.max(),
            cameras=_.camera.nunique(),
            confidence=_.confidence.mean(),
            first_at=_["at"].min(),
            last_at=_["at"].max(),
        )
    )
    return grouped.mutate(places=differing(grouped.plate, grouped.listed))


def _lists(case: Case) -> Any:
    table = case.tables["vehicles"]
    named = table.filter(table.plate != "")
    return named.select(
        listed=named.plate,
        folded=folded(named.plate),
        list=named["list"],
        reason=named.reason,
        reference=named.reference,
        from_second=seconds_of(named.from_on),
        until_second=seconds_of(named.until_on),
        v_input=named.input,
        v_line=named.line,
    )


def _counts(case: Case, reads: Reads, pairs: Any) -> Counts:
    vehicles = case.tables["vehicles"]
    listed = vehicles.filter(vehicles.plate != "").plate.nunique().to_pyarrow().as_py()
    exact = pairs.filter(_.places == 0).plate.nunique().to_pyarrow().as_py()
    near = pairs.filter(_.places > 0).plate.nunique().to_pyarrow().as_py()
    return Counts(reads.count, int(listed), int(exact), int(near))


def _ranked(pairs: Any, most: int) -> list[dict[str, Any]]:
    """Hits first, the latest first; then candidates, the likelier misread first."""
    exact = pairs.filter(_.places == 0).order_by([_.last_at.desc(), *PAIR])
    near = pairs.filter(_.places > 0).order_by(["places", "other_reads", *PAIR])
    rows = [_row(row) for row in exact.limit(most).to_pyarrow().to_pylist()]
    left = most - len(rows)
    more = [_row(row) for row in near.limit(4 * left).to_pyarrow().to_pylist()]
    more.sort(key=_likelier)
    ranked = rows + more[:left]
    return [row | {"rank": at} for at, row in enumerate(ranked, start=1)]


def _likelier(row: dict[str, Any]) -> tuple[Any, ...]:
    doubtful = row["confidence"] if row["confidence"] is not None else 1.0
    return (
        row["format"] != NO_FORMAT,
        row["places"],
        row["other_reads"],
        round(doubtful, 4),
        *(row[name] for name in ("plate", "listed", "list", "input", "line")),
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    found = row | {
        "kind": CANDIDATE if row["places"] else EXACT,
        "differs": differences(row["plate"], row["listed"]),
        "format": uk_format(row["plate"]) or NO_FORMAT,
        "input": row["v_input"],
        "line": row["v_line"],
    }
    return found | {"why": _why(found)}


def _why(row: dict[str, Any]) -> str:
    named = f"on {row['list']}" if row["list"] else "on a list"
    if row["kind"] == EXACT:
        return (
            f"{row['plate']}, {named}, was read {_times(row['reads'])} at "
            f"{many(row['cameras'], 'camera')}: the plate as read is the plate listed."
        )
    form = (
        "which is not a UK format, so that it is likelier misread"
        if row["format"] == NO_FORMAT
        else f"a plate of the form '{row['format']}', which may simply be another car"
    )
    return (
        f"Candidate only: {row['plate']} was read {_times(row['other_reads'])} in the "
        f"data, {form}; it differs from {row['listed']}, {named}, at {row['differs']}. "
        "Look at the picture before anything else."
    )


def _details(
    case: Case, reads: Reads, rows: list[dict[str, Any]], alike: Any
) -> list[Any]:
    """The reads behind the rows shown, each once for a plate of the list."""
    said = {(row["plate"], row["listed"]): row["kind"] for row in rows}
    if not said:
        return []
    mine = _matches(case, reads_of(reads, {plate for plate, _on in said}), alike)
    names = [field.name for field in READS if field.name not in ("kind", "local")]
    each = mine.select(names).distinct()
    order = ["at", "plate", "camera", "input", "line", "listed"]
    first = each.order_by(order).limit(int(case.parameters["most_reads"]))
    return [
        row
        | {"kind": said[row["plate"], row["listed"]]}
        | {"local": reads.clock.shown(row["at"])}
        for row in first.to_pyarrow().to_pylist()
        if (row["plate"], row["listed"]) in said
    ]


def _points(reads: Reads, details: list[Any]) -> Any:
    if not details:
        return None
    words = {EXACT: "is listed", CANDIDATE: "is like a listed plate"}
    return map_points(
        cameras_of(reads.rows.filter(_.camera.isin({d["camera"] for d in details}))),
        [
            {
                "camera": row["camera"],
                "at": row["at"],
                "label": f"{row['plate']}, which {words[row['kind']]}, was read here",
                "kind": row["kind"],
                "who": row["plate"],
            }
            for row in details
        ],
    )


def _cut(rows: list[dict[str, Any]], pairs: Any) -> tuple[str, ...]:
    whole = int(pairs.count().to_pyarrow().as_py())
    if len(rows) >= whole:
        return ()
    return (
        f"Only {len(rows):,} of {whole:,} matches of a plate with a row of a list are "
        "shown; raise most_rows for more.",
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


HITS_ANALYSIS = Analysis(
    key="vehicles.hits",
    question="Which vehicles of interest were read, and which may be misread?",
    method=(
        "A read is a hit where its plate, in capitals without spaces, is the plate of "
        "a "
        "row of a list that was in force at the time. Plates that differ from a listed "
        "one only by characters that cameras take for each other are candidates, never "
        "hits: ranked with plates of no UK format first, then by how few places "
        "differ, "
        "by how few reads that other plate has in the data, and by confidence."
    ),
    takes=("reads", "vehicles"),
    run=run_hits,
    parameters=(
        Parameter("candidates", "Show candidates too.", "flag", default=True),
        Parameter(
            "only_in_force", "Only reads while the row of the list was in force.",
            "flag", default=True,
        ),
        Parameter(
            "most_rows", "Most rows to list.", "whole", 1000, least=1, most=100_000
        ),
        Parameter(
            "most_reads", "Most single reads to list.", "whole", 1000, least=1,
            most=100_000,
        ),
        *PERIOD,
    ),
    limits=(
        "A read is of a plate, not of a vehicle or a person: plates are cloned, "
        "borrowed "
        "and misread.",
        "A candidate may simply be another car; it says how often that plate was read.",
        "Characters that a camera leaves out or adds are not looked for.",
        "Cameras do not stand everywhere; no read does not show that a vehicle was not "
        "there.",
    ),
    source="NASPLE terms; the matching rule is inference",
)  # fmt: skip
