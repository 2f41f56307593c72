"""Which cell did each phone use on most nights, and which in working hours?"""

from typing import Any

import ibis
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.calls.place_uses import (
    Site,
    cell_uses,
    of_targets,
    place_rows,
    sites_of,
)
from fourfold.picture.calls.place_words import clock, counted, shown

HOMES = ("number", "what", "cell", "nights", "of", "share", "qualifies", "reason")
DAYS = ("number", "day", "first_cell", "first_at", "last_cell", "last_at")
USUAL = ("number", "what", "cell", "days", "of", "share")
NIGHT_STARTS, NIGHT_ENDS = 22, 6
WORK_STARTS, WORK_ENDS = 9, 17
DAY_TURNS = 4
SATURDAY = 5
MOST_DAYS = 1000
WORDS = {
    "home": ("night", "between 22:00 and 06:00"),
    "work": ("weekday", "09:00-17:00"),
}


def run_homes(case: Case) -> Findings:
    """Find the cell of the nights and of the working hours, for a case."""
    p = case.parameters
    sites = sites_of(case)
    case.tell(0.1, "Reading which phone used which cell")
    uses = cell_uses(case.tables["calls"])
    if p["targets"]:
        uses = of_targets(uses, tuple(p["targets"]))
    timed = uses.filter(_.local.notnull())
    rows = _best(_nights(timed), "home", p) + _best(_working_days(timed), "work", p)
    rows.sort(key=lambda r: (not r["qualifies"], -r["nights"], r["number"], r["what"]))
    phones = len({row["number"] for row in rows})
    rows = rows[: int(p["most_rows"])]
    case.tell(0.6, "Looking for the first and last cell of each day")
    listed = {row["number"] for row in rows}
    days = _days(timed, listed)
    caption = _caption(rows, phones)
    tables = (
        shown("homes", caption, HOMES, rows),
        shown("usual_cells", f"The usual first and last cell of {len(listed)} phones.",
              USUAL, _usual(days)),
        shown("first_and_last", f"First and last cell of {len(days[:MOST_DAYS])} days "
              "(a day turns at 04:00).", DAYS, days[:MOST_DAYS]),
    )  # fmt: skip
    answers = [Answer(caption, "homes")]
    answers += [
        Answer(row["reason"], "homes", (at,)) for at, row in enumerate(rows[:5])
    ]
    return Findings(tuple(answers), tables, place_rows(sites, _points(rows, sites)))


def _nights(uses: Any) -> Any:
    """One row a phone, cell and night; hours after midnight are of the day before."""
    hour = uses.local.hour()
    at_night = uses.filter((hour >= NIGHT_STARTS) | (hour < NIGHT_ENDS))
    turned = at_night.local - ibis.interval(hours=NIGHT_ENDS)
    return at_night.select("number", "cell", day=turned.date()).distinct()


def _working_days(uses: Any) -> Any:
    hour, weekday = uses.local.hour(), uses.local.day_of_week.index()
    at_work = (hour >= WORK_STARTS) & (hour < WORK_ENDS) & (weekday < SATURDAY)
    kept = uses.filter(at_work)
    return kept.select("number", "cell", day=kept.local.date()).distinct()


def _best(days: Any, what: str, parameters: Any) -> list[dict[str, Any]]:
    """The cell of most days of each phone, of those that used one on two or more."""
    of = days.group_by("number").agg(of=_.day.nunique())
    each = days.group_by("number", "cell").agg(nights=_.count())
    order = ibis.window(group_by="number", order_by=[_.nights.desc(), _.cell])
    first = each.mutate(place=ibis.row_number().over(order)).filter(_.place == 0)
    both = first.join(of, "number").filter(_.nights >= 2)
    qualifies = (_.nights >= parameters["least_days"]) & (
        _.nights >= _.of * parameters["least_share"]
    )
    ranked = both.mutate(qualifies=qualifies).order_by(
        [_.qualifies.desc(), _.nights.desc(), "number"]
    )
    found = ranked.limit(int(parameters["most_rows"])).to_pyarrow().to_pylist()
    return [_row(row, what) for row in found]


def _row(row: dict[str, Any], what: str) -> dict[str, Any]:
    word, hours = WORDS[what]
    share = row["nights"] / row["of"]
    enough = "enough" if row["qualifies"] else "too few"
    reason = (
        f"{row['number']} used the cell {row['cell']} on {row['nights']:,} of the "
        f"{counted(row['of'], word)} on which it used any cell {hours}: {enough} to "
        f"call it a likely {what} cell."
    )
    return row | {"what": what, "share": round(share, 3), "reason": reason}


def _days(uses: Any, numbers: set[str]) -> list[dict[str, Any]]:
    """The first and the last cell of each day of the listed phones."""
    kept = of_targets(uses, numbers)
    turned = kept.local - ibis.interval(hours=DAY_TURNS)
    marked = kept.mutate(day=turned.date())
    ends = {}
    for name, order in (("first", _["at"]), ("last", _["at"].desc())):
        window = ibis.window(
            group_by=["number", "day"], order_by=[order, _.cell, _.input, _.line]
        )
        placed = marked.mutate(place=ibis.row_number().over(window))
        found = placed.filter(_.place == 0).select(
            "number", "day", "cell", "at", "local"
        )
        ends[name] = {
            (r["number"], r["day"]): r for r in found.to_pyarrow().to_pylist()
        }
    return [
        {
            "number": number,
            "day": day.isoformat(),
            "first_cell": first["cell"],
            "first_at": clock(first["local"], first["at"]),
            "last_cell": ends["last"][number, day]["cell"],
            "last_at": clock(
                ends["last"][number, day]["local"], ends["last"][number, day]["at"]
            ),
        }
        for (number, day), first in sorted(ends["first"].items())
    ]


def _usual(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for number in sorted({day["number"] for day in days}):
        mine = [day for day in days if day["number"] == number]
        for what in ("first_cell", "last_cell"):
            counts: dict[str, int] = {}
            for day in mine:
                counts[day[what]] = counts.get(day[what], 0) + 1
            cell = min(counts, key=lambda c: (-counts[c], c))
            rows.append(
                {
                    "number": number,
                    "what": what.replace("_", " ") + " of the day",
                    "cell": cell,
                    "days": counts[cell],
                    "of": len(mine),
                    "share": round(counts[cell] / len(mine), 3),
                }
            )
    return rows


def _points(rows: list[dict[str, Any]], sites: dict[str, Site]) -> list[dict[str, Any]]:
    return [
        {
            "cell": row["cell"],
            "at": None,
            "label": f"{row['number']}: likely {row['what']} cell",
            "kind": f"{row['what']} cell",
            "who": row["number"],
        }
        for row in rows
        if row["qualifies"] and row["cell"] in sites
    ]


def _caption(rows: list[dict[str, Any]], phones: int) -> str:
    home = sum(r["qualifies"] and r["what"] == "home" for r in rows)
    work = sum(r["qualifies"] and r["what"] == "work" for r in rows)
    return (
        f"{home} of {phones} phones have a likely home cell and {work} a likely work "
        "cell."
    )
