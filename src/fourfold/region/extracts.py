"""Which files would the six bodies' systems send, dirt and all?"""

import json
import random
from pathlib import Path
from typing import Any

import fourfold.intake
from fourfold.intake.layout import Layout, read_layout
from fourfold.region.cells import Printer, printed, printers, stray
from fourfold.region.make import ORDER
from fourfold.region.prints import print_file
from fourfold.region.rows import BODIES, TODAY, Row, Rows, dice, turn
from fourfold.region.slips import copied, slips_of

LAYOUTS = Path(fourfold.intake.__file__).parent / "layouts"
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "jsonl": ".jsonl", "xml": ".xml"}
NATIONAL = "national-list"
UNKNOWN = ("N/K", "Not known", "n/k")
# Of a thousand cells or rows: texts with stray spaces, empty cells that say "unknown",
# rows sent twice.
STRAY, SAID_UNKNOWN, TWICE = 15, 20, 4
MOST_TWICE = 12
NEVER_UNKNOWN = ("classification", "compartments", "shared_with", "ref")


def write(rows: Rows, out_dir: Path, *, seed: int) -> list[dict[str, Any]]:
    """Write the extracts of six bodies and of the national list, and a manifest.

    Args:
        rows: as `make` gives them.
        out_dir: made if absent; files of the same names are replaced.
        seed: of the dirt: stray spaces, unknown words, rows sent twice.

    Returns:
        One record a file in the order in which to bring them in, as in manifest.json:
        file (from `out_dir`), kind, body, layout, rows (printed), good, twice, faulty.
    """
    files = []
    for kind in ORDER:
        for body in BODIES:
            mine = [r for r in rows[kind] if r["body"] == body]
            if mine:
                files.append(_extract(mine, rows, kind, body, out_dir, seed))
    manifest = {"clock": TODAY.isoformat(), "seed": seed, "files": files}
    text = json.dumps(manifest, indent=2) + "\n"
    (out_dir / "manifest.json").write_text(text, encoding="utf-8")
    return files


def _extract(
    mine: list[Row], rows: Rows, kind: str, body: str, out_dir: Path, seed: int
) -> dict[str, Any]:
    layout = read_layout(LAYOUTS / body / f"{kind}.toml")
    rng = dice(seed, body, kind, "dirt")
    by_field = printers(layout)
    lines = [_dirtied(rng, printed(r, by_field), layout) for r in mine]
    lines, twice = _some_twice(rng, lines)
    faulty = _faulty(rows, kind, body, layout, by_field)
    for line in faulty:
        lines.insert(rng.randint(len(lines) // 2, len(lines)), line)
    folder = "national" if kind == NATIONAL else body
    name = f"{folder}/{kind}{ENDINGS[layout.format]}"
    print_file(layout, lines, out_dir / name)
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


def _dirtied(rng: random.Random, cells: list[Any], layout: Layout) -> list[Any]:
    """Stray spaces in texts, and a word for unknown in some empty optional cells."""
    # One draw decides about most rows at once: drawing for each cell is slow.
    if rng.random() > (STRAY + SAID_UNKNOWN) * len(cells) / 1000:
        return cells
    names = list(layout.columns)
    place = rng.randrange(len(cells))
    field, cell = layout.kind.fields[names[place]], cells[place]
    if cell == "" and not field.required and field.name not in NEVER_UNKNOWN:
        cells[place] = turn(UNKNOWN, rng.randrange(len(UNKNOWN)))
    elif isinstance(cell, str) and cell:
        cells[place] = stray(rng, cell)
    return cells


def _some_twice(
    rng: random.Random, lines: list[list[Any]]
) -> tuple[list[list[Any]], int]:
    twice = min(len(lines) * TWICE // 1000, MOST_TWICE)
    again = list(lines)
    for line in rng.sample(lines, twice):
        again.insert(rng.randint(0, len(again)), line)
    return again, twice


def _faulty(
    rows: Rows, kind: str, body: str, layout: Layout, by_field: dict[str, Printer]
) -> list[list[Any]]:
    made = []
    for number, slip in enumerate(slips_of(body, kind), start=1):
        line = printed(copied(slip, rows, number), by_field)
        line[list(layout.columns).index(slip.field)] = slip.cell
        made.append(line)
    return made
