"""Which nearly same messages went to many? The analysis `messages.broadcasts`."""

import tempfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.messages.batches import messages_of
from fourfold.picture.messages.near_same import near_same
from fourfold.picture.messages.tables import MESSAGE, Shape, in_order, said, shown
from fourfold.picture.messages.template import template_of

SENDERS_SHOWN = 20
COPIES_COMPARED = 40
"""Copies from which the template of a cluster is made (chosen)."""
COLUMNS = ("input", "line", "thread", "sent_at", "sender", "recipients")
CLUSTERS: Shape = (
    ("cluster", "whole", "Cluster"),
    ("template", "text", "Text"),
    ("varying", "list", "What varies"),
    ("messages", "whole", "Messages"),
    ("recipients", "whole", "Recipients"),
    ("busiest", "whole", "Recipients within the time"),
    ("senders", "list", "Senders"),
    ("sender_count", "whole", "Number of senders"),
    ("first_at", "instant", "First (UTC)"),
    ("last_at", "instant", "Last (UTC)"),
    ("reason", "text", "Why it is shown"),
)
COPIES: Shape = (
    ("cluster", "whole", "Cluster"),
    *MESSAGE,
    ("recipients", "list", "Recipients"),
    ("text", "text", "Text"),
)


def run(case: Case) -> Findings:
    """Cluster nearly same messages and keep those that went to many."""
    asked = case.parameters
    messages = messages_of(case, COLUMNS)
    with tempfile.TemporaryDirectory(prefix="fourfold-texts-") as folder:
        case.tell(0.0, "reading texts")
        path = str(Path(folder) / "texts.parquet")
        case.backend.to_parquet(normalised(messages), path)
        texts = case.backend.read_parquet(path)
        total = int(case.backend.to_pyarrow(texts.count()).as_py())
        long_enough = texts.filter(_.norm.split(" ").length() >= asked["least_words"])
        clusters = _clusters(case, long_enough)
        if not clusters.num_rows:
            return _findings([], [], total, asked)
        case.tell(0.7, "counting recipients")
        of = long_enough.inner_join(ibis.memtable(clusters), "norm")
        keys = of.select("input", "line", "cluster")
        kept = messages.inner_join(keys, ["input", "line"])
        copies = case.backend.to_pyarrow(kept.select(*COLUMNS, "text", "cluster"))
    rows, examples = _counted(copies, asked)
    return _findings(rows, examples, total, asked)


def normalised(messages: Any) -> Any:
    """How are messages compared? In small letters, # for digits, @ for web addresses.

    Returns:
        One row a message: `input`, `line`, `norm` and `reached` (recipients).
    """
    lowered = messages.text.lower()
    linked = lowered.contains("http") | lowered.contains("www.")
    web = lowered.re_replace(r"(https?://|www\.)[^ \n]+", "@")
    norm = ibis.ifelse(linked, web, lowered)
    for sign in ("'", "’", "`"):
        norm = norm.replace(sign, "")
    norm = norm.re_replace(r"\p{N}+", "#").re_replace(r"[^\p{L}#@]+", " ").strip()
    reached = messages.recipients.length().fill_null(0)
    return messages.select("input", "line", norm=norm, reached=reached)


def _clusters(case: Case, texts: Any) -> pa.Table:
    """Which normalised texts belong to clusters that may have gone to many?"""
    asked = case.parameters
    each = texts.group_by("norm").agg(copies=_.count(), reached=_.reached.sum())
    found = case.backend.to_pyarrow(each.order_by("norm"))
    case.tell(0.3, "comparing texts")
    norms = found["norm"].to_pylist()
    labels = near_same(
        norms, asked["same_share"], weights=found["copies"].to_pylist()
    ).astype(np.int64)
    reached = np.asarray(found["reached"]).astype(np.int64)
    sums = np.bincount(labels, weights=reached, minlength=labels.max(initial=0) + 1)
    kept = pa.array(sums[labels] >= asked["least_recipients"])
    table = pa.table({"norm": found["norm"], "cluster": pa.array(labels)})
    return table.filter(kept)


def _counted(
    copies: pa.Table, asked: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[Mapping[str, Any]]]:
    """Clusters that went to enough recipients, and some copies of each."""
    order = [("cluster", "ascending"), ("sent_at", "ascending")]
    order += [("input", "ascending"), ("line", "ascending")]
    copies = copies.take(pc.sort_indices(copies, sort_keys=order))
    labels = np.asarray(copies["cluster"])
    bounds = np.flatnonzero(np.r_[True, labels[1:] != labels[:-1], True])
    rows, examples = [], list[tuple[dict[str, Any], list[Mapping[str, Any]]]]()
    for begin, end in pairwise(bounds):
        part = copies.slice(begin, end - begin)
        reach = _reach(part, timedelta(minutes=asked["window_minutes"]))
        if _enough(part, reach, asked):
            row = _row(part, reach, asked)
            rows.append(row)
            examples.append((row, part.slice(0, asked["copies"]).to_pylist()))
    rows.sort(key=lambda r: (-r["busiest"], -r["recipients"], r["template"]))
    for number, row in enumerate(rows, start=1):
        row["cluster"] = number
    shown_copies = [
        {**copy, "cluster": row["cluster"]} for row, found in examples for copy in found
    ]
    return rows, sorted(in_order(shown_copies), key=lambda r: r["cluster"])


