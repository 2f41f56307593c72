"""How does evidence come in from a disk, when it is too large for a browser?"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fourfold.base.codes import CODES
from fourfold.base.errors import FourfoldError
from fourfold.intake.evidence import EVIDENCE
from fourfold_web.intake.commands import officer_called

if TYPE_CHECKING:
    from fourfold_web.base.models import Officer
    from fourfold_web.intake.evidence.models import Authority, EvidenceFile

HANDSET = "handset"
PIECE = 1 << 24


class NoSuchAuthority(FourfoldError):
    """No authority with that number may be seen."""

    what = "There is no authority '{number}' that {officer} may see."
    do = "Record it on the site first, or leave it out: the files are then kept back."
    status = 404


class NoSuchWall(FourfoldError):
    """The officer belongs to no compartment of that name."""

    what = "{officer} belongs to no compartment called '{compartment}'."
    do = "Use one of: {known}."
    status = 403


class NotCopied(FourfoldError):
    """A file could not be read, or there was no room for it."""

    what = "{file} could not be copied: {said}."
    do = "Nothing was recorded. See to it, then add the files again."
    status = 507


@click.group("evidence")
def evidence() -> None:
    """Evidence for the site, from this machine's disks."""


@evidence.command("add")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--as", "username", required=True, help="The officer who signs in so.")
@click.option("--kind", required=True, type=click.Choice([*EVIDENCE, HANDSET]))
@click.option("--why", required=True, help="What the evidence is needed for.")
@click.option("--authority", default="", help="Number of the authority, as recorded.")
@click.option(
    "--classification",
    default="official_sensitive",
    show_default=True,
    help="Marking of the files.",
)
@click.option("--compartment", "walls", multiple=True, help="Only its members see it.")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
def add_command(
    files: tuple[Path, ...],
    username: str,
    kind: str,
    why: str,
    authority: str,
    classification: str,
    walls: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Take FILEs in as the site does, of any size: all of them, or none.

    Each is copied; yours stays where it is. Without the authority that its kind needs
    a file is kept back. Somebody confirms on the site how it is to be read.
    """
    from fourfold_web.base.audit import (  # noqa: PLC0415 Django is set up by then
        acting_as,
    )
    from fourfold_web.intake.evidence.services import (  # noqa: PLC0415 as above
        take_in_all,
    )

    officer = officer_called(username)
    with acting_as(officer):
        said: dict[str, Any] = {
            "kind": kind,
            "why": why,
            "authority": _authority(officer, authority),
            "classification": _classification(classification),
            "compartments": _walls(officer, walls),
        }
    with _copied(files) as arrived, acting_as(officer):
        made = take_in_all(actor=officer, arrived=arrived, **said)
    rows = [_row(one) for one in made]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("{reference} {name}: {state}, /evidence/{reference}/".format(**row))


@contextmanager
def _copied(files: tuple[Path, ...]) -> Iterator[list[tuple[str, str]]]:
    """Copies of the files on the disk of evidence; what is left of them is removed."""
    from fourfold_web.intake.evidence.store import (  # noqa: PLC0415 Django is set up
        incoming_folder,
    )

    with tempfile.TemporaryDirectory(dir=incoming_folder()) as folder:
        arrived = []
        for number, file in enumerate(files):
            copy = Path(folder, f"{number}.part")
            _copy(file, copy)
            arrived.append((str(copy), file.name))
        yield arrived


def _copy(file: Path, copy: Path) -> None:
    """Copy a piece at a time; on a terminal a bar shows how far it is."""
    hidden = not sys.stderr.isatty()
    try:
        size = file.stat().st_size
        free = shutil.disk_usage(copy.parent).free
        if size > free:
            said = f"it has {size:,} bytes and {free:,} are free"
            raise NotCopied(file=str(file), said=said)
        with (
            file.open("rb") as source,
            copy.open("wb") as target,
            click.progressbar(
                length=size, label=file.name, file=sys.stderr, hidden=hidden
            ) as bar,
        ):
            while piece := source.read(PIECE):
                target.write(piece)
                bar.update(len(piece))
    except OSError as error:
        raise NotCopied(file=str(file), said=error.strerror or str(error)) from error


def _authority(officer: "Officer", number: str) -> "Authority | None":
    from fourfold_web.intake.evidence.queries import (  # noqa: PLC0415 as above
        visible_authorities,
    )

    if not number:
        return None
    found = visible_authorities(officer).filter(number=number).first()
    if found is None:
        raise NoSuchAuthority(number=number, officer=str(officer))
    return found


def _walls(officer: "Officer", walls: tuple[str, ...]) -> list[str]:
    from fourfold_web.intake.evidence.queries import (  # noqa: PLC0415 as above
        compartments_of,
    )

    known = dict(compartments_of(officer))
    for wall in walls:
        if wall not in known:
            said = ", ".join(known) or "none"
            raise NoSuchWall(officer=str(officer), compartment=wall, known=said)
    return list(walls)


def _classification(said: str) -> str:
    known = [key for key, _words in CODES["classification"].choices()]
    if said not in known:
        raise click.UsageError(f"--classification is one of {', '.join(known)}.")
    return said


def _row(file: "EvidenceFile") -> dict[str, Any]:
    return {
        "reference": file.reference,
        "name": file.name,
        "kind": file.kind,
        "sha256": file.sha256,
        "size": file.size,
        "state": file.says.lower(),
    }
