"""How does the made-up region come into an empty database?"""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from fourfold.base.errors import FourfoldError
from fourfold.region.extracts import write
from fourfold.region.make import SEED, make

LOADER = "service-loader"
REPORT = Path(__file__).parent / "data" / "east-midlands-2023.txt"
MANIFEST = "manifest.json"
Told = Callable[[str, int, int], None]
"""Told which file is next, how many rows are in, and how many there will be."""


class NotEmpty(FourfoldError):
    """The database holds deliveries, so the made-up region would mix with them."""

    what = "This database is not empty: it holds {deliveries} deliveries."
    do = "Load the region into a new one: set FOURFOLD_HOME to another folder."
    status = 409


class NoManifest(FourfoldError):
    """A folder is not one that `fourfold region make` wrote."""

    what = "{folder} holds no region: {said}."
    do = "Write one with `fourfold region make --out {folder}`."
    status = 404


@dataclass(frozen=True)
class Loaded:
    """What came in: deliveries, their rows by what became of them, and the report."""

    deliveries: int
    rows: int
    loaded: int
    quarantined: int
    report: str


@click.command("load")
@click.option("--seed", default=SEED, show_default=True, help="Names and days.")
@click.option(
    "--scale",
    default=1,
    show_default=True,
    type=click.IntRange(1, 200),
    help="How many times the rows of kinds that grow.",
)
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that `region make` wrote, instead of making one.",
)
def load_command(seed: int, scale: int, folder: Path | None) -> None:
    """Make the region and bring all of it into an empty database, or none of it."""
    told = _progress()
    if folder is not None:
        loaded = load_region(folder, told)
    else:
        with tempfile.TemporaryDirectory(prefix="fourfold-region-") as made:
            write(make(seed, scale), Path(made), seed=seed)
            loaded = load_region(Path(made), told)
    click.echo(
        f"{loaded.deliveries} files brought in: {loaded.rows:,} rows,"
        f" {loaded.loaded:,} loaded, {loaded.quarantined:,} kept back with faults"
    )
    click.echo(f"The published report is filed as {loaded.report}")


def load_region(folder: Path, told: Told | None = None) -> Loaded:
    """Bring in every file of a region's folder, in the order of its manifest.

    The published report that the region is calibrated to is filed last. All of it is
    one transaction: after a crash nothing is there, and the next try works.

    Args:
        folder: as `fourfold region make` wrote it.
        told: is told before each file how far it is.

    Raises:
        NotEmpty: something was delivered before.
        NoManifest: the folder is not a region's.
        FourfoldError: a file cannot be brought in; the sentence says why.
    """
    from fourfold_web.base.audit import (  # noqa: PLC0415 Django is set up by then
        acting_as,
    )
    from fourfold_web.base.models import Officer  # noqa: PLC0415 as above
    from fourfold_web.inspect.services import file_report  # noqa: PLC0415 as above
    from fourfold_web.intake.models import Delivery  # noqa: PLC0415 as above
    from fourfold_web.intake.services import load_delivery  # noqa: PLC0415 as above
    from fourfold_web.resolve.services import note_people  # noqa: PLC0415 as above

    files = _files(folder)
    total = sum(int(file["rows"]) for file in files)
    rows = loaded = quarantined = 0
    officer = Officer.objects.get(username=LOADER)
    with acting_as(officer):
        before = Delivery.objects.count()
        if before:
            raise NotEmpty(deliveries=before)
        for file in files:
            if told is not None:
                told(file["file"], rows, total)
            outcome = load_delivery(
                actor=officer,
                path=folder / file["file"],
                kind=file["kind"],
                body=file["body"],
                layout=file["layout"],
            )
            rows += outcome.tally.rows
            # An account made before its row came is changed by it.
            loaded += outcome.tally.loaded + outcome.tally.changed
            quarantined += outcome.tally.quarantined
        note_people(actor=officer)
        report = file_report(actor=officer, path=REPORT)
        _take_all_statistics()
    if told is not None:
        told("", rows, total)
    return Loaded(len(files), rows, loaded, quarantined, report.reference)


def _take_all_statistics() -> None:
    """Let the database count what every table holds now.

    Until it does so by itself, a minute later, it takes them all for empty, and a page
    over several of them may never come.
    """
    from django.apps import apps  # noqa: PLC0415 Django is set up by then

    from fourfold_web.intake.bulk import take_statistics  # noqa: PLC0415 as above

    for model in apps.get_models():
        if model.__module__.startswith("fourfold_web."):
            take_statistics(model)


def _files(folder: Path) -> list[dict[str, str]]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: list[dict[str, str]] = manifest["files"]
    except (OSError, ValueError, KeyError) as error:
        said = f"{MANIFEST} is missing or cannot be read"
        raise NoManifest(folder=str(folder), said=said) from error
    return files


def _progress() -> Told | None:
    """Show on a terminal how far the region is; elsewhere show nothing."""
    screen = sys.stderr
    if not screen.isatty():
        return None

    def told(file: str, rows: int, total: int) -> None:
        done = rows * 100 // max(total, 1)
        screen.write(f"\r{done:3d}%  {rows:,} of {total:,} rows  {file}\033[K")
        if not file:
            screen.write("\r\033[K")
        screen.flush()

    return told
