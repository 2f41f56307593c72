"""What would a large delivery of messages hold, with known answers planted in it?

Words are made up and drawn as words are drawn in speech, a few often and most seldom.
Among them stand broadcasts of drug lines, messages of risk to life or to a child, words
of the lexicons, entries of a watch-list and rare words. The same seed gives the same
rows.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.evidence import evidence_kind
from fourfold.picture.messages.urgent import RULES

SEED = 20_170_501
CHUNK = 100_000
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 60
PHONES, THREADS = 20_000, 60_000
VOCABULARY = 20_000
_BEGINNINGS = "b c d f g h k l m n p r s t v w br ch dr fl gr pl sh st th tr"
BEGINNINGS = _BEGINNINGS.split()
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "oo"]
ENDINGS = ["b", "d", "g", "k", "l", "m", "n", "p", "r", "t", "nt", "sk", "mp", "x"]
SHORT = ("ok", "yes m8", "where", "k", "no", "5 min", "call me", "x")
ADVERTS = (
    "{hey} the {name} line is on all day, best of both, 3 for {price}, bell me",
    "{hey} new food landed, {name} line open til late, {price} for two, fast drops",
    "active now {hey} light and dark, {name} phone same number, deals from {price}",
    "{name} back on {hey} top quality, free tester with {price}, tell your people",
    "reload done, both on, 2 for {price}, {name} line meet at the usual spot {hey}",
)
LEXICON = "re up done, half a teenth left, bring the zoot and count the money mule"
RARE = "zanzibarine"


@dataclass
class Planted:
    """What was planted: the lines of each kind, and each broadcast."""

    messages: int
    broadcasts: list[dict[str, Any]] = field(default_factory=list)
    urgent: list[int] = field(default_factory=list)
    lexicon: list[int] = field(default_factory=list)
    watched: dict[str, list[int]] = field(default_factory=dict)
    rare: list[int] = field(default_factory=list)


def write_messages(folder: Path, messages: int, seed: int = SEED) -> Planted:
    """Write `messages.parquet` and `planted.json` into a folder.

    Args:
        folder: made when it is not there.
        messages: 2,000 or more, so that everything has room.
        seed: for the same rows again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    planted, texts, parties = _planted(rng, messages)
    words = made_words(rng, VOCABULARY)
    schema = evidence_kind("messages").schema
    with pq.ParquetWriter(folder / "messages.parquet", schema) as writer:
        for begin in range(0, messages, CHUNK):
            count = min(CHUNK, messages - begin)
            writer.write_table(_chunk(rng, begin, count, words, (texts, parties)))
    (folder / "planted.json").write_text(json.dumps(asdict(planted)), "utf-8")
    return planted


