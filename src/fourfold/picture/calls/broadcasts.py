"""Which number sends texts to many at once, again and again, as a drug line does?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from fourfold.base import rules
from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.base.kept import kept
from fourfold.picture.calls.asked import PERIOD, TARGETS, Asked, asked_calls, shown
from fourfold.picture.calls.events import only, seconds_of
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import HOUR, MINUTE, many, said_at

TEXTS = ("text", "multimedia")
COLUMNS = (
    ("number", "Number", "text", ""),
    ("score", "Score", "number", "0 to 1"),
    ("bursts", "Bursts", "whole", ""),
    ("recipients", "Recipients a burst, at most", "whole", ""),
    ("mean_recipients", "Recipients a burst, on average", "number", ""),
    ("all_recipients", "Recipients in all", "whole", ""),
    ("same_list", "Of recipients of a burst, in another one too", "number", "0 to 1"),
    ("answered", "Recipients that got in touch after a burst", "number", "0 to 1"),
    ("in_bursts", "Of its texts, in bursts", "number", "0 to 1"),
    ("texts", "Texts sent in bursts", "whole", ""),
    ("first_at", "First burst", "instant", "UTC"),
    ("last_at", "Last burst", "instant", "UTC"),
    ("reason", "Why", "text", ""),
)
BURSTS = (
    ("number", "Number", "text", ""),
    ("began_at", "Began", "instant", "UTC"),
    ("ended_at", "Ended", "instant", "UTC"),
    ("texts", "Texts", "whole", ""),
    ("recipients", "Recipients", "whole", ""),
    ("answered", "Recipients that got in touch after it", "whole", ""),
    ("input", "Input of the first text", "whole", ""),
    ("line", "Line of the first text", "whole", ""),
)
BURST = ("number", "burst")
SAID = 10


@dataclass(frozen=True)
class Sign:
    """One sign of a line, how much it weighs, and from where to where it grows."""

    key: str
    says: str
    source: str
    weight: float
    none_at: float
    full_at: float
    examples: tuple[dict[str, float], ...]

    def part(self, value: float) -> float:
        """How strongly does it show, 0 to 1?"""
        share = (value - self.none_at) / (self.full_at - self.none_at)
        return min(max(share, 0.0), 1.0)


SIGNS = rules.load(Sign, "fourfold.picture.calls", "broadcast_signs")


def text_bursts(calls: Any, gap_seconds: int) -> Any:
    """In which bursts did each number send its texts?

    Args:
        calls: n rows with `kind`, `caller`, `called`, `start_at`, `input`, `line`.
        gap_seconds: a text later than this after the one before begins a new burst.

    Returns:
        The texts, in no order: `number`, `other`, `at`, `second`, `input`, `line` and
        `burst`, which counts from 1 for each number.
    """
    texts = calls.filter(
        calls.kind.isin(TEXTS)
        & calls.start_at.notnull()
        & (calls.caller != "")
        & (calls.called != "")
    ).select("input", "line", number="caller", other="called", at="start_at")
    timed = texts.mutate(second=seconds_of(texts["at"]))
    ordered = {
        "group_by": "number",
        "order_by": [timed["at"], timed.input, timed.line],
    }
    since = timed.second - timed.second.lag().over(ibis.window(**ordered))
    begins = timed.mutate(begins=(since.isnull() | (since > gap_seconds)).ifelse(1, 0))
    so_far = ibis.cumulative_window(
        group_by="number", order_by=[begins["at"], begins.input, begins.line]
    )
    return begins.mutate(burst=begins.begins.sum().over(so_far)).drop("begins")


def wide_bursts(texts: Any, least_recipients: int, longest_seconds: int) -> Any:
    """Which bursts went to many numbers within a short time?

    Args:
        texts: what `text_bursts` returns.
        least_recipients: so many different numbers or more.
        longest_seconds: from the first text to the last.

    Returns:
        One row a burst, in no order: `number`, `burst`, `texts`, `recipients`,
        `began_at`, `ended_at`, `ended`, `input` and `line` of its first text.
    """
    first = ibis.row_number().over(
        ibis.window(group_by=BURST, order_by=[texts["at"], texts.input, texts.line])
    )
    each = texts.mutate(nth=first)
    a_pair = each.group_by([*BURST, "other"]).agg(
        texts=_.count(),
        began_at=_["at"].min(),
        ended_at=_["at"].max(),
        begun=_.second.min(),
        ended=_.second.max(),
        input=_.input.max(where=_.nth == 0),
        line=_.line.max(where=_.nth == 0),
    )
    bursts = a_pair.group_by(list(BURST)).agg(
        texts=_.texts.sum(),
        recipients=_.count(),
        began_at=_.began_at.min(),
        ended_at=_.ended_at.max(),
        begun=_.begun.min(),
        ended=_.ended.max(),
        input=_.input.max(),
        line=_.line.max(),
    )
    return bursts.filter(
        (_.recipients >= least_recipients) & (_.ended - _.begun <= longest_seconds)
    )


def run_broadcasts(case: Case) -> Findings:
    """Find the broadcasting numbers of a case."""
    asked = asked_calls(case)
    case.tell(0.1, "Looking for numbers that text many others")
    senders = _senders(asked, case.parameters)
    notes = asked.notes
    if not senders:
        return Findings(_answers([]), _tables([], [], 0), notes=notes)
    case.tell(0.4, "Looking for bursts of texts")
    gap = int(case.parameters["gap_minutes"] * MINUTE)
    own = only(asked.calls, "caller", senders)
    texts = kept(case.backend, text_bursts(own, gap))
    bursts = _repeated(texts, case.parameters).to_pyarrow().to_pylist()
    case.tell(0.7, "Looking who got in touch after each burst")
    met = _recipients(texts, bursts)
    touched = _touched(asked.calls, bursts, met, case.parameters["answer_hours"])
    found = _found(bursts, met, touched, senders)
    return Findings(_answers(found), _tables(found, bursts, len(senders)), notes=notes)


def _senders(asked: Asked, parameters: Mapping[str, Any]) -> dict[str, int]:
    """Which numbers sent texts to enough others to be looked at, and how many texts?"""
    texts = asked.calls.filter(asked.calls.kind.isin(TEXTS))
    if parameters["targets"]:
        texts = only(texts, "caller", numbers_meant(parameters["targets"]))
    pairs = texts.group_by(["caller", "called"]).agg(texts=_.count())
    is_named = pairs.called != ""
    senders = pairs.group_by("caller").agg(
        met=is_named.sum(),
        texts=pairs.texts.sum(where=is_named),
        sent=pairs.texts.sum(),
    )
    least = parameters["least_recipients"]
    wide = senders.filter(
        (_.met >= least) & (_.texts >= least * parameters["least_bursts"])
    )
    wide = asked.without_services(wide, "caller", keep=parameters["services"])
    rows = wide.to_pyarrow().to_pylist()
    return {row["caller"]: row["sent"] for row in rows}


def _repeated(texts: Any, parameters: Mapping[str, Any]) -> Any:
    """The wide bursts of the numbers that sent enough of them, in order."""
    longest = int(parameters["longest_minutes"] * MINUTE)
    wide = wide_bursts(texts, parameters["least_recipients"], longest)
    often = wide.group_by("number").agg(bursts=_.count())
    repeated = often.filter(_.bursts >= parameters["least_bursts"])
    return wide.semi_join(repeated, "number").order_by([_.number, _.began_at])


def _recipients(texts: Any, bursts: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Whom did each burst reach? `number`, `burst`, `other`."""
    own = texts.semi_join(_burst_table(bursts), list(BURST))
    return own.select(*BURST, "other").distinct().to_pyarrow()


