"""What do tests of tables of evidence share: a way to read a text as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.reading import read_evidence


class Read:
    """A reading, and its rows as dicts."""

    def __init__(self, kind: str, paths: list[Path], out: Path, **said: Any) -> None:
        self.reading = read_evidence(kind, paths, ReadingOptions(**said), out)
        self.rows = pq.read_table(self.reading.tables[kind]).to_pylist()
        self.faults = [
            (f.fault.line, f.fault.field, f.fault.value) for f in self.reading.faults
        ]

    @property
    def arithmetic(self) -> tuple[int, int, int, int]:
        """Rows, loaded, repeated, quarantined."""
        r = self.reading
        return (r.rows, r.loaded, r.repeated, r.quarantined)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """`read("calls", "From,To\\n…", name="a.csv", dates="uk")`."""

    def reading(
        kind: str, *texts: str | bytes, name: str = "a.csv", **said: Any
    ) -> Read:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / (name if len(texts) == 1 else f"{number}-{name}")
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            paths.append(path)
        return Read(kind, paths, tmp_path / "out", **said)

    return reading