def _reach(part: pa.Table, window: timedelta) -> tuple[int, int]:
    """How many recipients had a cluster, in all and at once?"""
    lists = part["recipients"].combine_chunks()
    people = lists.flatten().dictionary_encode()
    at = part["sent_at"].combine_chunks().take(pc.list_parent_indices(lists))
    return len(people.dictionary), most_within(at, people.indices, window)


def _enough(part: pa.Table, reach: tuple[int, int], asked: Mapping[str, Any]) -> bool:
    recipients, busiest = reach
    timeless = part["sent_at"].null_count == part.num_rows
    at_once = timeless or busiest >= asked["least_at_once"]
    return bool(at_once and recipients >= asked["least_recipients"])


def _row(
    part: pa.Table, reach: tuple[int, int], asked: Mapping[str, Any]
) -> dict[str, Any]:
    recipients, busiest = reach
    senders = [s for s in sorted(set(part["sender"].to_pylist())) if s]
    template = template_of(_distinct(part))
    within = f"{busiest:,} of them within {asked['window_minutes']:,} minutes"
    return {
        "template": template.text,
        "varying": list(template.varying),
        "messages": part.num_rows,
        "recipients": recipients,
        "busiest": busiest,
        "senders": senders[:SENDERS_SHOWN],
        "sender_count": len(senders),
        "first_at": pc.min(part["sent_at"]).as_py(),
        "last_at": pc.max(part["sent_at"]).as_py(),
        "reason": f"{said(part.num_rows, 'message')} alike reached "
        f"{said(recipients, 'recipient')}, {within}.",
    }


def _distinct(part: pa.Table) -> list[str]:
    """Different texts, the commonest first."""
    counts: dict[str, int] = defaultdict(int)
    for text in part["text"].to_pylist():
        counts[text] += 1
    return sorted(counts, key=lambda t: (-counts[t], t))[:COPIES_COMPARED]


def most_within(at: pa.Array, people: pa.Array, window: timedelta) -> int:
    """How many different people were reached within the window, at most?

    Args:
        at: instants, null where not known: those do not count.
        people: numbers of people, as many.
        window: how long.
    """
    known = at.is_valid()
    micro = np.asarray(
        at.filter(known).cast(pa.timestamp("us", tz="UTC")).cast("int64")
    )
    who = np.asarray(people.filter(known))
    order = np.argsort(micro, kind="stable")
    micro, who = micro[order], who[order]
    width = window // timedelta(microseconds=1)
    inside: dict[int, int] = defaultdict(int)
    most = first = 0
    for last, instant in enumerate(micro):
        inside[who[last]] += 1
        while instant - micro[first] > width:
            inside[who[first]] -= 1
            if not inside[who[first]]:
                del inside[who[first]]
            first += 1
        most = max(most, len(inside))
    return most


def _findings(
    rows: list[dict[str, Any]],
    copies: list[Mapping[str, Any]],
    total: int,
    asked: Mapping[str, Any],
) -> Findings:
    sent = sum(row["messages"] for row in rows)
    answers = [
        Answer(
            f"{said(len(rows), 'cluster')} of nearly same messages reached "
            f"{asked['least_recipients']:,} or more recipients, "
            f"{asked['least_at_once']:,} or more at once: {sent:,} of "
            f"{said(total, 'message')}.",
            "clusters",
        )
    ]
    for number, row in enumerate(rows[:10]):
        text = f"Cluster {row['cluster']}: {row['reason']}{_span(row)}"
        answers.append(Answer(text, "clusters", (number,)))
    caption = f"{said(len(rows), 'cluster')}, those that reached most at once first."
    shown_of = f"First copies of each cluster: {len(copies):,} of {sent:,}."
    return Findings(
        answers=tuple(answers),
        tables=(
            shown("clusters", caption, CLUSTERS, rows),
            shown("copies", shown_of, COPIES, copies),
        ),
    )


def _span(row: Mapping[str, Any]) -> str:
    first: datetime | None = row["first_at"]
    if first is None:
        return ""
    return f" First {first:%d %B %Y %H:%M}, last {row['last_at']:%d %B %Y %H:%M} UTC."


ANALYSIS = Analysis(
    key="messages.broadcasts",
    question="Which nearly same messages went to many people?",
    method=(
        "Texts are compared in small letters, digits and web addresses each as one "
        "sign. Candidates share pairs of neighbouring words (MinHash, 16 bands of 3); "
        "a text belongs to a cluster when it has the asked share of letters in common, "
        "in order, with the commonest text of the cluster. A cluster is shown when its "
        "messages reached enough different recipients, and enough of them at once; "
        "those that reached most at once come first."
    ),
    source="Broder, On the resemblance and containment of documents (1997)",
    takes=("messages",),
    parameters=(
        Parameter(
            "least_recipients", "Reached at least.", "whole", 10, "recipients", least=2
        ),
        Parameter(
            "least_at_once",
            "Of them at once at least, where times are known.",
            "whole",
            5,
            "recipients",
            least=1,
        ),
        Parameter(
            "window_minutes", "'At once' is within.", "whole", 60, "minutes", least=1
        ),
        Parameter(
            "same_share",
            "Share of letters in common.",
            "number",
            0.7,
            least=0.3,
            most=1,
        ),
        Parameter(
            "least_words", "Texts of fewer words are left out.", "whole", 4, least=1
        ),
        Parameter("copies", "Copies to show of each.", "whole", 50, least=1),
    ),
    limits=(
        "Greetings, chain letters and notices go to many too: read the text.",
        "A recipient is a number or an account, not a person.",
        "What one handset received shows one recipient; put several together.",
    ),
    run=run,
)
