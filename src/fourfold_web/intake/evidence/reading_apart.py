"""What stands in one file of evidence? Read in a process of its own, into Parquet.

The order names `path`, `kind`, `options`, `authority` and `out`, the folder for the
rows. The answer is what the record of the file is to say.
"""

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.intake.evidence import FileFault, Reading
from fourfold.intake.handsets.reading import read_container
from fourfold.picture.running import keep_reading
from fourfold_web.intake.evidence.reading_order import write_order
from fourfold_web.intake.evidence.telling import Tell, answer

HANDSET, FIRST_KIND = "handset", "messages"
CAUSES = 200
SHOWN = 5


def read(order: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """Read the file; the folder `out` is whole or is not there."""
    out = Path(order["out"])
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    reading = _read(order, [Path(order["path"])], part, tell)
    keep_reading(reading, part)
    answered = _record(reading, out.name)
    if FIRST_KIND in reading.tables:
        tell(1.0, "Putting messages in the order in which to read them")
        answered["locked"] = write_order(reading.tables[FIRST_KIND], part)
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)
    return answered


def _read(order: dict[str, Any], paths: list[Path], out: Path, tell: Tell) -> Reading:
    options = ReadingOptions(**order["options"], authority=order["authority"])
    if order["kind"] == HANDSET:
        return read_container(FIRST_KIND, paths, options, out, tell)
    return read_evidence(order["kind"], paths, options, out, tell)


def _record(reading: Reading, key: str) -> dict[str, Any]:
    return {
        "rows": reading.rows,
        "loaded": reading.loaded,
        "repeated": reading.repeated,
        "quarantined": reading.quarantined,
        "found": {kind: _rows(path) for kind, path in reading.tables.items()},
        "faults": causes(reading.faults, reading.fault_count),
        "notes": list(reading.notes),
        "layout": ", ".join(
            dict.fromkeys(i.layout for i in reading.inputs if i.layout)
        ),
        "reading": key,
    }


def causes(faults: Iterable[FileFault], count: int) -> list[dict[str, Any]]:
    """Which causes are behind the faults? The commonest first, with examples.

    Where there are more faults than were kept, the last cause says how many more.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], list[Any]] = {}
    for one in faults:
        cause = (one.fault.field, one.fault.fault, one.fault.mend)
        counts[cause] += 1
        examples = first.setdefault(cause, [])
        if len(examples) < SHOWN:
            examples.append(one.fault)
    told = [
        {
            "field": cause[0],
            "fault": cause[1],
            "mend": cause[2],
            "count": number,
            "lines": [fault.line for fault in first[cause]],
            "values": list(dict.fromkeys(f.value for f in first[cause] if f.value)),
        }
        for cause, number in counts.most_common(CAUSES)
    ]
    more = count - counts.total()
    if more > 0:
        told.append(
            {"field": "", "fault": "more faults that are not listed one by one",
             "mend": "Mend those above and read the file again.", "count": more}
        )  # fmt: skip
    return told


def _rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


if __name__ == "__main__":
    answer(read)