def write_watch_list(folder: Path, entries: int, seed: int = SEED) -> Path:
    """Write `watch.csv` with names, phones and plates; the planted ones are in it.

    Args:
        folder: made when it is not there.
        entries: how many, all different.
        seed: as of the messages.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed + 1)
    words = made_words(rng, 4_000)
    path = folder / "watch.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["term", "kind", "reference"])
        for number, (term, kind) in enumerate(_entries(words, entries)):
            rows.writerow([term, kind, f"WL-{number:06d}"])
    return path


def made_words(rng: Any, count: int) -> Any:
    """Made-up words, all different, in the order in which they are common."""
    made: dict[str, None] = {}
    while len(made) < count:
        parts = (rng.choice(BEGINNINGS), rng.choice(MIDDLES), rng.choice(ENDINGS))
        word = "".join(parts)
        if rng.random() < 0.6:
            word += str(rng.choice(MIDDLES)) + str(rng.choice(ENDINGS))
        made.setdefault(word)
    return np.array(list(made), dtype=object)


def watched_terms() -> Iterator[tuple[str, str]]:
    """Which entries of the watch-list are planted in messages?"""
    for number in range(200):
        yield f"Zorblax Quindry{chr(97 + number % 26)}{chr(97 + number // 26)}", "name"
        yield f"07700{800_000 + number}", "phone"
        yield (
            f"ZX{10 + number % 80}Q{chr(65 + number % 8)}{chr(65 + number // 26)}",
            "plate",
        )


def _entries(words: Any, entries: int) -> Iterator[tuple[str, str]]:
    seen: dict[tuple[str, str], None] = dict.fromkeys(watched_terms())
    yield from seen
    for number in range(entries - len(seen)):
        kind = number % 10
        if kind < 7:
            first, last = divmod(number, len(words))
            yield f"{words[last]}ax {words[first]}ov{number % 97}", "name"
        elif kind < 9:
            yield f"+447{100_000_000 + number}", "phone"
        else:
            letters = "".join(chr(65 + number // 26**n % 26) for n in range(3))
            yield f"Q{letters[0]}{number % 90 + 10}{letters}{number % 7}", "plate"


def _planted(
    rng: Any, messages: int
) -> tuple[Planted, dict[int, str], dict[int, tuple[str, str, int]]]:
    """Which lines hold what, with their words, and who sent what to whom and when."""
    order = iter((rng.permutation(messages) + 1).tolist())
    planted = Planted(messages)
    texts: dict[int, str] = {}
    parties: dict[int, tuple[str, str, int]] = {}
    share = max(1, messages // 25_000)
    _plant_broadcasts(rng, order, (planted, texts, parties), share)
    said = [e["text"] for rule in RULES for e in rule.examples if e["counts"]]
    for number in range(8 * share):
        line = next(order)
        texts[line] = said[number % len(said)]
        planted.urgent.append(line)
    for _ in range(20 * share):
        line = next(order)
        texts[line] = LEXICON
        planted.lexicon.append(line)
    for number, (term, _) in enumerate(watched_terms()):
        line = next(order)
        written = term.upper() if number % 2 else f"{term[:5]} {term[5:]}"
        spaced = term if " " in term else written
        texts[line] = f"about {spaced}, ask nobody"
        planted.watched.setdefault(term, []).append(line)
    for _ in range(10 * share):
        line = next(order)
        texts[line] = f"the {RARE} is hidden by the gate"
        planted.rare.append(line)
    return planted, texts, parties


def _plant_broadcasts(
    rng: Any,
    order: Iterator[int],
    into: tuple[Planted, dict[int, str], dict[int, tuple[str, str, int]]],
    share: int,
) -> None:
    planted, texts, parties = into
    for number in range(min(len(ADVERTS), share)):
        recipients = 30 + 10 * number
        begin = int(rng.integers(0, DAYS * 86_400 - 3_600))
        sender, name = f"+44770070{number:04d}", ("Zed", "Kato", "Milo")[number % 3]
        lines = [next(order) for _ in range(recipients)]
        for copy, line in enumerate(lines):
            hey = ("yo", "hi", "safe", "alright")[copy % 4]
            price = (20, 25, 30)[copy % 3]
            text = ADVERTS[number].format(hey=hey, name=name, price=price)
            texts[line] = text
            parties[line] = sender, f"+44770060{copy:04d}", begin + 30 * copy
        planted.broadcasts.append(
            {"sender": sender, "recipients": recipients, "lines": sorted(lines)}
        )


def _chunk(
    rng: Any,
    begin: int,
    count: int,
    words: Any,
    planted: tuple[dict[int, str], dict[int, tuple[str, str, int]]],
) -> pa.Table:
    texts, parties = planted
    bodies = _bodies(rng, count, words)
    senders = rng.integers(0, PHONES, count)
    recipients = rng.integers(0, PHONES, count)
    seconds = rng.integers(0, DAYS * 86_400, count)
    sender = [f"+44770090{n:05d}" for n in senders]
    recipient = [f"+44770090{n:05d}" for n in recipients]
    for line in range(begin + 1, begin + count + 1):
        at = line - begin - 1
        bodies[at] = texts.get(line, bodies[at])
        if line in parties:
            sender[at], recipient[at], seconds[at] = parties[line]
    instants = np.int64(FIRST.timestamp() * 1e6) + seconds * 1_000_000
    lines = np.arange(begin + 1, begin + count + 1)
    columns = {
        "input": np.zeros(count, dtype=np.int64),
        "line": lines,
        "item": [f"m{line}" for line in lines],
        "device": ["handset"] * count,
        "platform": ["SMS"] * count,
        "thread": [f"t{n}" for n in senders % THREADS],
        "sent_at": pa.array(instants).cast(pa.timestamp("us", tz="UTC")),
        "sent_local": pa.array(instants).cast(pa.timestamp("us")),
        "sender": sender,
        "sender_name": [""] * count,
        "recipients": [[one] for one in recipient],
        "direction": ["out"] * count,
        "subject": [""] * count,
        "body": bodies,
        "deleted": np.zeros(count, dtype=bool),
        "attachments": pa.array([[]] * count, pa.list_(pa.string())),
        "place_in_source": [""] * count,
    }
    return pa.table(columns, schema=evidence_kind("messages").schema)


def _bodies(rng: Any, count: int, words: Any) -> list[str]:
    """Sentences of three to thirty words, a few common and most rare; some short."""
    lengths = np.clip(rng.geometric(0.08, count) + 2, 3, 30)
    ranks = (len(words) ** rng.random(int(lengths.sum()))).astype(int) % len(words)
    drawn, at, bodies = words[ranks], 0, []
    short = rng.random(count) < 0.1
    for number, length in enumerate(lengths.tolist()):
        if short[number]:
            bodies.append(SHORT[length % len(SHORT)])
        else:
            bodies.append(" ".join(drawn[at : at + length]))
        at += length
    return bodies
