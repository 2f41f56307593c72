"""When did phones that ring each other come together, fall silent, and ring again?"""

from datetime import datetime, timedelta
from typing import Any

from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.picture.calls.events import contact_events, only
from fourfold.picture.calls.place_colocation import joint_uses, uses_of_pairs
from fourfold.picture.calls.place_uses import of_targets, place_rows
from fourfold.picture.calls.place_words import clock, shown

COLUMNS = (
    "who", "cell", "begins", "ends", "call_before", "call_after", "apart", "reason",
)  # fmt: skip
PAIRS = ("a", "b", "cell", "begins", "ends", "call_before", "call_after", "apart")
KEPT_PAIRS = 500

Stay = dict[str, Any]


def run_meetings(case: Case) -> Findings:
    """Find meetings of phones that ring each other, for a case."""
    p = case.parameters
    together, uses, sites = joint_uses(case)
    case.tell(0.4, "Looking for pairs that ring each other")
    calls = contact_events(case.tables["calls"])
    pairs = _ringing(together, calls, int(p["least_calls"]))
    numbers = sorted({n for pair in pairs for n in (pair["a"], pair["b"])})
    details = uses_of_pairs(together, pairs)
    mine = of_targets(uses, numbers).to_pyarrow().to_pylist() if numbers else []
    mine.sort(key=lambda u: (u["number"], u["at"], u["cell"]))
    rung = _calls_of(calls, numbers)
    case.tell(0.8, "Looking for silence between calls")
    stays = [
        stay
        for pair in pairs
        for stay in _stays(_same(details, pair), timedelta(minutes=p["silence"]))
    ]
    found = [s for stay in stays if (s := _judged(stay, mine, rung, p)) is not None]
    meetings = _gathered(found)[: int(p["most_rows"])]
    caption = (
        f"{len(meetings)} meetings among {len(stays)} times that {len(pairs)} pairs of "
        "phones which ring each other used one cell, or a near one, together."
    )
    tables = (
        shown("meetings", caption, COLUMNS, meetings),
        shown("pairs", f"The {len(found)} pairs of phones of the meetings.", PAIRS,
              [_told(s) for s in found]),
    )  # fmt: skip
    answers = [Answer(caption, "meetings")]
    answers += [
        Answer(row["reason"], "meetings", (at,)) for at, row in enumerate(meetings[:5])
    ]
    return Findings(tuple(answers), tables, place_rows(sites, _points(meetings)))


def _points(meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "cell": row["cell"],
            "at": row["at"],
            "label": f"{', '.join(row['who'])} used this cell",
            "kind": "meeting",
            "who": ", ".join(row["who"]),
        }
        for row in meetings
    ]


def _ringing(together: Any, calls: Any, least: int) -> list[dict[str, Any]]:
    """Pairs with joint uses that rang each other often enough, in order of name."""
    met = together.select("a", "b").distinct()
    rang = calls.group_by("number", "other").agg(calls=_.count())
    both = met.join(rang, [met.a == rang.number, met.b == rang.other])
    enough = both.filter(_.calls >= least).select("a", "b", "calls")
    ranked = enough.order_by([_.calls.desc(), "a", "b"]).limit(KEPT_PAIRS)
    return list(ranked.to_pyarrow().to_pylist())


def _calls_of(calls: Any, numbers: list[str]) -> dict[tuple[str, str], list[Any]]:
    """When did any two of the numbers ring each other, as (instant, wall clock)?"""
    if not numbers:
        return {}
    kept = only(only(calls, "number", numbers), "other", numbers)
    rows = kept.select("number", "other", "at", "local").to_pyarrow().to_pylist()
    rung: dict[tuple[str, str], list[Any]] = {}
    for row in sorted(rows, key=lambda r: (r["number"], r["other"], r["at"])):
        rung.setdefault((row["number"], row["other"]), []).append(
            (row["at"], row["local"])
        )
    return rung