def _touched(
    calls: Any,
    bursts: Sequence[Mapping[str, Any]],
    met: pa.Table,
    hours: float,
) -> set[tuple[str, int, str]]:
    """Which recipients rang or texted the number within hours of a burst's end?"""
    if not bursts:
        return set()
    numbers = {burst["number"] for burst in bursts}
    back = only(calls.filter(calls.start_at.notnull()), "called", numbers)
    back = back.select(number="called", other="caller", second=seconds_of(_.start_at))
    rows = back.semi_join(
        ibis.memtable(met.select(["number", "other"])), ["number", "other"]
    )
    times: dict[tuple[str, str], list[int]] = {}
    for row in rows.to_pyarrow().to_pylist():
        times.setdefault((row["number"], row["other"]), []).append(row["second"])
    ended = {(b["number"], b["burst"]): b["ended"] for b in bursts}
    touched = set()
    for row in met.to_pylist():
        end = ended[row["number"], row["burst"]]
        after = times.get((row["number"], row["other"]), ())
        if any(end < at <= end + hours * HOUR for at in after):
            touched.add((row["number"], row["burst"], row["other"]))
    return touched


def _burst_table(bursts: Sequence[Mapping[str, Any]]) -> Any:
    keys = {name: [burst[name] for burst in bursts] for name in BURST}
    schema = pa.schema([("number", pa.string()), ("burst", pa.int64())])
    return ibis.memtable(pa.table(keys, schema=schema))


def _found(
    bursts: list[dict[str, Any]],
    met: pa.Table,
    touched: Collection[tuple[str, int, str]],
    sent: Mapping[str, int],
) -> list[dict[str, Any]]:
    """One row a number, best first; adds to each burst how many got in touch."""
    reached: dict[tuple[str, int], set[str]] = {}
    for row in met.to_pylist():
        reached.setdefault((row["number"], row["burst"]), set()).add(row["other"])
    by_number: dict[str, list[dict[str, Any]]] = {}
    for burst in bursts:
        key = (burst["number"], burst["burst"])
        burst["answered"] = sum((*key, other) in touched for other in reached[key])
        by_number.setdefault(burst["number"], []).append(burst)
    found = [
        _line(number, own, [reached[number, b["burst"]] for b in own], sent[number])
        for number, own in by_number.items()
    ]
    return sorted(found, key=lambda row: (-row["score"], row["number"]))


