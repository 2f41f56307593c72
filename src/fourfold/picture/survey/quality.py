"""What was left out of a survey and why, and where was its instrument silent?"""

from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import kept
from fourfold.picture.survey.gates import GATES, SURVEY, USED, gate_parameters, gated
from fourfold.picture.survey.readings import SELECTION, selected
from fourfold.picture.survey.tables import Field, many, of, shown

PARAMETERS = (*gate_parameters(told=True), *SELECTION)
GATE_FIELDS = (
    Field("gate", "Gate"),
    Field("says", "What it means"),
    Field("rows", "Rows", "whole"),
    Field("of", "Of", "whole"),
    Field("left_out", "Left out", "flag"),
    Field("limit", "Limit"),
    Field("source", "Source of the limit"),
)
SURVEY_FIELDS = (
    Field("input", "File", "whole"),
    Field("survey", "Survey"),
    Field("kit", "Instrument"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("rows", "Readings", "whole"),
    Field("used", "Used", "whole"),
    Field("moments", "Moments", "whole"),
    Field("seconds", "Usual seconds between moments", "number", "s"),
    Field("longest", "Longest gap", "number", "s"),
    Field("gaps", "Gaps over the limit", "whole"),
    Field("serving", "Cells that served", "whole"),
    Field("worst_metres", "Worst position used", "number", "m"),
    Field("fastest_kmh", "Fastest", "number", "km/h"),
)
GAP_FIELDS = (
    Field("input", "File", "whole"),
    Field("survey", "Survey"),
    Field("kit", "Instrument"),
    Field("from_at", "From", "instant"),
    Field("to_at", "To", "instant"),
    Field("seconds", "Seconds", "number", "s"),
    Field("reason", "Why it is listed"),
)
OUT_FIELDS = (
    Field("input", "File", "whole"),
    Field("line", "Line", "whole"),
    Field("survey", "Survey"),
    Field("at", "When", "instant"),
    Field("lat", "Latitude", "number"),
    Field("lon", "Longitude", "number"),
    Field("gps_metres", "Position good to", "number", "m"),
    Field("technology", "Technology"),
    Field("level_dbm", "Level", "number", "dBm"),
    Field("gate", "Gate"),
    Field("reason", "Why it was left out"),
)
ROWS_SHOWN = 1000
"""Gaps and rows left out that are listed one by one; the counts are of all (chosen)."""


def quality(case: Case) -> Findings:
    """How good is the survey: what is left out, and what should be borne in mind?"""
    asked = {"gps_metres": None, "jump_kmh": None} | dict(case.parameters)
    case.tell(0.1, "testing the readings")
    rows = kept(case.backend, gated(case.backend, selected(case), asked))
    case.tell(0.5, "looking for gaps")
    used = rows.filter(_.left_out == USED)
    gaps = _gaps(used, asked["gap_seconds"])
    counts = _counts(rows, gaps.num_rows, asked)
    total = rows.count().execute()
    surveys = _surveys(rows, used, gaps.to_pylist(), case)
    out = _left_out(rows)
    tables = (
        shown(
            "gates",
            f"What {many(total, 'reading')} were tested for.",
            GATE_FIELDS,
            _gate_rows(counts, total, asked),
        ),
        shown(
            "surveys",
            f"{many(len(surveys), 'survey')} in the files.",
            SURVEY_FIELDS,
            surveys,
        ),
        shown(
            "gaps",
            f"{many(gaps.num_rows, 'gap')} longer than "
            f"{asked['gap_seconds']:g} s; the first {ROWS_SHOWN:,} are listed.",
            GAP_FIELDS,
            gaps.to_pylist()[:ROWS_SHOWN],
        ),
        shown(
            "left_out",
            f"The first {ROWS_SHOWN:,} readings that were left out, by file and line.",
            OUT_FIELDS,
            out,
        ),
    )
    return Findings(answers=_answers(counts, total, surveys), tables=tables)


def _counts(rows: Any, gaps: int, asked: dict[str, Any]) -> dict[str, int]:
    by_gate = rows.group_by("left_out").agg(rows=_.count()).to_pyarrow().to_pylist()
    used = rows.filter(_.left_out == USED)
    told = used.agg(
        fast=(_.speed_kmh > asked["speed_kmh"]).cast("int64").sum(),
        silent=((_.cell == "") & (_.colour == "")).cast("int64").sum(),
        unrated=_.gps_metres.isnull().cast("int64").sum(),
        level=_.level_dbm.isnull().cast("int64").sum(),
    )
    seen = told.to_pyarrow().to_pylist()[0]
    return {row["left_out"]: row["rows"] for row in by_gate} | {
        "too-fast": seen["fast"] or 0,
        "gap": gaps,
        "silence": seen["silent"] or 0,
        "clock-back": _clock_back(rows),
        "position-unrated": seen["unrated"] or 0,
        "no-level": seen["level"] or 0,
    }


def _clock_back(rows: Any) -> int:
    """Lines that are earlier than the line before them, of one survey in one file."""
    lines = rows.filter(_.at.notnull()).group_by(*SURVEY, "line").agg(at=_.at.min())
    in_order = ibis.window(group_by=list(SURVEY), order_by="line")
    before = lines.mutate(before=_.at.lag().over(in_order))
    return int(before.filter(_.at < _.before).count().execute())


def _gaps(used: Any, limit: float) -> Any:
    moments = used.select(*SURVEY, "at").distinct()
    in_order = ibis.window(group_by=list(SURVEY), order_by="at")
    beside = moments.mutate(from_at=_.at.lag().over(in_order))
    seconds = (beside.at.epoch_seconds() - beside.from_at.epoch_seconds()).cast(
        "float64"
    )
    return (
        beside.mutate(
            seconds=seconds, to_at=_.at, reason=ibis.literal(GATES["gap"].says)
        )
        .filter(_.seconds > limit)
        .select(*SURVEY, "from_at", "to_at", "seconds", "reason")
        .order_by(*SURVEY, "from_at")
        .to_pyarrow()
    )


def _surveys(rows: Any, used: Any, gaps: list[Any], case: Case) -> list[dict[str, Any]]:
    every = rows.group_by(*SURVEY).agg(rows=_.count())
    good = used.group_by(*SURVEY).agg(
        used=_.count(),
        moments=_.at.nunique(),
        first_at=_.at.min(),
        last_at=_.at.max(),
        serving=_.cell.nunique(where=_.serving & (_.cell != "")),
        worst_metres=_.gps_metres.max(),
        fastest_kmh=_.speed_kmh.max(),
    )
    found = every.left_join(good, list(SURVEY)).select(
        every, *[good[name] for name in good.columns if name not in SURVEY]
    )
    case.tell(0.8, "counting by survey")
    listed: list[dict[str, Any]] = found.order_by(*SURVEY).to_pyarrow().to_pylist()
    for row in listed:
        key = tuple(row[name] for name in SURVEY)
        mine = [g["seconds"] for g in gaps if tuple(g[n] for n in SURVEY) == key]
        row |= {"gaps": len(mine), "longest": max(mine, default=None)}
        row["used"], row["moments"] = row["used"] or 0, row["moments"] or 0
        if row["moments"] > 1:
            span = (row["last_at"] - row["first_at"]).total_seconds() - sum(mine)
            steps = row["moments"] - 1 - len(mine)
            row["seconds"] = round(span / steps, 1) if steps else None
    return listed


def _left_out(rows: Any) -> list[dict[str, Any]]:
    first = (
        rows.filter(_.left_out != USED)
        .order_by("input", "line", "colour", "level_dbm")
        .limit(ROWS_SHOWN)
        .to_pyarrow()
        .to_pylist()
    )
    return [
        row | {"gate": row["left_out"], "reason": GATES[row["left_out"]].says}
        for row in first
    ]


def _gate_rows(
    counts: dict[str, int], total: int, asked: dict[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            "gate": gate.key,
            "says": gate.says,
            "rows": counts.get(gate.key, 0),
            "of": total,
            "left_out": gate.leaves_out,
            "limit": f"{asked[gate.parameter]:g} {gate.unit}"
            if gate.parameter and asked[gate.parameter] is not None
            else "",
            "source": gate.source,
        }
        for gate in GATES.values()
    ]


def _answers(
    counts: dict[str, int], total: int, surveys: list[Any]
) -> tuple[Answer, ...]:
    keys = list(GATES)
    said = [
        Answer(
            f"{of(counts.get(USED, 0), total, 'reading')} of "
            f"{many(len(surveys), 'survey')} may be used.",
            "surveys",
        )
    ]
    for gate in GATES.values():
        if count := counts.get(gate.key, 0):
            what = "left out" if gate.leaves_out else "used, but bear in mind"
            base = (
                many(count, "gap") if gate.key == "gap" else of(count, total, "reading")
            )
            said.append(
                Answer(f"{base} {what}: {gate.says}", "gates", (keys.index(gate.key),))
            )
    return tuple(said)
