"""How is the made-up region written from a terminal?"""

from pathlib import Path

import click

from fourfold.region.extracts import write
from fourfold.region.make import SEED, make


@click.group()
def region() -> None:
    """The made-up East Midlands: invented rows that give the published figures."""


@region.command("make")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write; made if absent.",
)
@click.option("--seed", default=SEED, show_default=True, help="Names and days.")
@click.option(
    "--scale",
    default=1,
    show_default=True,
    type=click.IntRange(1, 200),
    help="How many times the rows of kinds that grow.",
)
def make_command(out: Path, seed: int, scale: int) -> None:
    """Write what six bodies' systems would send, and a manifest."""
    files = write(make(seed, scale), out, seed=seed)
    for file in files:
        click.echo(f"{file['file']}: {file['rows']:,} rows, {file['faulty']} faulty")
    total = sum(file["rows"] for file in files)
    click.echo(f"{len(files)} files, {total:,} rows, written to {out}")
