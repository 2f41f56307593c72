"""Where do the checked rows of a delivery wait, however many there are?"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from fourfold.intake.cells import Fault
from fourfold.intake.kinds import Kind
from fourfold.intake.rows import Row, row_of

TABLES = """
    CREATE TABLE whole (line INTEGER, key TEXT PRIMARY KEY, digest TEXT, text TEXT);
    CREATE TABLE kept_back (line INTEGER, raw TEXT, faults TEXT);
"""
MEMORY_KIB = 32_000


@dataclass(frozen=True)
class CheckedRow:
    """A row without faults: its line, its key, its digest and its canonical form."""

    line: int
    key: str
    digest: str
    row: Row


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that is kept back: its line, what stood there, and all its faults."""

    line: int
    raw: tuple[str, ...]
    faults: tuple[Fault, ...]


class Spool:
    """Keeps rows in a private temporary database that ends with the object.

    A small delivery stays in memory; a large one goes to a file that nobody else can
    open and that is gone when closed. It keeps 32 MB in memory at most.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.base.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -{MEMORY_KIB}; {TABLES}"
        )
        self.base.execute("BEGIN")

    def add_whole(self, line: int, key: str, digest: str, text: str) -> bool:
        """Was there no row yet with this key? Only then is it kept."""
        done = self.base.execute(
            "INSERT OR IGNORE INTO whole VALUES (?, ?, ?, ?)", (line, key, digest, text)
        )
        return done.rowcount == 1

    def first(self, key: str) -> tuple[int, str]:
        """On which line did the key stand first, and with which digest?"""
        found: tuple[int, str] = self.base.execute(
            "SELECT line, digest FROM whole WHERE key = ?", (key,)
        ).fetchone()
        return found

    def add_quarantined(self, row: QuarantinedRow) -> None:
        """Keep a row back, with its faults."""
        faults = json.dumps([astuple(fault) for fault in row.faults])
        self.base.execute(
            "INSERT INTO kept_back VALUES (?, ?, ?)",
            (row.line, json.dumps(row.raw), faults),
        )

    def whole(self) -> Iterator[CheckedRow]:
        """Which rows have no fault, in the order of the file?"""
        for line, key, digest, text in self.base.execute(
            "SELECT line, key, digest, text FROM whole ORDER BY rowid"
        ):
            yield CheckedRow(line, key, digest, row_of(text, self.kind))

    def quarantined(self) -> Iterator[QuarantinedRow]:
        """Which rows are kept back, in the order of the file?"""
        for line, raw, faults in self.base.execute(
            "SELECT line, raw, faults FROM kept_back ORDER BY rowid"
        ):
            found = tuple(Fault(*fault) for fault in json.loads(faults))
            yield QuarantinedRow(line, tuple(json.loads(raw)), found)

    def close(self) -> None:
        """Forget everything."""
        self.base.close()