def _stays(uses: list[dict[str, Any]], pause: timedelta) -> list[Stay]:
    """Joint uses of one cell, without a longer pause between them."""
    stays: list[Stay] = []
    for use in uses:
        ends = max(use["a_at"], use["b_at"])
        begins = min(use["a_at"], use["b_at"])
        last = stays[-1] if stays else None
        if last and last["cell"] == use["a_cell"] and begins - last["to"] <= pause:
            last["to"] = max(last["to"], ends)
        else:
            stays.append(
                {
                    "a": use["a"],
                    "b": use["b"],
                    "cell": use["a_cell"],
                    "from": begins,
                    "to": ends,
                    "local": use["a_local"],
                    "ahead": (use["a_local"] or use["a_at"].replace(tzinfo=None))
                    - use["a_at"].replace(tzinfo=None),
                }
            )
    return stays


def _judged(
    stay: Stay,
    uses: list[dict[str, Any]],
    rung: dict[tuple[str, str], list[Any]],
    parameters: Any,
) -> Stay | None:
    """Apart before, silent while together, ringing again: or not?"""
    times = [at for at, _local in rung.get((stay["a"], stay["b"]), ())]
    before = max((at for at in times if at < stay["from"]), default=None)
    after = min((at for at in times if at > stay["to"]), default=None)
    within = timedelta(hours=parameters["within"])
    if before is None or after is None:
        return None
    if any(stay["from"] <= at <= stay["to"] for at in times):
        return None
    if stay["from"] - before > within or after - stay["to"] > within:
        return None
    if after - before < timedelta(minutes=parameters["silence"]):
        return None
    apart = _apart(stay, uses, within)
    if not apart:
        return None
    return stay | {"before": before, "after": after, "apart": apart}


def _apart(stay: Stay, uses: list[dict[str, Any]], within: timedelta) -> str:
    """Which other cells did they use last before? Empty: they were not known apart."""
    said, cells = [], []
    for number in (stay["a"], stay["b"]):
        last = None
        for use in uses:
            earlier = stay["from"] - within <= use["at"] < stay["from"]
            if use["number"] == number and earlier:
                last = use
        if last is not None:
            cells.append(last["cell"])
        if last is not None and last["cell"] != stay["cell"]:
            at = clock(last["local"], last["at"])
            said.append(f"{number} used {last['cell']} at {at}")
    return "; ".join(said) if len(set(cells)) == len(cells) else ""


def _gathered(found: list[Stay]) -> list[dict[str, Any]]:
    """Stays of several pairs on one cell at one time are one meeting."""
    meetings: list[dict[str, Any]] = []
    for stay in sorted(found, key=lambda s: (s["cell"], s["from"], s["a"], s["b"])):
        last = meetings[-1] if meetings else None
        if last and last["cell"] == stay["cell"] and stay["from"] <= last["to"]:
            last["who"] = sorted({*last["who"], stay["a"], stay["b"]})
            last["to"] = max(last["to"], stay["to"])
            last["before"] = max(last["before"], stay["before"])
            last["after"] = min(last["after"], stay["after"])
            parts = [*last["apart"].split("; "), *stay["apart"].split("; ")]
            last["apart"] = "; ".join(dict.fromkeys(parts))
        else:
            meetings.append(stay | {"who": sorted([stay["a"], stay["b"]])})
    meetings.sort(key=lambda m: (-len(m["who"]), m["from"], m["who"]))
    return [_told(meeting) | {"at": meeting["from"]} for meeting in meetings]


def _told(stay: Stay) -> dict[str, Any]:
    def say(at: datetime) -> str:
        return clock(at.replace(tzinfo=None) + stay["ahead"], at)

    who = stay.get("who", [stay["a"], stay["b"]])
    begins, ends = say(stay["from"]), say(stay["to"])
    reason = (
        f"{' and '.join([', '.join(who[:-1]), who[-1]])} used the cell {stay['cell']} "
        f"between {begins} and {ends}; before, {stay['apart']}; they last rang each "
        f"other at {say(stay['before'])}, not while there, and again at "
        f"{say(stay['after'])}."
    )
    return stay | {
        "begins": begins,
        "ends": ends,
        "call_before": say(stay["before"]),
        "call_after": say(stay["after"]),
        "reason": reason,
    }


def _same(details: list[dict[str, Any]], pair: dict[str, Any]) -> list[dict[str, Any]]:
    return [u for u in details if u["a"] == pair["a"] and u["b"] == pair["b"]]
