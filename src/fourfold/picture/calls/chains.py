"""Who rings on as soon as somebody has rung: A calls B, then B calls C?"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.asked import PERIOD, TARGETS, Asked, asked_calls, shown
from fourfold.picture.calls.chain_events import (
    CHAIN,
    Coded,
    chain_counts,
    chain_events,
    chain_sums,
    coded_pairs,
    legs_of,
    names_of,
    pairs_of,
)
from fourfold.picture.calls.events import only
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
SAID = 10
SHIFTS = (-1, 1)
"""Days by which the first calls are moved to see what chance gives."""

Row = dict[str, Any]


def run_chains(case: Case) -> Findings:
    """Find the chains of calls of a case."""
    asked = asked_calls(case)
    calls = _calls(asked, case.parameters)
    coded = coded_pairs(case.backend, _pairs_often(asked, calls, case.parameters))
    case.tell(0.3, "Looking for calls that follow calls")
    legs = kept(case.backend, legs_of(calls, coded.pairs))
    best = _most_frequent(legs, coded, case.parameters)
    case.tell(0.6, "Asking what chance would give")
    found = _weighed(case, legs, coded, best)
    case.tell(0.9, "Fetching the calls of each chain")
    events = _events(case, calls, coded, best)
    names = names_of(coded, best)
    found = sorted((row | _named(row, names) for row in found), key=_least_by_chance)
    least, most = case.parameters["least_times"], case.parameters["most_events"]
    caption = (
        f"{many(len(found), 'chain')} that happened {least:,} times or more within "
        f"{case.parameters['minutes']:g} minutes."
    )
    of_events = f"The calls of these chains, the first {most:,} at most."
    listed = [row | _named(row, names) for row in events]
    tables = (
        shown("chains", caption, COLUMNS, found),
        shown("events", of_events, EVENTS, listed),
    )
    notes = asked.notes
    if best.num_rows == case.parameters["most_rows"]:
        notes += (f"Only the {best.num_rows:,} most frequent chains were weighed.",)
    return Findings(_answers(found, case.parameters), tables, notes=notes)


def _calls(asked: Asked, parameters: Mapping[str, Any]) -> Any:
    """The calls, and the texts where they count, of one number with another."""
    calls = asked.calls.filter(
        asked.calls.start_at.notnull()
        & (asked.calls.caller != "")
        & (asked.calls.called != "")
        & (asked.calls.caller != asked.calls.called)
        & ~asked.calls.kind.isin(["data", "voicemail"])
    )
    if parameters["texts"]:
        return calls
    return calls.filter(~calls.kind.isin(["text", "multimedia"]))


def _pairs_often(asked: Asked, calls: Any, parameters: Mapping[str, Any]) -> Any:
    """The pairs that met often enough to be part of a chain."""
    pairs = calls.group_by(["caller", "called"]).agg(calls=_.count())
    often = pairs.filter(_.calls >= parameters["least_times"])
    often = asked.without_services(often, "called", keep=parameters["services"])
    return asked.without_services(often, "caller", keep=parameters["services"])


def _within(parameters: Mapping[str, Any]) -> int:
    return int(parameters["minutes"] * MINUTE)


def _most_frequent(legs: Any, coded: Coded, parameters: Mapping[str, Any]) -> pa.Table:
    """The most frequent chains in codes, only those of the targets that are named."""
    events = chain_events(legs, _within(parameters))
    if parameters["targets"]:
        named = numbers_meant(parameters["targets"])
        meant = only(coded.numbers, "number", named).to_pyarrow()["code"].to_pylist()
        events = events.filter(
            events.a.isin(meant) | events.b.isin(meant) | events.c.isin(meant)
        )
    often = chain_counts(events).filter(_.times >= parameters["least_times"])
    best = often.order_by([_.times.desc(), *CHAIN])
    found: pa.Table = best.limit(parameters["most_rows"]).to_pyarrow()
    return found


def _weighed(case: Case, legs: Any, coded: Coded, best: pa.Table) -> list[Row]:
    """The chains with how often each half met in all, and with what chance gives."""
    if not best.num_rows:
        return []
    chains = laid_down(case.backend, best.select(list(CHAIN)))
    pairs = kept(case.backend, pairs_of(case.backend, coded, best))
    own = kept(case.backend, legs.semi_join(pairs, ["a", "b"]))
    events = chain_events(own, _within(case.parameters))
    sums = chain_sums(events.semi_join(chains, list(CHAIN)))
    chance = _by_chance(own, chains, case.parameters)
    of = {(row["a"], row["b"]): row["calls"] for row in pairs.to_pyarrow().to_pylist()}
    return [
        row
        | {
            "of": of[row["a"], row["b"]],
            "of_second": of[row["b"], row["c"]],
            "by_chance": chance.get((row["a"], row["b"], row["c"]), 0.0),
            "mean_delay": round(row["delays"] / row["times"]),
        }
        for row in sums.to_pyarrow().to_pylist()
    ]


def _by_chance(
    legs: Any, chains: Any, parameters: Mapping[str, Any]
) -> dict[tuple[int, ...], float]:
    """How often did the same calls follow each other a day apart, on average?"""
    counts: dict[tuple[int, ...], float] = {}
    for days in SHIFTS:
        moved = chain_events(legs, _within(parameters), days * DAY)
        counted = chain_counts(moved.semi_join(chains, list(CHAIN)))
        for row in counted.to_pyarrow().to_pylist():
            chain = tuple(row[name] for name in CHAIN)
            counts[chain] = counts.get(chain, 0.0) + row["times"] / len(SHIFTS)
    return counts


def _events(case: Case, calls: Any, coded: Coded, best: pa.Table) -> list[Row]:
    """The calls of the chains that stand first by name, as many as are listed."""
    if not best.num_rows:
        return []
    most = case.parameters["most_events"]
    by_name = best.sort_by([(name, "ascending") for name in CHAIN])
    enough = np.searchsorted(np.cumsum(by_name["times"]), most) + 1
    first = by_name.slice(0, int(enough)).select(list(CHAIN))
    pairs = pairs_of(case.backend, coded, first)
    legs = kept(case.backend, legs_of(calls, pairs, "input", "line"))
    events = chain_events(legs, _within(case.parameters))
    own = events.semi_join(laid_down(case.backend, first), list(CHAIN))
    ordered = own.order_by([*CHAIN, "at", "then_at", "line", "then_line"])
    rows: list[Row] = ordered.limit(most).to_pyarrow().to_pylist()
    return rows


def _named(row: Row, names: Mapping[int, str]) -> Row:
    return row | {name: names[row[name]] for name in CHAIN}


def _least_by_chance(row: dict[str, Any]) -> tuple[Any, ...]:
    surplus = (row["times"] - row["by_chance"]) / (row["by_chance"] + 1) ** 0.5
    return (-surplus, *(row[name] for name in CHAIN))


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