def _line(
    number: str, own: list[dict[str, Any]], lists: list[set[str]], sent: int
) -> dict[str, Any]:
    counted: dict[str, int] = {}
    for other in (other for reached in lists for other in reached):
        counted[other] = counted.get(other, 0) + 1
    reached = sum(len(one) for one in lists)
    texts = sum(burst["texts"] for burst in own)
    row = {
        "number": number,
        "bursts": len(own),
        "recipients": max(burst["recipients"] for burst in own),
        "mean_recipients": reached / len(own),
        "all_recipients": len(counted),
        "same_list": sum(n for n in counted.values() if n > 1) / reached,
        "answered": sum(burst["answered"] for burst in own) / reached,
        "in_bursts": texts / sent,
        "texts": texts,
        "first_at": min(burst["began_at"] for burst in own),
        "last_at": max(burst["began_at"] for burst in own),
    }
    weight = sum(sign.weight for sign in SIGNS)
    score = sum(sign.weight * sign.part(float(row[sign.key])) for sign in SIGNS)
    return row | {"score": round(score / weight, 4), "reason": _reason(row, reached)}


def _reason(row: Mapping[str, Any], reached: int) -> str:
    return (
        f"{many(row['bursts'], 'burst')} of texts to {row['mean_recipients']:.0f} "
        f"numbers on average; {round(row['same_list'] * reached):,} of {reached:,} "
        "recipients were in more than one burst; "
        f"{round(row['answered'] * reached):,} of {reached:,} got in touch after it; "
        f"{row['texts']:,} of {round(row['texts'] / row['in_bursts']):,} texts that it "
        "sent were in bursts."
    )


def _tables(
    found: list[dict[str, Any]], bursts: list[dict[str, Any]], looked_at: int
) -> Any:
    caption = (
        f"{many(len(found), 'number')} of {many(looked_at, 'number')} that text many "
        "others sent bursts again and again; a candidate, not a verdict."
    )
    each = f"{many(len(bursts), 'burst')} of texts of these numbers."
    return (
        shown("broadcasts", caption, COLUMNS, found),
        shown("bursts", each, BURSTS, bursts),
    )


def _answers(found: list[dict[str, Any]]) -> tuple[Answer, ...]:
    said = [
        Answer(
            f"{row['number']} (score {row['score']:.2f}): {row['reason']} First on "
            f"{said_at(row['first_at'])}, last on {said_at(row['last_at'])}.",
            "broadcasts",
            (n,),
        )
        for n, row in enumerate(found[:SAID])
    ]
    return tuple(said) or (Answer("No number sent bursts of texts again and again."),)


BROADCASTS = Analysis(
    key="calls.broadcasts",
    question="Which numbers send texts to many others at once, again and again?",
    method=(
        "The texts that a number sends are cut into bursts wherever a pause is longer "
        "than the gap set. A burst counts when it reaches enough numbers in a short "
        "time. Numbers with enough bursts are put in order by a score of five signs: "
        "bursts, recipients, the same recipients again, recipients that then get in "
        "touch, and how much of the texting is in bursts. The sheet broadcast_signs "
        "gives the weight of each."
    ),
    takes=("calls",),
    run=run_broadcasts,
    parameters=(
        TARGETS,
        Parameter(
            "least_recipients",
            "Fewest different numbers that a burst reaches.",
            "whole",
            10,
            least=2,
            most=10_000,
        ),
        Parameter(
            "gap_minutes",
            "Longest pause within a burst.",
            "number",
            5.0,
            "minutes",
            least=0.1,
            most=1440,
        ),
        Parameter(
            "longest_minutes",
            "Longest time from the first text of a burst to the last.",
            "number",
            60.0,
            "minutes",
            least=1,
            most=1440,
        ),
        Parameter("least_bursts", "Fewest bursts.", "whole", 3, least=1, most=10_000),
        Parameter(
            "answer_hours",
            "A recipient who gets in touch within this time after a burst answers it.",
            "number",
            4.0,
            "hours",
            least=0.1,
            most=168,
        ),
        Parameter(
            "services",
            "Look at short codes and names of senders too.",
            "flag",
            default=False,
        ),
        *PERIOD,
    ),
    limits=(
        "Clubs, schools, taxi firms and families also text many at once: the records "
        "do not hold what was said.",
        "The score is a way to rank. It is not the probability that a number is a drug "
        "line.",
        "Broadcasts over messaging apps are data in these records and are not seen.",
    ),
    source="Bulk texts as a sign of a county line: published descriptions; thresholds "
    "and weights chosen",
)
