"""Which messages must be read first? The analysis `messages.urgent`."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.messages.batches import batches, messages_of
from fourfold.picture.messages.false_alarms import kept_false_alarms
from fourfold.picture.messages.tables import (
    MESSAGE,
    MESSAGE_COLUMNS,
    Shape,
    said,
    shown,
)
from fourfold.picture.messages.urgent import CHILD, LIFE, Urgent, urgent_rows

LEVELS = {1: "now", 2: "prepared", 3: "a sign"}
EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
ROWS: Shape = (
    ("rank", "whole", "Read"),
    ("about", "text", "Risk to"),
    ("level", "whole", "Level"),
    ("reason", "text", "Why"),
    ("set_aside", "text", "Set aside because"),
    *MESSAGE,
    ("text", "text", "Text"),
    ("places", "list", "Where in the text"),
)


def run(case: Case) -> Findings:
    """Find urgent messages and put them in the order in which to read them."""
    rows: list[dict[str, Any]] = []
    total = 0
    for batch in batches(case, messages_of(case, MESSAGE_COLUMNS), "reading messages"):
        texts = batch["text"].to_pylist()
        total += len(texts)
        found: dict[int, list[Urgent]] = defaultdict(list)
        for row, finding in urgent_rows(texts):
            found[row].append(finding)
        kept = batch.take(list(found)).to_pylist() if found else []
        rows += [_row(m, f) for m, f in zip(kept, found.values(), strict=True)]
    rows = [row for row in rows if row["about"] in _asked(case)]
    rows.sort(key=_order)
    return _findings(rows, total)


def _asked(case: Case) -> tuple[str, ...]:
    about = case.parameters["about"]
    return (LIFE, CHILD, "life and child") if about == "both" else (about,)


def _row(message: Mapping[str, Any], findings: list[Urgent]) -> dict[str, Any]:
    counted = [finding for finding in findings if not finding.set_aside]
    shown_for = counted or findings
    about = sorted({f.rule.about for f in shown_for}, reverse=True)
    return {
        **message,
        "about": " and ".join(about),
        "level": min(f.rule.level for f in shown_for),
        "reasons": len(shown_for),
        "reason": " ".join(f"{f.rule.says} ('{f.words}')" for f in shown_for),
        "set_aside": "" if counted else findings[0].set_aside,
        "places": [f"{f.start}-{f.end}" for f in shown_for],
    }


def _order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Those that count first, by level; more reasons before fewer; newest first."""
    age = EARLIEST - (row["sent_at"] or EARLIEST)
    aside = bool(row["set_aside"])
    return aside, row["level"], -row["reasons"], age, row["input"], row["line"]


def _findings(rows: list[dict[str, Any]], total: int) -> Findings:
    for rank, row in enumerate(rows, start=1):
        row["rank"] = rank
    counted = [n for n, row in enumerate(rows) if not row["set_aside"]]
    levels = Counter(rows[n]["level"] for n in counted)
    base = f"{len(counted):,} of {said(total, 'message')}"
    speaks = "speaks" if len(counted) == 1 else "speak"
    answers = [Answer(f"{base} {speaks} of risk to life or to a child.", "urgent")]
    answers += [
        Answer(
            f"{count:,} of these {len(counted):,}: level {level}, {LEVELS[level]}.",
            "urgent",
            tuple(n for n in counted if rows[n]["level"] == level),
        )
        for level, count in sorted(levels.items())
    ]
    aside = len(rows) - len(counted)
    if aside:
        more = f"{said(aside, 'message')} more"
        text = f"{more} met a rule but read as talk: read them next."
        answers.append(Answer(text, "urgent", tuple(range(len(counted), len(rows)))))
    caption = f"{base}, in the order in which to read them; then those set aside."
    return Findings(
        answers=tuple(answers),
        tables=(shown("urgent", caption, ROWS, rows),),
        notes=(false_alarm_note(),),
    )


def false_alarm_note() -> str:
    """How often do the urgent rules go off on ordinary texts, with the base?"""
    kept = kept_false_alarms()
    alarms, half = kept["urgent"], kept["texts"] // 2
    times = said(alarms["all"], "time")
    return (
        f"On {kept['texts']:,} ordinary texts the rules that count go off {times}; on "
        f"the {half:,} of them that the rules were not written on, "
        f"{alarms['held back']:,}. How many urgent messages they miss is not known: no "
        "collection of real ones may be had."
    )


ANALYSIS = Analysis(
    key="messages.urgent",
    question="Which messages speak of risk to life or to a child, and are read first?",
    method=(
        "Each message is compared with phrases of the sheet 'urgent', with choices "
        "and gaps, in small letters and without apostrophes. A match in words of "
        "denial, in quotation marks, in a message that laughs or is about a song, film "
        "or game is set aside and listed after the rest. Order: level (1 now, 2 "
        "prepared), then "
        "how many reasons, then the newest first."
    ),
    source="Rule sheets messages: urgent and urgent guards, by hand ('chosen')",
    takes=("messages",),
    parameters=(
        Parameter(
            "about",
            "Whose risk?",
            "choice",
            "both",
            choices=("both", LIFE, CHILD),
        ),
    ),
    limits=(
        "Only English phrases are known: other languages and new slang are missed.",
        "A message that is not listed may still be urgent.",
        "A match is a reason to read, not evidence of intent.",
    ),
    run=run,
)
