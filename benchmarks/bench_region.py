"""How fast is the region made, and brought into an empty database?

Two peers in the same run: the floor (DuckDB reads the same CSV files, COPY into bare
tables) and Django's own `bulk_create` of the same disruptions without any check.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, check, of_runs
from benchmarks.floor import copied
from benchmarks.processes import Run, fourfold, python
from benchmarks.regions import Regions
from fourfold_web.desk.embedded import Server, create_database, drop_database

AIM_ROWS_A_SECOND = 5_000
QUICK_RUNS = 3
YEAR = ("--from", "2021-06-01", "--to", "2022-05-31")
PUBLISHED = {
    ("led", "emsou"): 533,
    ("led_drugs_firearms", "emsou"): 128,
    ("supported", "emsou"): 243,
    ("led", "derbyshire"): 127,
    ("led", "nottinghamshire"): 113,
    ("led", "lincolnshire"): 39,
    ("lead_officers", "leicestershire"): 4,
    ("vehicles_stopped", "leicestershire"): 801,
}


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Make and bring in, at scale 1, and at scale 20 when all is asked for."""
    for scale in (1, 20) if full else (1,):
        runs = QUICK_RUNS if scale == 1 else 1
        made = [_make(regions, scale) for _ in range(runs)]
        rows = sum(file["rows"] for file in regions.manifest(scale))
        yield from _of(f"scale {scale}: make {rows:,} rows and write 134 files", made)
        yield from _brought_in(regions, scale, rows, runs)


def _make(regions: Regions, scale: int) -> Run:
    words = ("region", "make", "--scale", str(scale), "--out")
    place = regions.folder / f"region-{scale}"
    return fourfold(*words, str(place), home=regions.folder / "unused")


def _brought_in(regions: Regions, scale: int, rows: int, runs: int) -> Iterator[Figure]:
    loads: list[Run] = []
    for _ in range(runs):
        with regions.empty(f"try-{scale}") as (home, server):
            extracts = str(regions.extracts(scale))
            loads.append(python("benchmarks.load_region", extracts, home=home))
            if len(loads) < runs:
                continue
            said = json.loads(loads[-1].said.splitlines()[-1])
            check(that="rows that arrived", found=said["rows"], expected=rows)
            if scale == 1:
                _check_figures(home)
            yield from _of(f"scale {scale}: bring them in", loads)
            seconds = [json.loads(r.said.splitlines()[-1])["seconds"] for r in loads]
            yield Figure(
                f"scale {scale}: brought in, all files in one transaction",
                rows / sorted(seconds)[len(seconds) // 2],
                "rows/s",
                AIM_ROWS_A_SECOND if scale > 1 else None,
                more_is_better=True,
            )
            yield _against_floor(regions, scale, said["by_file"], server)
            yield _against_django(scale, said["by_file"], home)


def _of(name: str, runs: list[Run]) -> Iterator[Figure]:
    yield of_runs(name, [run.seconds for run in runs], "s")
    yield of_runs(
        "  processor time, server included", [r.cpu_seconds for r in runs], "s"
    )
    yield of_runs("  most memory, all processes", [r.peak_mb for r in runs], "MB")


def _check_figures(home: Path) -> None:
    """The figures that inspectors published come out of the rows that came in."""
    said = fourfold("measures", *YEAR, "--json", home=home).said
    found = {(f["key"], f["body"]): f["numerator"] for f in json.loads(said)}
    for (key, body), expected in PUBLISHED.items():
        check(that=f"{key} of {body}", found=found[key, body], expected=expected)


def _against_floor(
    regions: Regions, scale: int, by_file: dict[str, float], server: Server
) -> Figure:
    files = [f for f in regions.manifest(scale) if f["file"].endswith(".csv")]
    drop_database(server, "floor")
    create_database(server, "floor")
    owner = server.url("fourfold_owner", "floor")
    floor = copied(owner, regions.extracts(scale), files)
    ours = sum(by_file[file["file"]] for file in files)
    rows = sum(file["rows"] for file in files)
    note = f"{ours:.1f} s for {rows:,} rows against {floor.seconds:.1f} s"
    return Figure(
        f"scale {scale}: CSV files against DuckDB and COPY of text",
        ours / floor.seconds,
        "times",
        note=note,
    )


def _against_django(scale: int, by_file: dict[str, float], home: Path) -> Figure:
    said = python("benchmarks.plain_django", home=home).said
    plain = json.loads(said.splitlines()[-1])
    ours = sum(s for file, s in by_file.items() if "/disruptions." in file)
    note = f"{ours:.1f} s against {plain['seconds']:.1f} s, {plain['rows']:,} rows"
    return Figure(
        f"scale {scale}: disruptions against bulk_create unchecked",
        ours / plain["seconds"],
        "times",
        note=f"{note}; ours read and check the files too",
    )
