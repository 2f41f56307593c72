"""Which cell did each phone use on most nights, and which in working hours?"""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.place_coded import CodedUses, coded_uses
from fourfold.picture.calls.place_sites import place_rows, sites_of
from fourfold.picture.calls.place_uses import calls_once
from fourfold.picture.calls.place_words import Moment, counted, shown

HOMES = ("number", "what", "cell", "nights", "of", "share", "qualifies", "reason")
DAYS = ("number", "day", "first_cell", "first_at", "last_cell", "last_at")
USUAL = ("number", "what", "cell", "days", "of", "share")
NIGHT_STARTS, NIGHT_ENDS = 22, 6
WORK_STARTS, WORK_ENDS = 9, 17
DAY_TURNS = 4
MONDAY_OF_1970, SATURDAY = 4, 5
"""Day 4 after the first of January 1970 was a Monday."""
HOUR, DAY, WEEK = 3600, 86_400, 7
EPOCH = date(1970, 1, 1)
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
    coded = coded_uses(case.backend, calls_once(case))
    uses = coded.uses
    if p["targets"]:
        uses = uses.filter(uses.number.isin(coded.codes_of(p["targets"])))
    timed = uses.filter(uses.ahead.notnull()).mutate(wall=_.second + _.ahead)
    case.tell(0.5, "Counting nights and working days")
    found = _best(_nights(timed), "home", p) + _best(_working_days(timed), "work", p)
    rows = _named(coded, found)
    rows.sort(key=lambda r: (not r["qualifies"], -r["nights"], r["number"], r["what"]))
    phones = len({row["number"] for row in rows})
    rows = rows[: int(p["most_rows"])]
    case.tell(0.8, "Looking for the first and last cell of each day")
    listed = {row["number"] for row in rows}
    days = _days(case.backend, coded, timed, listed)
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
    points = place_rows(sites, (_point(row) for row in rows if row["qualifies"]))
    return Findings(tuple(answers), tables, points)


def _nights(uses: Any) -> Any:
    """One row a phone, cell and night; hours after midnight are of the day before."""
    hour = _whole(uses.wall % DAY, HOUR)
    at_night = uses.filter((hour >= NIGHT_STARTS) | (hour < NIGHT_ENDS))
    turned = _whole(at_night.wall - NIGHT_ENDS * HOUR, DAY)
    return at_night.select("number", "cell", day=turned).distinct()


def _working_days(uses: Any) -> Any:
    """One row a phone, cell and day from Monday to Friday, in working hours."""
    hour, day = _whole(uses.wall % DAY, HOUR), _whole(uses.wall, DAY)
    weekday = (day - MONDAY_OF_1970 + WEEK) % WEEK
    at_work = (hour >= WORK_STARTS) & (hour < WORK_ENDS) & (weekday < SATURDAY)
    return uses.filter(at_work).select("number", "cell", day=day).distinct()


def _whole(seconds: Any, unit: int) -> Any:
    return (seconds / unit).floor().cast("int32")


def _best(days: Any, what: str, parameters: Any) -> list[dict[str, Any]]:
    """The cell of most days of each phone, of those that used one on two or more."""
    of = days.group_by("number").agg(of=_.day.nunique())
    each = days.group_by("number", "cell").agg(nights=_.count())
    order = ibis.window(group_by="number", order_by=[_.nights.desc(), _.cell])
    often = each.filter(_.nights >= 2)
    first = often.mutate(place=ibis.row_number().over(order)).filter(_.place == 0)
    qualifies = (_.nights >= parameters["least_days"]) & (
        _.nights >= _.of * parameters["least_share"]
    )
    both = first.join(of, "number").mutate(qualifies=qualifies)
    ranked = both.order_by([_.qualifies.desc(), _.nights.desc(), "number"])
    found = ranked.limit(int(parameters["most_rows"])).to_pyarrow().to_pylist()
    return [row | {"what": what} for row in found]


def _named(coded: CodedUses, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    phones = coded.named_phones(row["number"] for row in rows)
    cells = coded.named_cells(row["cell"] for row in rows)
    return [
        _row(row | {"number": phones[row["number"]], "cell": cells[row["cell"]]})
        for row in rows
    ]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    word, hours = WORDS[row["what"]]
    share = row["nights"] / row["of"]
    enough = "enough" if row["qualifies"] else "too few"
    reason = (
        f"{row['number']} used the cell {row['cell']} on {row['nights']:,} of the "
        f"{counted(row['of'], word)} on which it used any cell {hours}: {enough} to "
        f"call it a likely {row['what']} cell."
    )
    return row | {"share": round(share, 3), "reason": reason}


def _days(
    backend: Any, coded: CodedUses, uses: Any, numbers: Collection[str]
) -> list[dict[str, Any]]:
    """The first and the last cell of each day of the listed phones."""
    codes = coded.codes_of(numbers)
    listed = laid_down(backend, pa.table({"phone": pa.array(codes, pa.int32())}))
    mine = uses.semi_join(listed, [("number", "phone")])
    days = kept(backend, mine.mutate(day=_whole(_.wall - DAY_TURNS * HOUR, DAY)))
    ends = {"first": [_.second, _.cell], "last": [_.second.desc(), _.cell]}
    found = {name: _end_of_day(days, order) for name, order in ends.items()}
    phones = coded.named_phones(codes)
    cells = coded.named_cells(
        row["cell"] for rows in found.values() for row in rows.values()
    )
    return [
        {
            "number": phones[number],
            "day": (EPOCH + timedelta(days=day)).isoformat(),
            "first_cell": cells[first["cell"]],
            "first_at": _told(first),
            "last_cell": cells[found["last"][number, day]["cell"]],
            "last_at": _told(found["last"][number, day]),
        }
        for (number, day), first in sorted(found["first"].items())
    ]


def _end_of_day(days: Any, order: list[Any]) -> dict[tuple[int, int], dict[str, Any]]:
    window = ibis.window(group_by=["number", "day"], order_by=order)
    placed = days.mutate(place=ibis.row_number().over(window)).filter(_.place == 0)
    rows = placed.to_pyarrow().to_pylist()
    return {(row["number"], row["day"]): row for row in rows}


def _told(use: dict[str, Any]) -> str:
    return Moment(use["second"], use["ahead"]).told


def _usual(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cell with which most days of a phone begin, and with which most end."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for day in days:
        for what in ("first_cell", "last_cell"):
            counts.setdefault((day["number"], what), Counter())[day[what]] += 1
    rows = []
    for (number, what), cells in sorted(counts.items()):
        cell = min(cells, key=lambda c: (-cells[c], c))
        rows.append(
            {
                "number": number,
                "what": what.replace("_", " ") + " of the day",
                "cell": cell,
                "days": cells[cell],
                "of": cells.total(),
                "share": round(cells[cell] / cells.total(), 3),
            }
        )
    return rows


def _point(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell": row["cell"],
        "at": None,
        "label": f"{row['number']}: likely {row['what']} cell",
        "kind": f"{row['what']} cell",
        "who": row["number"],
    }


def _caption(rows: list[dict[str, Any]], phones: int) -> str:
    home = sum(r["qualifies"] and r["what"] == "home" for r in rows)
    work = sum(r["qualifies"] and r["what"] == "work" for r in rows)
    return (
        f"{home} of {phones} phones have a likely home cell and {work} a likely work "
        "cell."
    )
