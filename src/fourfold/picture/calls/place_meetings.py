"""When did phones that ring each other come together, fall silent, and ring again?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from fourfold.base.analysis import Answer, Case, Findings
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.events import only, seconds_of
from fourfold.picture.calls.place_joint import Joint, joint_of
from fourfold.picture.calls.place_sites import place_rows
from fourfold.picture.calls.place_stays import (
    Stays,
    Timed,
    calls_around,
    last_use,
    stays_of,
)
from fourfold.picture.calls.place_words import Moment, shown

COLUMNS = (
    "who", "cell", "begins", "ends", "call_before", "call_after", "apart", "reason",
)  # fmt: skip
PAIRS = ("a", "b", "cell", "begins", "ends", "call_before", "call_after", "apart")
MOST_USES = 10_000_000
"""Joint uses that are looked at; of the pairs that ring each other most first."""
MINUTE, HOUR = 60, 3600
UNKNOWN = -(1 << 31)
"""Stands for a clock that is not known; no clock is so far behind."""


@dataclass(frozen=True)
class Ringing:
    """Pairs of phones that ring each other and used cells together.

    `low` and `high` are their codes; `uses` are the joint uses of all with `pair`, the
    place of the pair, `cell`, `begins`, `ends` and whose use it is first of all, `one`
    at `second`; `calls` are those between the two.
    """

    low: np.ndarray
    high: np.ndarray
    uses: dict[str, np.ndarray]
    calls: Timed


@dataclass(frozen=True)
class Meeting:
    """Phones that came together on a cell, silent towards each other, times in seconds.

    `apart` says which other cells they used last before.
    """

    who: tuple[str, ...]
    cell: str
    begins: int
    ends: int
    ahead: int | None
    before: int
    after: int
    apart: tuple[str, ...]

    def with_other(self, other: "Meeting") -> "Meeting":
        """The same meeting, when others were there too."""
        return replace(
            self,
            who=tuple(sorted({*self.who, *other.who})),
            ends=max(self.ends, other.ends),
            before=max(self.before, other.before),
            after=min(self.after, other.after),
            apart=tuple(dict.fromkeys((*self.apart, *other.apart))),
        )

    def told(self) -> dict[str, Any]:
        """A row of results, in words."""
        times = ("begins", "ends", "before", "after")
        begins, ends, before, after = (
            Moment(getattr(self, name), self.ahead).told for name in times
        )
        apart = "; ".join(self.apart)
        names = " and ".join([", ".join(self.who[:-1]), self.who[-1]])
        reason = (
            f"{names} used the cell {self.cell} between {begins} and {ends}; before, "
            f"{apart}; they last rang each other at {before}, not while there, and "
            f"again at {after}."
        )
        return {
            "who": list(self.who),
            "a": self.who[0],
            "b": self.who[-1],
            "cell": self.cell,
            "begins": begins,
            "ends": ends,
            "call_before": before,
            "call_after": after,
            "apart": apart,
            "reason": reason,
        }


def run_meetings(case: Case) -> Findings:
    """Find meetings of phones that ring each other, for a case."""
    joint = joint_of(case)
    case.tell(0.4, "Looking for pairs that ring each other")
    ringing, notes = _ringing(joint)
    case.tell(0.8, "Looking for silence between calls")
    uses = ringing.uses
    pause = case.parameters["silence"] * MINUTE
    stays = stays_of(uses["pair"], uses["cell"], uses["begins"], uses["ends"], pause)
    found = list(_met(joint, ringing, stays))
    meetings = _gathered(found)[: int(case.parameters["most_rows"])]
    rows = [meeting.told() for meeting in meetings]
    caption = (
        f"{len(meetings)} meetings among {len(stays):,} times that "
        f"{len(ringing.low):,} pairs of phones which ring each other used one cell, or "
        "a near one, together."
    )
    tables = (
        shown("meetings", caption, COLUMNS, rows),
        shown("pairs", f"The {len(found)} pairs of phones of the meetings.", PAIRS,
              [meeting.told() for meeting in found]),
    )  # fmt: skip
    answers = [Answer(caption, "meetings")]
    answers += [
        Answer(row["reason"], "meetings", (at,)) for at, row in enumerate(rows[:5])
    ]
    points = place_rows(joint.sites, map(_point, meetings))
    return Findings(tuple(answers), tables, points, notes=notes)


def _ringing(joint: Joint) -> tuple[Ringing, tuple[str, ...]]:
    """The pairs that ring each other often enough, and notes on those left out."""
    backend, least = joint.case.backend, joint.case.parameters["least_calls"]
    counts = _calls(joint, joint.calls).group_by("low", "high").agg(calls=_.count())
    often = kept(backend, counts.filter(_.calls >= least))
    joint.case.tell(0.6, "Comparing their uses of one cell")
    uses = joint.together().mutate(
        low=ibis.least(_.a, _.b), high=ibis.greatest(_.a, _.b)
    )
    together = kept(backend, uses.semi_join(often, ["low", "high"]))
    met = together.group_by("low", "high").agg(uses=_.count())
    both = met.join(often, ["low", "high"]).select("low", "high", "uses", "calls")
    ranked = both.order_by([_.calls.desc(), "low", "high"]).to_pyarrow()
    within = np.cumsum(ranked["uses"].to_numpy()) <= MOST_USES
    pairs = ranked.filter(pa.array(within)).select(["low", "high"])
    notes: tuple[str, ...] = ()
    if pairs.num_rows < ranked.num_rows:
        notes = (
            f"Only the {pairs.num_rows:,} pairs that ring each other most were looked "
            f"at, of {ranked.num_rows:,}.",
        )
    return _fetched(joint, together, pairs), notes


def _fetched(joint: Joint, together: Any, pairs: pa.Table) -> Ringing:
    """The joint uses and the calls of these pairs, as arrays."""
    numbered = pairs.append_column("pair", pa.array(range(pairs.num_rows), pa.int64()))
    listed = laid_down(joint.case.backend, numbered)
    uses = together.join(listed, ["low", "high"]).select(
        pair=_.pair,
        cell=_.a_cell,
        begins=ibis.least(_.a_second, _.b_second),
        ends=ibis.greatest(_.a_second, _.b_second),
        one=_.a,
        second=_.a_second,
    )
    low, high = (pairs[name].to_numpy() for name in ("low", "high"))
    names = joint.coded.named_phones(np.union1d(low, high).tolist()).values()
    between = only(only(joint.calls, "caller", names), "called", names)
    rung = _calls(joint, between).join(listed, ["low", "high"])
    calls = rung.select("pair", "second")
    return Ringing(low, high, _arrays(uses), _timed(_arrays(calls), "pair"))


def _calls(joint: Joint, calls: Any) -> Any:
    """Those between two phones: the lower code, the higher one, the second."""
    phones = joint.coded.phones
    between = calls.filter(
        calls.start_at.notnull()
        & (calls.caller != calls.called)
        & ~calls.kind.isin(["data", "voicemail"])
    )
    one = phones.rename(caller_name="name", one="code")
    other = phones.rename(called_name="name", other="code")
    named = between.join(one, [("caller", "caller_name")])
    coded = named.join(other, [("called", "called_name")])
    return coded.select("one", "other", "start_at").select(
        low=ibis.least(_.one, _.other),
        high=ibis.greatest(_.one, _.other),
        second=seconds_of(_.start_at),
    )


def _met(joint: Joint, ringing: Ringing, stays: Stays) -> Iterator[Meeting]:
    """The stays that are meetings: apart before, silent while there, ringing again."""
    within = joint.case.parameters["within"] * HOUR
    stays, before, after = _silent(ringing, stays, joint.case.parameters)
    if not len(stays):
        return
    sides = [who[stays.pair] for who in (ringing.low, ringing.high)]
    uses = _uses_of(joint, np.union1d(*sides))
    timed = _timed(uses, "number")
    last = [last_use(timed, who, stays.begins, within) for who in sides]
    cells = [np.where(at >= 0, uses["cell"][at], -1) for at in last]
    away = [(cell >= 0) & (cell != stays.cell) for cell in cells]
    together = (cells[0] >= 0) & (cells[0] == cells[1])
    one, second = (ringing.uses[name][stays.first] for name in ("one", "second"))
    clock = timed.place(one, second, "left")
    rows = np.flatnonzero((away[0] | away[1]) & ~together)
    names = joint.coded.named_phones(
        code for who in sides for code in who[rows].tolist()
    )
    masts = joint.coded.named_cells(
        {
            *stays.cell[rows].tolist(),
            *(c for cell in cells for c in cell[rows].tolist()),
        }
    )
    for row in rows.tolist():
        said = tuple(
            f"{names[who[row]]} used {masts[cell[row]]} at {_told(uses, at[row])}"
            for who, cell, at, is_away in zip(sides, cells, last, away, strict=True)
            if is_away[row]
        )
        yield Meeting(
            who=(names[sides[0][row]], names[sides[1][row]]),
            cell=masts[stays.cell[row]],
            begins=int(stays.begins[row]),
            ends=int(stays.ends[row]),
            ahead=_known(uses["ahead"][clock[row]]),
            before=int(before[row]),
            after=int(after[row]),
            apart=said,
        )


def _silent(
    ringing: Ringing, stays: Stays, parameters: Mapping[str, Any]
) -> tuple[Stays, np.ndarray, np.ndarray]:
    """The stays without a call, and when the two rang each other before and after."""
    silence, within = parameters["silence"] * MINUTE, parameters["within"] * HOUR
    calls = calls_around(stays, ringing.calls)
    fits = (calls.during == 0) & (calls.before >= 0) & (calls.after >= 0)
    fits &= stays.begins - calls.before <= within
    fits &= calls.after - stays.ends <= within
    fits &= calls.after - calls.before >= silence
    return stays.where(fits), calls.before[fits], calls.after[fits]


def _gathered(found: list[Meeting]) -> list[Meeting]:
    """Pairs on one cell at one time are one meeting; the largest first."""
    meetings: list[Meeting] = []
    for one in sorted(found, key=lambda m: (m.cell, m.begins, m.who)):
        last = meetings[-1] if meetings else None
        if last and last.cell == one.cell and one.begins <= last.ends:
            meetings[-1] = last.with_other(one)
        else:
            meetings.append(one)
    return sorted(meetings, key=lambda m: (-len(m.who), m.begins, m.who))


def _uses_of(joint: Joint, phones: np.ndarray) -> dict[str, np.ndarray]:
    """Every use of a cell by these phones, in the order of phone and time."""
    uses = _arrays(joint.coded.of(phones.tolist()))
    order = np.lexsort((uses["cell"], uses["second"], uses["number"]))
    return {name: values[order] for name, values in uses.items()}


def _arrays(table: Any) -> dict[str, np.ndarray]:
    rows = table.to_pyarrow()
    return {
        name: pc.fill_null(rows[name], UNKNOWN).to_numpy().astype(np.int64)
        for name in rows.column_names
    }


def _timed(rows: dict[str, np.ndarray], who: str) -> Timed:
    order = np.lexsort((rows["second"], rows[who]))
    return Timed(rows[who][order], rows["second"][order])


def _told(uses: dict[str, np.ndarray], row: int) -> str:
    return Moment(int(uses["second"][row]), _known(uses["ahead"][row])).told


def _known(ahead: np.int64) -> int | None:
    return None if ahead == UNKNOWN else int(ahead)


def _point(meeting: Meeting) -> dict[str, Any]:
    who = ", ".join(meeting.who)
    return {
        "cell": meeting.cell,
        "at": Moment(meeting.begins, meeting.ahead).at,
        "label": f"{who} used this cell",
        "kind": "meeting",
        "who": who,
    }
