"""Which calls follow calls, and how often?

All calls are compared as narrow rows with a whole number, its code, for each telephone
number; names are put back for the few chains that are shown.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base.kept import kept, laid_down
from fourfold.picture.calls.events import only, seconds_of

CHAIN = ("a", "b", "c")
LEG = ("a", "b", "ends")


@dataclass(frozen=True)
class Coded:
    """Pairs of numbers with codes that stand in the order of the numbers.

    `pairs` has one row a pair: `caller`, `called`, `calls`, and their codes `a` and
    `b`; `numbers` one row a number: `number`, `code`. The engine holds both.
    """

    pairs: Any
    numbers: Any


def coded_pairs(backend: Any, pairs: Any) -> Coded:
    """Which code has each number of these pairs (`caller`, `called`, `calls`)?"""
    held = kept(backend, pairs)
    sides = [held.select(number=side) for side in ("caller", "called")]
    every = sides[0].union(sides[1], distinct=True)
    place = ibis.row_number().over(ibis.window(order_by=every.number))
    numbers = kept(backend, every.mutate(code=place.cast("int32")))
    for side, code in (("caller", "a"), ("called", "b")):
        own = numbers.select(numbers.code.name(code), numbers.number.name(side))
        held = held.join(own, side)
    return Coded(kept(backend, held), numbers)


def legs_of(calls: Any, pairs: Any, *told: str) -> Any:
    """The calls of these pairs, narrow: each may be either half of a chain.

    Args:
        calls: n rows of calls with a time.
        pairs: those of `Coded`, or some of them.
        told: which columns of the calls to keep beside.

    Returns:
        One row a call, in no order: `a`, `b` (codes), `at`, `ends` (seconds after
        1970) and what is told.
    """
    own = calls.join(pairs, ["caller", "called"])
    ends = seconds_of(own.start_at) + own.seconds.fill_null(0)
    return own.select("a", "b", *told, at="start_at", ends=ends)


def chain_events(legs: Any, within_seconds: int, shift_seconds: int = 0) -> Any:
    """Which calls of B to C began soon after a call of A to B ended?

    Args:
        legs: n rows with `a`, `b`, `at`, `ends`, and what else is to be told of them.
        within_seconds: how soon, 1 or more.
        shift_seconds: moves the first calls by so much, to see what chance gives.

    Returns:
        One row a pair of calls, in no order: `a`, `b`, `c`, `delay` in seconds, of the
        first call `at` and what else it tells, of the second the same under `then_`.
        A, B and C differ: a call back to A is no chain.
    """
    told = [name for name in legs.columns if name not in LEG]
    first = legs.mutate(ends=legs.ends + shift_seconds)
    first = first.mutate(bucket=(first.ends / within_seconds).floor())
    # Two buckets and an equal join: a join on a range would compare everything.
    first = first.union(first.mutate(bucket=first.bucket + 1))
    begins = seconds_of(legs["at"])
    second = legs.select(
        b2=legs.a,
        c=legs.b,
        begins=begins,
        bucket=(begins / within_seconds).floor(),
        **{f"then_{name}": legs[name] for name in told},
    )
    met = first.join(
        second, [first.b == second.b2, first.bucket == second.bucket], rname="{name}_2"
    )
    soon = met.mutate(delay=met.begins - met.ends).filter(
        (_.delay >= 0) & (_.delay <= within_seconds) & (_.a != _.c)
    )
    return soon.select(*CHAIN, "delay", *told, *(f"then_{name}" for name in told))


def pairs_of(backend: Any, coded: Coded, chains: pa.Table) -> Any:
    """The pairs of which these chains are made."""
    halves = [
        chains.select(half).rename_columns(["a", "b"])
        for half in (["a", "b"], ["b", "c"])
    ]
    wanted = laid_down(backend, pa.concat_tables(halves))
    return coded.pairs.semi_join(wanted, ["a", "b"])


def names_of(coded: Coded, chains: pa.Table) -> dict[int, str]:
    """Which number has each code of these chains?"""
    codes = {code for name in CHAIN for code in chains[name].to_pylist()}
    rows = only(coded.numbers, "code", codes).to_pyarrow().to_pylist()
    return {row["code"]: row["number"] for row in rows}


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
