"""Who rings on as soon as somebody has rung: A calls B, then B calls C?"""

from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import PERIOD, TARGETS, Asked, asked_calls, shown
from fourfold.picture.calls.events import only, seconds_of
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import DAY, MINUTE, many, said_at, said_span

COLUMNS = (
    ("a", "A", "text", ""),
    ("b", "rang B", "text", ""),
    ("c", "who then rang C", "text", ""),
    ("times", "Times", "whole", ""),
    ("of", "Of A's calls to B", "whole", ""),
    ("of_second", "Of B's calls to C", "whole", ""),
    ("by_chance", "By chance", "number", "times"),
    ("mean_delay", "Mean time between", "whole", "seconds"),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
)
EVENTS = (
    ("a", "A", "text", ""),
    ("b", "B", "text", ""),
    ("c", "C", "text", ""),
    ("at", "A rang B", "instant", "UTC"),
    ("input", "Input", "whole", ""),
    ("line", "Line", "whole", ""),
    ("then_at", "B rang C", "instant", "UTC"),
    ("then_input", "Input", "whole", ""),
    ("then_line", "Line", "whole", ""),
    ("delay", "Between", "whole", "seconds"),
)
CHAIN = ("a", "b", "c")
SAID = 10
SHIFTS = (-1, 1)
"""Days by which the first calls are moved to see what chance gives."""


def chain_events(calls: Any, within_seconds: int, shift_seconds: int = 0) -> Any:
    """Which calls of B to C began soon after a call of A to B ended?

    Args:
        calls: n rows with `caller`, `called`, `start_at`, `seconds`, `input`, `line`.
        within_seconds: how soon, 1 or more.
        shift_seconds: moves the first calls by so much, to see what chance gives.

    Returns:
        One row a pair of calls, in no order, with the columns of EVENTS. A, B and C
        differ: a call back to A is no chain.
    """
    timed = calls.mutate(begins=seconds_of(calls.start_at))
    ended = timed.begins + timed.seconds.fill_null(0) + shift_seconds
    first = timed.select(
        a=timed.caller,
        b=timed.called,
        at=timed.start_at,
        input=timed.input,
        line=timed.line,
        ends=ended,
        bucket=(ended / within_seconds).floor(),
    )
    # Two buckets and an equal join: a join on a range would compare everything.
    first = first.union(first.mutate(bucket=first.bucket + 1))
    second = timed.select(
        b2=timed.caller,
        c=timed.called,
        then_at=timed.start_at,
        then_input=timed.input,
        then_line=timed.line,
        begins=timed.begins,
        bucket=(timed.begins / within_seconds).floor(),
    )
    met = first.join(
        second, [first.b == second.b2, first.bucket == second.bucket], rname="{name}_2"
    )
    delay = met.begins - met.ends
    soon = met.mutate(delay=delay).filter(
        (_.delay >= 0) & (_.delay <= within_seconds) & (_.a != _.c)
    )
    return soon.select([name for name, *_rest in EVENTS])


def chain_counts(events: Any) -> Any:
    """How often did each chain happen? `a`, `b`, `c`, `times`, in no order."""
    return events.group_by(list(CHAIN)).agg(times=_.count())


def chain_sums(events: Any) -> Any:
    """How often did each chain happen, how soon, first and last when?"""
    return events.group_by(list(CHAIN)).agg(
        times=_.count(),
        delays=_.delay.sum(),
        first_at=_["at"].min(),
        last_at=_["at"].max(),
    )


def run_chains(case: Case) -> Findings:
    """Find the chains of calls of a case."""
    asked = asked_calls(case)
    within = int(case.parameters["minutes"] * MINUTE)
    least = case.parameters["least_times"]
    calls, pairs = _often(asked, least, case.parameters)
    events = _among_targets(chain_events(calls, within), case.parameters["targets"])
    case.tell(0.3, "Looking for calls that follow calls")
    counted = chain_counts(events).filter(_.times >= least)
    best = counted.order_by([_.times.desc(), _.a, _.b, _.c])
    most = case.parameters["most_rows"]
    often = best.limit(most).to_pyarrow()
    calls, chains = _calls_of(calls, often), ibis.memtable(often.select(list(CHAIN)))
    events = chain_events(calls, within).semi_join(chains, list(CHAIN))
    rows = chain_sums(events).to_pyarrow()
    notes = asked.notes
    if rows.num_rows == most:
        notes += (f"Only the {most:,} most frequent chains were weighed.",)
    case.tell(0.6, "Asking what chance would give")
    chance = _by_chance(calls, rows, within)
    found = _found(rows, chance, _pair_counts(pairs, rows))
    case.tell(0.9, "Fetching the calls of each chain")
    caption = (
        f"{many(len(found), 'chain')} that happened {least:,} times or more within "
        f"{case.parameters['minutes']:g} minutes."
    )
    tables = (
        shown("chains", caption, COLUMNS, found),
        _event_table(events, case.parameters["most_events"]),
    )
    return Findings(_answers(found, case.parameters), tables, notes=notes)


def _often(asked: Asked, least: int, parameters: Any) -> tuple[Any, Any]:
    """The calls of pairs that met often enough to be part of a chain, and the pairs."""
    calls = asked.calls.filter(
        asked.calls.start_at.notnull()
        & (asked.calls.caller != "")
        & (asked.calls.called != "")
        & (asked.calls.caller != asked.calls.called)
        & ~asked.calls.kind.isin(["data", "voicemail"])
    )
    if not parameters["texts"]:
        calls = calls.filter(~calls.kind.isin(["text", "multimedia"]))
    pairs = calls.group_by(["caller", "called"]).agg(calls=_.count())
    often = pairs.filter(_.calls >= least)
    often = asked.without_services(often, "called", keep=parameters["services"])
    often = asked.without_services(often, "caller", keep=parameters["services"])
    return calls.semi_join(often, ["caller", "called"]), pairs


