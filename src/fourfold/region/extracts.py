"""Which files would the six bodies' systems send, dirt and all?"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fourfold.intake
from fourfold.base.errors import FourfoldError
from fourfold.intake.layout import Layout, read_layout
from fourfold.intake.layout_writer import Raw, raw_row, write_raw
from fourfold.region.make import ORDER
from fourfold.region.rows import BODIES, TODAY, Row, Rows, dice
from fourfold.region.slips import copied, slips_of

LAYOUTS = Path(fourfold.intake.__file__).parent / "layouts"
NATIONAL = "national-list"
UNKNOWN = ("N/K", "Not known", "n/k")
# Of a thousand cells or rows: texts with stray spaces, empty cells that say "unknown",
# rows sent twice.
STRAY, SAID_UNKNOWN, TWICE = 15, 20, 4
MOST_TWICE = 12
NEVER_UNKNOWN = ("classification", "ref")
POUNDS = ("emsou", "derbyshire")
"""Bodies that write money as £1,234.50."""
FOOTER = ("Total rows", "{rows}")


Told = Callable[[str, int], None]
"""Told the file that is next and how many rows it was made of."""


class CannotWrite(FourfoldError):
    """The folder for the extracts cannot be written."""

    what = "The extracts cannot be written to {folder}: {said}."
    do = "Name a folder that you may write, on a disk with room."
    status = 500


def write(
    rows: Rows, out_dir: Path, *, seed: int, told: Told | None = None
) -> list[dict[str, Any]]:
    """Write the extracts of six bodies and of the national list, and a manifest.

    Args:
        rows: as `make` gives them.
        out_dir: made if absent; files of the same names are replaced.
        seed: of the dirt: stray spaces, unknown words, rows sent twice.
        told: is told before each file.

    Returns:
        One record a file in the order in which to bring them in, as in manifest.json:
        file (from `out_dir`), kind, body, layout, rows (printed), good, twice, faulty.

    Raises:
        CannotWrite: the folder or a file in it cannot be written.
    """
    try:
        return _write(rows, out_dir, seed, told or _silent)
    except OSError as error:
        said = error.strerror or str(error)
        raise CannotWrite(folder=str(out_dir), said=said) from error


def _silent(_file: str, _rows: int) -> None:
    return None


def _write(rows: Rows, out_dir: Path, seed: int, told: Told) -> list[dict[str, Any]]:
    out_dir.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in ORDER:
        for body in BODIES:
            mine = [r for r in rows[kind] if r["body"] == body]
            if mine:
                told(f"{body} {kind}", len(mine))
                files.append(_extract(mine, rows, kind, out_dir=out_dir, seed=seed))
    manifest = {"clock": TODAY.isoformat(), "seed": seed, "files": files}
    text = json.dumps(manifest, indent=2) + "\n"
    (out_dir / "manifest.json").write_text(text, encoding="utf-8")
    return files


def _extract(
    mine: list[Row], rows: Rows, kind: str, *, out_dir: Path, seed: int
) -> dict[str, Any]:
    body = mine[0]["body"]
    layout = read_layout(LAYOUTS / body / f"{kind}.toml")
    rng = dice(seed, body, kind, "dirt")
    lines = [_dirtied(rng, raw_row(row, layout), layout) for row in mine]
    lines, twice = _some_twice(rng, lines)
    faulty = _faulty(rows, kind, body, layout)
    for line in faulty:
        lines.insert(rng.randint(len(lines) // 2, len(lines)), line)
    folder = "national" if kind == NATIONAL else body
    name = f"{folder}/{kind}.{layout.format}"
    write_raw(lines, layout, out_dir / name, footer=FOOTER if _foots(layout) else ())
    return {
        "file": name,
        "kind": kind,
        "body": body,
        "layout": layout.name,
        "rows": len(lines),
        "good": len(mine),
        "twice": twice,
        "faulty": len(faulty),
    }


def _foots(layout: Layout) -> bool:
    return bool(layout.footer.starts)


def _dirtied(rng: random.Random, raw: Raw, layout: Layout) -> Raw:
    """Stray spaces in texts, a word for unknown in some empty cells, pound signs."""
    if layout.body in POUNDS:
        _pounds(raw, layout)
    # One draw decides about most rows at once: drawing for each cell is slow.
    if rng.random() > (STRAY + SAID_UNKNOWN) * len(raw) / 1000:
        return raw
    name, column = rng.choice(list(layout.columns.items()))
    field, heading = layout.kind.fields[name], column.headings[0]
    cell = raw[heading]
    if cell is None and not field.required and name not in NEVER_UNKNOWN:
        raw[heading] = rng.choice(UNKNOWN)
    elif isinstance(cell, str) and cell:
        raw[heading] = _stray(rng, cell)
    return raw


def _pounds(raw: Raw, layout: Layout) -> None:
    for name, column in layout.columns.items():
        if layout.kind.fields[name].type == "money" and raw[column.headings[0]]:
            raw[column.headings[0]] = f"£{float(raw[column.headings[0]]):,.2f}"


def _stray(rng: random.Random, text: str) -> str:
    return rng.choice((f"  {text}", f"{text} ", f" {text}  ", text.replace(" ", "  ")))


def _some_twice(rng: random.Random, lines: list[Raw]) -> tuple[list[Raw], int]:
    twice = min(len(lines) * TWICE // 1000, MOST_TWICE)
    again = list(lines)
    for line in rng.sample(lines, twice):
        again.insert(rng.randint(0, len(again)), line)
    return again, twice


def _faulty(rows: Rows, kind: str, body: str, layout: Layout) -> list[Raw]:
    made = []
    for number, slip in enumerate(slips_of(body, kind), start=1):
        raw = raw_row(copied(slip, rows, number), layout)
        raw[layout.columns[slip.field].headings[0]] = slip.cell
        made.append(raw)
    return made
