"""Where were two people's phones or plates near each other in time and place?"""

from datetime import datetime
from typing import Any

from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.joined.events import Events, events_of, instant
from fourfold.picture.joined.telling import where
from fourfold.picture.joined.timeline import points
from fourfold.picture.joined.together import (
    SAME,
    Together,
    spot,
    together_of,
    windows_of,
)
from fourfold.picture.surprise import surprise
from fourfold.picture.survey.tables import Field, many, of, shown

TIMES = (
    Field("a", "Person"),
    Field("b", "Other person"),
    Field("how", "How"),
    Field("metres", "Metres apart", "whole"),
    Field("uncertain", "Metres by which the places are uncertain", "whole"),
    Field("minutes", "Minutes apart", "number"),
    Field("a_at", "Person's, UTC", "instant"),
    Field("a_local", "Person's, by the clock on the wall"),
    Field("a_what", "Person's thing"),
    Field("b_at", "Other's, UTC", "instant"),
    Field("b_local", "Other's, by the clock on the wall"),
    Field("b_what", "Other's thing"),
    Field("rare", "Share of the person's windows at that place", "number"),
    Field("why", "Why"),
    Field("a_source", "Person's evidence"),
    Field("a_input", "Person's file", "whole"),
    Field("a_line", "Person's line", "whole"),
    Field("b_source", "Other's evidence"),
    Field("b_input", "Other's file", "whole"),
    Field("b_line", "Other's line", "whole"),
)
PAIRS = (
    Field("a", "Person"),
    Field("b", "Other person"),
    Field("times", "Windows of time together", "whole"),
    Field("days", "Days", "whole"),
    Field("places", "Places", "whole"),
    Field("expected", "Windows expected by chance", "number"),
    Field("surprise", "Surprise", "number"),
    Field("same", "Of the rows: same cell or camera", "whole"),
    Field("rows", "Rows", "whole"),
    Field("first_at", "First", "instant"),
    Field("last_at", "Last", "instant"),
    Field("reason", "In words"),
)
ORDER = [
    "a_second", "b_second", "a_person", "b_person", "a_source", "a_input", "a_line",
    "a_side", "b_source", "b_input", "b_line", "b_side", "a_place", "b_place",
]  # fmt: skip
Row = dict[str, Any]


def run_where_together(case: Case) -> Findings:
    """Find when and where two people's things were near each other, for a case."""
    events = events_of(case, "joined.where-together")
    case.tell(0.5, "Comparing times and places")
    found = together_of(case, events)
    case.tell(0.8, "Comparing with chance")
    shares = _shares(case, found)
    pairs = _pairs(case, events, found)
    most = int(case.parameters["most_rows"])
    first = found.pairs.order_by(ORDER).limit(most).to_pyarrow().to_pylist()
    rows = [_time(row, events, shares) for row in first]
    whole = int(found.pairs.count().to_pyarrow().as_py())
    people = len(events.people.chosen)
    caption = (
        f"{of(len(pairs), people * (people - 1) // 2, 'pair')} of people had things "
        f"near "
        f"each other within {case.parameters['minutes']:g} minutes, "
        f"{many(whole, 'time')}; {len(rows):,} are listed."
    )
    tables = (
        shown("together", caption, TIMES, rows),
        shown("pairs", f"{many(len(pairs), 'pair')}, the least likely by chance first.",
              PAIRS, pairs),
    )  # fmt: skip
    answers = [Answer(caption, "together")]
    answers += [
        Answer(row["reason"], "pairs", (at,)) for at, row in enumerate(pairs[:9])
    ]
    return Findings(tuple(answers), tables, _points(first, rows),
                    notes=_notes(events, found))  # fmt: skip


def _shares(case: Case, found: Together) -> dict[tuple[str, str], float]:
    """Which share of each person's windows of time is at each place?"""
    seconds = int(float(case.parameters["minutes"]) * 60)
    counted = windows_of(found.places, seconds).to_pyarrow().to_pylist()
    totals: dict[str, int] = {}
    for row in counted:
        totals[row["person"]] = totals.get(row["person"], 0) + row["windows"]
    return {
        (row["person"], row["spot"]): row["windows"] / totals[row["person"]]
        for row in counted
    }