def _calls_of(calls: Any, chains: pa.Table) -> Any:
    """The calls of the pairs of these chains: few, so that the rest is quick."""
    first = chains.select(["a", "b"]).rename_columns(["caller", "called"])
    second = chains.select(["b", "c"]).rename_columns(["caller", "called"])
    pairs = ibis.memtable(pa.concat_tables([first, second]))
    return calls.semi_join(pairs, ["caller", "called"])


def _among_targets(events: Any, targets: Any) -> Any:
    if not targets:
        return events
    named = numbers_meant(targets)
    return events.filter(
        events.a.isin(named) | events.b.isin(named) | events.c.isin(named)
    )


def _by_chance(calls: Any, rows: pa.Table, within: int) -> dict[tuple[str, ...], float]:
    """How often did the same calls follow each other a day apart, on average?"""
    if not rows.num_rows:
        return {}
    chains = ibis.memtable(rows.select(list(CHAIN)))
    counts: dict[tuple[str, ...], float] = {}
    for days in SHIFTS:
        moved = chain_events(calls, within, days * DAY).semi_join(chains, list(CHAIN))
        for row in chain_counts(moved).to_pyarrow().to_pylist():
            key = tuple(row[name] for name in CHAIN)
            counts[key] = counts.get(key, 0.0) + row["times"] / len(SHIFTS)
    return counts


def _pair_counts(pairs: Any, rows: pa.Table) -> dict[tuple[str, str], int]:
    """How often did each pair of the chains ring in all?"""
    if not rows.num_rows:
        return {}
    callers = set(rows["a"].to_pylist()) | set(rows["b"].to_pylist())
    counted = only(pairs, "caller", callers).to_pyarrow().to_pylist()
    return {(row["caller"], row["called"]): row["calls"] for row in counted}


def _found(
    rows: pa.Table,
    chance: dict[tuple[str, ...], float],
    of: dict[tuple[str, str], int],
) -> list[dict[str, Any]]:
    found = []
    for row in rows.to_pylist():
        a, b, c = (row[name] for name in CHAIN)
        found.append(
            row
            | {
                "of": of[a, b],
                "of_second": of[b, c],
                "by_chance": chance.get((a, b, c), 0.0),
                "mean_delay": round(row["delays"] / row["times"]),
            }
        )
    return sorted(found, key=_least_by_chance)


def _least_by_chance(row: dict[str, Any]) -> tuple[Any, ...]:
    surplus = (row["times"] - row["by_chance"]) / (row["by_chance"] + 1) ** 0.5
    return (-surplus, *(row[name] for name in CHAIN))


def _event_table(events: Any, most: int) -> Any:
    ordered = events.order_by([_.a, _.b, _.c, _["at"], _.then_at, _.line, _.then_line])
    rows = ordered.limit(most).to_pyarrow()
    caption = f"The calls of these chains, the first {most:,} at most."
    return shown("events", caption, EVENTS, rows)


def _answers(found: list[dict[str, Any]], parameters: Any) -> tuple[Answer, ...]:
    said = [
        Answer(_sentence(row, parameters["minutes"]), "chains", (n,))
        for n, row in enumerate(found[:SAID])
    ]
    return tuple(said) or (Answer("No chain happened often enough to be listed."),)


def _sentence(row: dict[str, Any], minutes: float) -> str:
    return (
        f"{row['times']:,} times after a call of {row['a']} to {row['b']} had ended, "
        f"{row['b']} rang {row['c']} within {minutes:g} minutes, after "
        f"{said_span(row['mean_delay'])} on average; {row['a']} rang {row['b']} "
        f"{row['of']:,} times in all, and a day apart the same happened "
        f"{row['by_chance']:g} times. First {said_at(row['first_at'])}, last "
        f"{said_at(row['last_at'])}."
    )


CHAINS = Analysis(
    key="calls.chains",
    question="Who rings on to a third number as soon as somebody has rung?",
    method=(
        "A chain is a call of A to B after whose end B rings C within the time set. "
        "Chains that happened often enough are listed with how often A rang B in all, "
        "and with how often the same calls followed each other when the first ones are "
        "moved by a day back and forth: that is what people who ring at the same hours "
        "do by chance. Those furthest above chance stand first."
    ),
    takes=("calls",),
    run=run_chains,
    parameters=(
        Parameter(
            TARGETS.name, "Only chains with one of these numbers in it.", "texts", ()
        ),
        Parameter(
            "minutes",
            "Longest time from the end of the first call to the second.",
            "number",
            10.0,
            "minutes",
            least=0.1,
            most=1440,
        ),
        Parameter(
            "least_times",
            "Fewest times a chain must happen.",
            "whole",
            3,
            least=2,
            most=10_000,
        ),
        Parameter("texts", "Count texts as calls.", "flag", default=True),
        Parameter(
            "services",
            "Let short codes and operators' numbers be part of a chain.",
            "flag",
            default=False,
        ),
        Parameter(
            "most_rows", "Most chains to weigh.", "whole", 1000, least=1, most=100_000
        ),
        Parameter(
            "most_events",
            "Most calls of chains to list.",
            "whole",
            5000,
            least=1,
            most=10**6,
        ),
        *PERIOD,
    ),
    limits=(
        "That one call follows another does not show that what was said went on.",
        "Chains through means that these records do not hold are not seen.",
    ),
    source="Own method; 10 minutes and 3 times chosen",
)
