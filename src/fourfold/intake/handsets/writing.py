"""How do the items of handset material become Parquet, each counted once?"""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from fourfold.intake.evidence import ARROW_TYPES, EvidenceKind, FileFault, evidence_kind
from fourfold.intake.handsets.found import Found, Item, Placed, Remark, Spoilt

BATCH = 20_000
KEPT_FAULTS = 1_000
KEPT_REMARKS = 200
EMPTY = {"text": "", "list": ()}
WHERE = ("input", "line", "item", "place_in_source", "reason")
"""Columns that say where a row stands, not what it says."""

PLACES = pa.schema(
    [("input", pa.int64()), ("item", pa.string()), ("place", pa.string())]
)


@dataclass
class Tally:
    """How many items of one thing given were loaded, repeated and kept back."""

    loaded: int = 0
    repeated: int = 0
    quarantined: int = 0


@dataclass
class _Sheet:
    """The Parquet file of one kind while it grows."""

    kind: EvidenceKind
    path: Path
    rows: dict[str, list[Any]]
    writer: Any
    held: int = 0

    def add(self, row: Mapping[str, Any], where: tuple[int, int]) -> None:
        for column in self.kind.columns:
            value = row.get(column.name)
            if value is None:
                value = EMPTY.get(column.type)
            self.rows[column.name].append(value)
        self.rows["input"][-1], self.rows["line"][-1] = where
        self.held += 1
        if self.held >= BATCH:
            self.flush()

    def flush(self) -> None:
        arrays = [
            pa.array(self.rows[c.name], ARROW_TYPES[c.type]) for c in self.kind.columns
        ]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.kind.schema))
        for values in self.rows.values():
            values.clear()
        self.held = 0


@dataclass
class Writer:
    """Takes items, counts them, and writes each kind to its own file.

    A row counts as repeated when an earlier part held as many rows with the same
    content: two exports of one chat overlap, while "ok" said twice in a minute in one
    chat is two messages.
    """

    scratch: Path
    sheets: dict[str, _Sheet] = field(default_factory=dict)
    tallies: list[Tally] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    fault_count: int = 0
    notes: dict[str, None] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)
    within: Counter[bytes] = field(default_factory=Counter)
    places: list[tuple[int, str, str]] = field(default_factory=list)
    place_writer: Any = None

    def begin_input(self) -> None:
        """The items that follow come from the next thing given."""
        self.tallies.append(Tally())

    def begin_part(self) -> None:
        """The items that follow come from the next part of it."""
        self.seen.update(self._keys(self.within))
        self.within = Counter()

    def take(self, item: Item) -> None:
        """Write or count one item."""
        if isinstance(item, Found):
            self._row(item)
        elif isinstance(item, Spoilt):
            self.tallies[-1].quarantined += 1
            self.fault_count += 1
            if len(self.faults) < KEPT_FAULTS:
                self.faults.append(FileFault(len(self.tallies) - 1, item.fault))
        elif isinstance(item, Remark):
            if len(self.notes) < KEPT_REMARKS:
                self.notes[item.text] = None
        elif isinstance(item, Placed):
            self._place(item)

    def close(self) -> dict[str, Path]:
        """Finish every file; which kinds were found, and where do they lie?"""
        for sheet in self.sheets.values():
            if sheet.held:
                sheet.flush()
            sheet.writer.close()
        if self.places or self.place_writer is not None:
            self._flush_places()
            self.place_writer.close()
            if "messages" in self.sheets:
                _join_places(self.sheets["messages"].path, self.scratch)
        return {kind: sheet.path for kind, sheet in sorted(self.sheets.items())}

    def ensure(self, kind: str) -> None:
        """A file of this kind is wanted even without rows."""
        self._sheet(kind)

    def _row(self, item: Found) -> None:
        tally = self.tallies[-1]
        digest = _digest(item)
        self.within[digest] += 1
        if _numbered(digest, self.within[digest]) in self.seen:
            tally.repeated += 1
            return
        tally.loaded += 1
        where = (len(self.tallies) - 1, item.line)
        self._sheet(item.kind).add(item.values, where)

    def _sheet(self, kind: str) -> _Sheet:
        if kind not in self.sheets:
            evidence = evidence_kind(kind)
            path = self.scratch / f"{kind}.parquet"
            writer = pq.ParquetWriter(path, evidence.schema, compression="zstd")
            rows: dict[str, list[Any]] = {c.name: [] for c in evidence.columns}
            self.sheets[kind] = _Sheet(evidence, path, rows, writer)
        return self.sheets[kind]

    def _place(self, item: Placed) -> None:
        self.places.append((len(self.tallies) - 1, item.item, item.place))
        if len(self.places) >= BATCH:
            self._flush_places()

    def _flush_places(self) -> None:
        if self.place_writer is None:
            self.place_writer = pq.ParquetWriter(self.scratch / "_places", PLACES)
        columns = [pa.array(list(c)) for c in zip(*self.places, strict=True)]
        if columns:
            self.place_writer.write_table(pa.Table.from_arrays(columns, schema=PLACES))
        self.places.clear()

    def _keys(self, counts: Counter[bytes]) -> Iterator[bytes]:
        for digest, count in counts.items():
            for n in range(1, count + 1):
                yield _numbered(digest, n)


@contextmanager
def scratch_beside(out: Path) -> Iterator[Path]:
    """A folder inside `out` that is gone at the end, whatever happens."""
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".reading-", dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep(tables: Mapping[str, Path], out: Path) -> dict[str, Path]:
    """Move finished files to where they stay: all of them, at the very end."""
    kept = {}
    for kind, path in tables.items():
        kept[kind] = out / path.name
        path.replace(kept[kind])
    return kept


def _digest(item: Found) -> bytes:
    said = hashlib.blake2b(item.kind.encode(), digest_size=16)
    for name in sorted(item.values):
        if name not in WHERE:
            said.update(f"\0{name}\1{item.values[name]}".encode("utf-8", "replace"))
    return said.digest()


def _numbered(digest: bytes, n: int) -> bytes:
    return digest if n == 1 else digest + n.to_bytes(4, "big")


JOINED = """
SELECT m.* REPLACE (coalesce(p.place, m.place_in_source) AS place_in_source)
  FROM m LEFT JOIN (
       SELECT input, item, min(place) AS place FROM p GROUP BY input, item) p
 USING (input, item) ORDER BY m.input, m.line, m.item
"""


def _join_places(messages: Path, scratch: Path) -> None:
    """Say of each message where it lies in the source, told at the report's end."""
    joined = scratch / "_joined"
    schema = evidence_kind("messages").schema
    with duckdb.connect(config={"threads": 2}) as db:
        db.execute("SET TimeZone = 'UTC'")
        db.execute("SET temp_directory = ?", [str(scratch / "_spill")])
        db.read_parquet(str(messages)).create_view("m")
        db.read_parquet(str(scratch / "_places")).create_view("p")
        batches = db.sql(JOINED).to_arrow_reader(BATCH)
        with pq.ParquetWriter(joined, schema, compression="zstd") as writer:
            for batch in batches:
                table = pa.Table.from_batches([batch]).select(schema.names)
                writer.write_table(table.cast(schema))
    joined.replace(messages)