def _pairs(case: Case, events: Events, found: Together) -> list[Row]:
    """One row a pair, with what chance would make of the places of both."""
    seconds = int(float(case.parameters["minutes"]) * 60)
    table = found.pairs.mutate(
        window=(_.a_second / seconds).floor().cast("int64"),
        day=(events.clock.local(_.a_second) / 86_400).floor().cast("int64"),
        a_spot=spot(found.pairs, "a_"),
        b_spot=spot(found.pairs, "b_"),
        same=(_.how == SAME).ifelse(1, 0),
    )
    grouped = table.group_by("a_person", "b_person").agg(
        times=_.window.nunique(),
        days=_.day.nunique(),
        places=_.a_spot.nunique(),
        same=_.same.sum(),
        rows=_.count(),
        first=_.a_second.min(),
        last=_.a_second.max(),
    )
    spots = table.select("a_person", "b_person", "a_spot", "b_spot").distinct()
    windows = {
        (row["person"], row["spot"]): row["windows"]
        for row in windows_of(found.places, seconds).to_pyarrow().to_pylist()
    }
    span = max(events.days * 86_400 / seconds, 1.0)
    expected: dict[tuple[str, str], float] = {}
    for row in spots.to_pyarrow().to_pylist():
        mine = windows.get((row["a_person"], row["a_spot"]), 0)
        theirs = windows.get((row["b_person"], row["b_spot"]), 0)
        key = (row["a_person"], row["b_person"])
        by_chance = mine * min(1.0, 2 * theirs / span)
        expected[key] = expected.get(key, 0.0) + by_chance
    made = [_pair(row, expected, case) for row in grouped.to_pyarrow().to_pylist()]
    return sorted(made, key=lambda r: (-r["surprise"], -r["times"], r["a"], r["b"]))


def _pair(row: Row, expected: dict[tuple[str, str], float], case: Case) -> Row:
    a, b = row["a_person"], row["b_person"]
    chance = expected.get((a, b), 0.0)
    sure = round(float(surprise(row["times"], chance)), 2)
    text = (
        f"Things attributed to {a} and to {b} were near each other in "
        f"{many(row['times'], 'window')} of {case.parameters['minutes']:g} minutes on "
        f"{many(row['days'], 'day')} at {many(row['places'], 'place')}, where "
        f"{chance:.1f} would be expected by chance if each kept these places at other "
        "times."
    )
    return row | {
        "a": a,
        "b": b,
        "expected": round(chance, 2),
        "surprise": sure,
        "first_at": instant(row["first"]),
        "last_at": instant(row["last"]),
        "reason": text,
    }


def _time(row: Row, events: Events, shares: dict[tuple[str, str], float]) -> Row:
    said = {n.number: n.says for n in events.people.attributions}
    made: Row = {"a": row["a_person"], "b": row["b_person"], "how": row["how"]}
    for side in ("a", "b"):
        one = {name: row[f"{side}_{name}"] for name in
               ("place_kind", "place", "site", "lat", "lon")}  # fmt: skip
        at = instant(row[f"{side}_second"])
        made |= {
            f"{side}_at": at,
            f"{side}_local": events.clock.shown(at),
            f"{side}_what": f"{said[row[f'{side}_number']]}: {where(one)}",
        }
        for name in ("source", "input", "line"):
            made[f"{side}_{name}"] = row[f"{side}_{name}"]
    reach = row["a_reach"] + row["b_reach"]
    same_cell = row["how"] == SAME
    made |= {
        "metres": None if row["metres"] is None else round(row["metres"]),
        "uncertain": round(reach),
        "minutes": round(row["gap"] / 60, 2),
        "rare": _rare(row, shares),
    }
    place = (
        f"the same {row['a_place_kind']} ({row['a_place']})"
        if same_cell
        else f"places {made['metres']:,} metres apart, known to {reach:,.0f} metres"
    )
    return made | {
        "why": f"{made['a_what']}; {made['b_what']}: {place}, "
        f"{made['minutes']:g} minutes between."
    }


def _rare(row: Row, shares: dict[tuple[str, str], float]) -> float | None:
    name = row["a_place"]
    if not name and row["a_lat"] is not None:
        return None
    share = shares.get((row["a_person"], f"{row['a_place_kind']}:{name}"))
    return None if share is None else round(share, 4)


def _notes(events: Events, found: Together) -> tuple[str, ...]:
    if not found.shared:
        return events.notes
    return (
        *events.notes,
        f"{many(found.shared, 'pair')} of rows are of one phone, plate or device that "
        f"is "
        "attributed to both; they tell nothing of a meeting and are left out.",
    )


def _points(first: list[Row], rows: list[Row]) -> Any:
    shown_at: list[Row] = []
    for row, told in zip(first, rows, strict=True):
        for side in ("a", "b"):
            at: datetime | None = told[f"{side}_at"]
            shown_at.append(
                {"lat": row[f"{side}_lat"], "lon": row[f"{side}_lon"], "at": at,
                 "kind": "near each other", "who": row[f"{side}_person"],
                 "says": told[f"{side}_what"]}
            )  # fmt: skip
    return points(shown_at)
