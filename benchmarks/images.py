"""How long does it take to read pictures and to find those that are near the same?

`python -m benchmarks.images [--pictures N] [--json]`. Fingerprints are drawn at random;
a tenth are copies with up to 31 bits turned over, so the groups are known beforehand.
The floor is every pair by hand-written numpy, on a tenth of them and scaled by the
square; the answers of both are compared.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.figures import Figure, check
from benchmarks.machine import machine, own_peak_mb, said
from fourfold.intake.evidence import evidence_kind
from fourfold.intake.handsets.reading import read_container
from fourfold.picture.images.hashes import alike_groups, hashes_of, nearest_known
from fourfold.picture.images.near_duplicates import NEAR_DUPLICATES
from fourfold.picture.running import run_analysis
from fourfold.region.bulk.handset_pictures import scene

SEED, PICTURES, TENTH, FURTHEST = 5, 100_000, 10, 31
BUDGET_SECONDS = 10.0
PHOTOGRAPHS, READ_FOR_WORDS, MESSAGES = 100, 10, 200_000
PHONES = 40


class Options:
    """What an officer says of the files: nothing, or that words are to be read."""

    def __init__(self, layout: str) -> None:
        self.layout, self.dates, self.zone, self.authority = layout, "", "", "URN-1"


def figures(count: int) -> Iterator[Figure]:
    """Searching fingerprints, then reading pictures and a large report."""
    digits = fingerprints(count)
    hashes = hashes_of(digits)
    begun = time.perf_counter()
    groups = alike_groups(hashes, FURTHEST)
    seconds = time.perf_counter() - begun
    check(that="groups", found=int(groups.max()) + 1, expected=count - count // TENTH)
    yield Figure(f"near the same, {count:,} fingerprints", seconds, "s", BUDGET_SECONDS)
    yield from _floor(hashes[: count // TENTH], count, seconds)
    begun = time.perf_counter()
    best, _ = nearest_known(hashes, hashes[: count // TENTH], FURTHEST)
    seconds = time.perf_counter() - begun
    right = bool((best[: count // TENTH] == np.arange(count // TENTH)).all())
    check(that="known ones find themselves", found=right, expected=True)
    name = f"known, {count:,} against a list of {count // TENTH:,}"
    yield Figure(name, seconds, "s", BUDGET_SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        yield _question(digits, Path(folder))
        yield from _pictures(Path(folder))
        yield from _report(Path(folder))
    peak = own_peak_mb() / 1024
    yield Figure("most memory of all the above", peak, "GB", 4.0)


def fingerprints(count: int) -> list[str]:
    """So many different fingerprints; the last tenth are near the first tenth."""
    chance = np.random.default_rng(SEED)
    raw = chance.integers(0, 256, (count, 32), dtype=np.uint8)
    copies = count // TENTH
    bits = np.unpackbits(raw[:copies], axis=1)
    for row in bits:
        turned = chance.choice(
            256, int(chance.integers(1, FURTHEST + 1)), replace=False
        )
        row[turned] ^= 1
    raw[-copies:] = np.packbits(bits, axis=1)
    return [row.tobytes().hex() for row in raw]


def _floor(some: NDArray[np.uint64], count: int, ours: float) -> Iterator[Figure]:
    begun = time.perf_counter()
    pairs = 0
    for place, row in enumerate(some):
        bits = np.bitwise_count(row ^ some[place + 1 :]).sum(axis=1)
        pairs += int((bits <= FURTHEST).sum())
    seconds = (time.perf_counter() - begun) * (count / len(some)) ** 2
    groups = int(alike_groups(some, FURTHEST).max()) + 1
    check(that="pairs of the tenth", found=len(some) - groups, expected=pairs)
    note = f"{seconds / ours:,.0f} times ours; measured on {len(some):,} and scaled"
    yield Figure(f"every pair of {count:,} by numpy", seconds, "s", note=note)


def _question(digits: list[str], folder: Path) -> Figure:
    count = len(digits)
    kind = evidence_kind("images")
    columns = {
        name: pa.nulls(count, kind.schema.field(name).type)
        for name in kind.schema.names
    }
    columns |= {
        "input": pa.array([0] * count, pa.int64()),
        "line": pa.array(range(count), pa.int64()),
        "path": pa.array([f"{n}.jpg" for n in range(count)]),
        "device": pa.array([f"phone-{n * PHONES // count}" for n in range(count)]),
        "sha256": pa.array([f"{n:064x}" for n in range(count)]),
        "pdq": pa.array(digits),
        "quality": pa.array([100] * count, pa.int64()),
    }
    path = folder / "images.parquet"
    pq.write_table(pa.table(columns, schema=kind.schema), path)
    begun = time.perf_counter()
    result = run_analysis(NEAR_DUPLICATES, {"images": [path]}, {})
    seconds = time.perf_counter() - begun
    found = result.findings.tables[1].rows.num_rows
    check(that="groups on two handsets", found=found, expected=count // TENTH)
    name = f"the whole question, {count:,} pictures on {PHONES} handsets"
    return Figure(name, seconds, "s", BUDGET_SECONDS)


def _pictures(folder: Path) -> Iterator[Figure]:
    phone = folder / "phone"
    phone.mkdir()
    for number in range(PHOTOGRAPHS):
        large = scene(number).resize((4_000, 3_000))
        large.save(phone / f"{number:03}.jpg", quality=85)
    for layout, many in (("no-words", PHOTOGRAPHS), ("words", READ_FOR_WORDS)):
        for extra in sorted(phone.iterdir())[many:]:
            extra.unlink()
        begun = time.perf_counter()
        out = folder / layout
        reading = read_container("images", [phone], Options(layout), out, _quiet)
        seconds = time.perf_counter() - begun
        check(that="pictures read", found=reading.quarantined, expected=0)
        what = (
            "fingerprint, EXIF and words" if layout == "words" else "fingerprint, EXIF"
        )
        name = f"pictures of 12 megapixels read a second: {what}"
        yield Figure(name, many / seconds, "/s", note=f"{many} pictures")


def _report(folder: Path) -> Iterator[Figure]:
    path = folder / "report.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write('<project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData>')
        file.write('<modelType type="SMS">')
        for number in range(MESSAGES):
            file.write(_message(number))
        file.write("</modelType></decodedData></project>")
    begun = time.perf_counter()
    reading = read_container("messages", [path], Options(""), folder / "out", _quiet)
    seconds = time.perf_counter() - begun
    check(that="messages read", found=reading.loaded, expected=MESSAGES)
    size = path.stat().st_size / 1e6
    note = f"{MESSAGES:,} messages, {size:,.0f} MB of XML in {seconds:.1f} s"
    yield Figure(
        "messages of a UFDR report read a second", MESSAGES / seconds, "/s", note=note
    )


def _message(number: int) -> str:
    minute, hour = number % 60, number // 60 % 24
    return (
        f'<model type="SMS" id="{number}" deleted_state="Intact">'
        '<field name="Folder"><value>Inbox</value></field>'
        f'<field name="Body"><value>message number {number} of many</value></field>'
        f'<field name="TimeStamp"><value>2023-05-12T{hour:02}:{minute:02}:00.000+00:00'
        '</value></field><multiModelField name="Parties"><model type="Party">'
        f'<field name="Identifier"><value>077009001{number % 30 + 10}</value></field>'
        '<field name="Role"><value>From</value></field></model>'
        "</multiModelField></model>"
    )


def _quiet(_share: float, _doing: str) -> None:
    return None


def main() -> int:
    """Print the figures; 1 when one is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.images")
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--json", action="store_true", help="for another program")
    asked = parser.parse_args()
    facts = machine()
    found = []
    if not asked.json:
        print(said(facts), flush=True)
    for figure in figures(asked.pictures):
        found.append(figure)
        if not asked.json:
            print(f"  {figure}", flush=True)
    if asked.json:
        told = {"machine": facts, "figures": [figure.as_json() for figure in found]}
        print(json.dumps(told, indent=2))
    return int(any(figure.over for figure in found))


if __name__ == "__main__":
    sys.exit(main())
