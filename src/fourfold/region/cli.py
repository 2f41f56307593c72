"""How is the made-up region written from a terminal?"""

import json
import sys
from pathlib import Path
from typing import Any

import click

from fourfold.base.errors import FourfoldError
from fourfold.region.extracts import write
from fourfold.region.make import SEED, make
from fourfold.region.rows import Rows


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
@click.option(
    "--json", "as_json", is_flag=True, help="Print the list of files as JSON."
)
def make_command(out: Path, seed: int, scale: int, *, as_json: bool) -> None:
    """Write what six bodies' systems would send, and a manifest."""
    try:
        files = _written(make(seed, scale), out, seed)
    except FourfoldError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(files, indent=2))
        return
    for file in files:
        click.echo(f"{file['file']}: {file['rows']:,} rows, {file['faulty']} faulty")
    total = sum(file["rows"] for file in files)
    click.echo(f"{len(files)} files, {total:,} rows, written to {out}")


@region.command("evidence")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write; made if absent.",
)
def evidence_command(out: Path) -> None:
    """Write bulk evidence of an invented drug line.

    Calls, a handset, pictures, a survey, plate reads, a bank statement and who is who.
    Its numbers lie in the range kept for drama. Which phones were replaced is planted.
    """
    from fourfold.region.bulk.everything import write_everything  # noqa: PLC0415 Slow

    truth = write_everything(out)
    for folder in sorted(path for path in out.iterdir() if path.is_dir()):
        for file in sorted(folder.iterdir()):
            click.echo(f"{file.relative_to(out)}")
    for old, new in truth.items():
        click.echo(f"planted: {new} replaced {old}")


def _written(rows: Rows, out: Path, seed: int) -> list[dict[str, Any]]:
    """Write the files; on a terminal a bar shows how far it is."""
    total = sum(map(len, rows.values()))
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=total, label="Writing", file=sys.stderr, hidden=hidden
    ) as bar:
        return write(rows, out, seed=seed, told=lambda _file, count: bar.update(count))
