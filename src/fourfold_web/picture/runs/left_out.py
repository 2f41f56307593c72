"""What is left out of an answer, once some messages are set aside as privileged?

The messages themselves, and the pictures that hang on them. A process without Django
reads this too.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

MESSAGES, IMAGES = "messages", "images"


@dataclass(frozen=True)
class Borne:
    """What messages bear: digests of pictures and names of files, in small letters."""

    said: frozenset[str]

    def has(self, sha256: str, path: str) -> bool:
        """Does a picture with that digest and path hang on one of them?"""
        name = PurePosixPath(path).name.lower()
        return name in self.said or any(sha256 in one for one in self.said)


def borne_by(messages: Path, lines: Collection[int]) -> Borne:
    """What do the messages on these lines of a file bear?

    A message that was read from a picture names its digest as the item.
    """
    wanted = [("line", "in", list(lines))]
    rows = pq.read_table(messages, columns=["item", "attachments"], filters=wanted)
    items = {row["item"] for row in rows.to_pylist() if row["item"]}
    files = {one for row in rows.to_pylist() for one in row["attachments"] or ()}
    names = {PurePosixPath(one).name for one in files}
    return Borne(frozenset(said.lower() for said in items | files | names))


def without(path: Path, lines: Collection[int], scratch: Path) -> Path:
    """The rows of a kind without what is left out; as they lie, where nothing is.

    Args:
        path: the rows of one file, of one kind; its messages lie beside them.
        lines: of the messages that are set aside.
        scratch: folder for the copy; made if need be.
    """
    messages = path.with_name(f"{MESSAGES}.parquet")
    if not lines or path.stem not in (MESSAGES, IMAGES) or not messages.is_file():
        return path
    if path.stem == MESSAGES:
        gone = pa.array(lines, pa.int64())
        return _copied(path, scratch, lambda rows: pc.is_in(rows["line"], gone))
    borne = borne_by(messages, lines)
    return _copied(path, scratch, lambda rows: _hangs(rows, borne))


def _hangs(rows: pa.RecordBatch, borne: Borne) -> pa.Array:
    pairs = zip(rows["sha256"].to_pylist(), rows["path"].to_pylist(), strict=True)
    return pa.array([borne.has(digest, path or "") for digest, path in pairs])


def _copied(
    path: Path, scratch: Path, gone: Callable[[pa.RecordBatch], pa.Array]
) -> Path:
    scratch.mkdir(parents=True, exist_ok=True)
    out = scratch / path.name
    rows = pq.ParquetFile(path)
    with pq.ParquetWriter(out, rows.schema_arrow) as writer:
        for batch in rows.iter_batches():
            writer.write_batch(batch.filter(pc.invert(gone(batch))))
    return out
