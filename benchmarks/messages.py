"""How long do the analyses of messages take on a million, and in how much memory?

`python -m benchmarks.messages [--messages N] [--entries N] [--only NAME]`. Each runs in
a process of its own; its answers are checked against what was planted.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.figures import Figure, check
from benchmarks.machine import own_peak_mb
from fourfold.base.analysis import Analysis, Case, Findings
from fourfold.base.engine import open_engine
from fourfold.picture.messages.analyses import ANALYSES
from fourfold.region.bulk.messages import (
    RARE,
    watched_terms,
    write_messages,
    write_watch_list,
)

MESSAGES, ENTRIES = 1_000_000, 300_000
NAMES = ("index", "search", "broadcasts", "watch", "lexicons", "urgent", "mentions")
SEARCHES = (RARE, f"{RARE[:-1]} -nothing", '"hidden by the gate"', "hidden NEAR/4 gate")
BUDGET = {"index": 10.0, "search": 2.0, "broadcasts": 60.0}


def figures(
    folder: Path,
    *,
    messages: int = MESSAGES,
    entries: int = ENTRIES,
    names: tuple[str, ...] = NAMES,
) -> Iterator[Figure]:
    """Each analysis on made-up messages with planted truth, in a process of its own."""
    write_messages(folder, messages)
    write_watch_list(folder, entries)
    for name in names:
        told = _child(folder, name)
        note = f"{messages / told['seconds']:,.0f} messages a second"
        if name == "search":
            note = f"the slowest of {len(SEARCHES)} searches"
        note += f"; the whole process {told['cpu']:.1f} s of processor time"
        yield Figure(
            f"messages {name}, {messages:,}",
            told["seconds"],
            "s",
            BUDGET.get(name) if messages == MESSAGES else None,
            note=note,
        )
        yield Figure(f"messages {name}, peak memory", told["peak_mb"], "MB")


def _child(folder: Path, name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.messages", "--one", name, str(folder)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return told


def measured(folder: Path, name: str) -> dict[str, float]:
    """Run one analysis here, check its answers, and say what it took."""
    planted = json.loads((folder / "planted.json").read_text())
    with open_engine(threads=2) as backend:
        messages = backend.read_parquet(str(folder / "messages.parquet"))
        tables = {"messages": messages}
        seconds = CHECKS[name](folder, planted, tables, backend)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    return {"seconds": seconds, "peak_mb": own_peak_mb(), "cpu": cpu}


def _run(name: str, tables: Any, backend: Any, **given: Any) -> tuple[Findings, float]:
    analysis: Analysis = next(a for a in ANALYSES if a.name == name)
    case = Case(tables, analysis.settle(given), backend)
    begun = time.perf_counter()
    return analysis.run(case), time.perf_counter() - begun


def _index(folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    from fourfold.picture.messages.index import build_index

    texts = tables["messages"].select("input", "line", text=tables["messages"].body)
    begun = time.perf_counter()
    index = build_index(texts, backend, folder / "index")
    seconds = time.perf_counter() - begun
    check(that="indexed", found=index.messages, expected=planted["messages"])
    return seconds


def _search(folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    from fourfold.picture.messages.finding_words import search_index
    from fourfold.picture.messages.index import open_index

    index = open_index(folder / "index")
    analysis = next(a for a in ANALYSES if a.name == "search")
    slowest = 0.0
    for words in SEARCHES:
        asked = analysis.settle({"words": words, "most": 1_000_000})
        begun = time.perf_counter()
        found = search_index(Case(tables, asked, backend), index)
        slowest = max(slowest, time.perf_counter() - begun)
        lines = sorted(found.tables[0].rows["line"].to_pylist())
        check(that=words, found=lines, expected=sorted(planted["rare"]))
    return slowest


def _broadcasts(_folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    found, seconds = _run("broadcasts", tables, backend, copies=1_000)
    of_line = {
        row["line"]: row["cluster"]
        for row in found.tables[1].rows.select(["line", "cluster"]).to_pylist()
    }
    sizes = {
        row["cluster"]: row["recipients"] for row in found.tables[0].rows.to_pylist()
    }
    for broadcast in planted["broadcasts"]:
        clusters = {of_line.get(line) for line in broadcast["lines"]}
        check(that="one cluster a broadcast", found=len(clusters), expected=1)
        (cluster,) = clusters
        expected = broadcast["recipients"]
        check(that="recipients", found=sizes.get(cluster), expected=expected)
    known = {line for b in planted["broadcasts"] for line in b["lines"]}
    for kind in ("urgent", "lexicon", "rare"):
        known |= set(planted[kind])
    strangers = sorted(set(of_line) - known)
    check(that="chance messages in clusters", found=strangers[:5], expected=[])
    return seconds


def _watch(folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    entries = _identifiers(folder)
    found, seconds = _run("watch", tables | {"identifiers": entries}, backend)
    rows = found.tables[0].rows.select(["term", "line"]).to_pylist()
    lines: dict[str, set[int]] = {}
    for row in rows:
        lines.setdefault(row["term"], set()).add(row["line"])
    expected = {term: set(at) for term, at in planted["watched"].items()}
    seen = {term: lines.get(term, set()) for term, _ in watched_terms()}
    check(that="watched", found=seen, expected=expected)
    return seconds


def _identifiers(folder: Path) -> Any:
    import ibis

    from fourfold.intake.evidence import evidence_kind
    from fourfold.picture.messages.watching import read_watch_list

    entries = read_watch_list(folder / "watch.csv")
    schema = evidence_kind("identifiers").schema
    nothing = [""] * len(entries)
    table = pa.table(
        {
            "input": [1] * len(entries),
            "line": range(2, len(entries) + 2),
            "person": nothing,
            "kind": [entry.kind for entry in entries],
            "identifier": [entry.term for entry in entries],
            "from_at": [None] * len(entries),
            "until_at": [None] * len(entries),
            "reason": nothing,
        },
        schema=schema,
    )
    return ibis.memtable(table)


def _lexicons(_folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    found, seconds = _run("lexicons", tables, backend)
    held = set(found.tables[0].rows["line"].to_pylist())
    lost = sorted(set(planted["lexicon"]) - held)
    check(that="planted words lost", found=lost, expected=[])
    return seconds


def _urgent(_folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    found, seconds = _run("urgent", tables, backend)
    rows = found.tables[0].rows.select(["line", "set_aside"]).to_pylist()
    held = {row["line"] for row in rows if not row["set_aside"]}
    check(that="urgent", found=sorted(held), expected=sorted(planted["urgent"]))
    return seconds


def _mentions(_folder: Path, planted: Any, tables: Any, backend: Any) -> float:
    found, seconds = _run("mentions", tables, backend, kinds=("phone", "money"))
    phones = {
        row["line"]
        for row in found.tables[0].rows.select(["kind", "line"]).to_pylist()
        if row["kind"] == "phone"
    }
    expected = {
        line
        for term, lines in planted["watched"].items()
        for line in lines
        if term.isdigit()
    }
    check(that="phones", found=sorted(phones), expected=sorted(expected))
    return seconds


CHECKS = {
    "index": _index,
    "search": _search,
    "broadcasts": _broadcasts,
    "watch": _watch,
    "lexicons": _lexicons,
    "urgent": _urgent,
    "mentions": _mentions,
}


def main() -> int:
    """Print all figures, or those of one name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.messages")
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--only", action="append", choices=NAMES)
    parser.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"))
    asked = parser.parse_args()
    if asked.one:
        name, folder = asked.one
        print(json.dumps(measured(Path(folder), name)))
        return 0
    names = tuple(asked.only or NAMES)
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-") as folder:
        for figure in figures(
            Path(folder), messages=asked.messages, entries=asked.entries, names=names
        ):
            print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
