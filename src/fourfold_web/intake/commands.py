"""How does a file come in from a terminal?"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fourfold.base.errors import FourfoldError

if TYPE_CHECKING:
    from fourfold_web.base.models import Officer
    from fourfold_web.intake.outcome import Outcome
    from fourfold_web.intake.services import Told

LOADER = "service-loader"
FAULTS_SHOWN = 20


class NoOfficer(FourfoldError):
    """Nobody signs in by that name."""

    what = "No officer signs in as '{username}'."
    do = "Give the name an officer signs in with, or leave --as out."
    status = 404


@click.command("import")
@click.argument("kind")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=Path)
@click.option("--body", required=True, help="The body that sent it, such as emsou.")
@click.option("--layout", help="A layout's name, or the path of its sheet.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
@click.option(
    "--as", "username", default=LOADER, help="Import as the officer who signs in so."
)
def import_command(
    kind: str,
    files: tuple[Path, ...],
    body: str,
    layout: str | None,
    username: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring in FILEs of rows of one KIND (threats, disruptions, officers ...).

    Each file comes in whole or not at all; rows with faults are kept back and named.
    With --json, one file gives an object and several give a list. A file that cannot
    be read ends the command; those before it are in, and listed.
    """
    outcomes: list[Outcome] = []
    try:
        for file in files:
            outcome = _bring_in(
                file, kind, body, layout=layout, username=username, dry_run=dry_run
            )
            outcomes.append(outcome)
            if not as_json:
                click.echo(said(outcome))
    finally:
        if as_json and outcomes:
            click.echo(_as_json(outcomes, one=len(files) == 1))


def said(outcome: "Outcome") -> str:
    """What stands on the terminal about a delivery, its first faults below?"""
    tally = outcome.tally
    name = outcome.delivery or "Dry run, nothing written"
    lines = [
        f"{name}: {outcome.file}, {tally.rows:,} rows = {tally.loaded:,} loaded"
        f" + {tally.changed:,} changed + {tally.unchanged:,} unchanged"
        f" + {tally.quarantined:,} quarantined (layout {outcome.layout})"
    ]
    for fault in outcome.faults[:FAULTS_SHOWN]:
        where = f"line {fault.line}" + (f", {fault.field}" if fault.field else "")
        value = f" '{fault.value}'" if fault.value else ""
        lines.append(f"  {where}:{value} {fault.fault}. {fault.mend}")
    if len(outcome.faults) > FAULTS_SHOWN:
        more = len(outcome.faults) - FAULTS_SHOWN
        lines.append(f"  and {more:,} more; --json lists them")
    return "\n".join(lines)


def _as_json(outcomes: "list[Outcome]", *, one: bool) -> str:
    shown: list[dict[str, Any]] = [outcome.as_json() for outcome in outcomes]
    return json.dumps(shown[0] if one else shown, ensure_ascii=False, indent=2)


def _bring_in(
    file: Path,
    kind: str,
    body: str,
    *,
    layout: str | None,
    username: str,
    dry_run: bool,
) -> "Outcome":
    from fourfold_web.base.audit import (  # noqa: PLC0415 Django is set up by then
        acting_as,
    )
    from fourfold_web.intake.services import (  # noqa: PLC0415 Django is set up by then
        load_delivery,
    )

    officer = officer_called(username)
    with _progress(file) as told, acting_as(officer):
        return load_delivery(
            actor=officer,
            path=file,
            kind=kind,
            body=body,
            layout=layout,
            dry_run=dry_run,
            told=told,
        )


def officer_called(username: str) -> "Officer":
    """Which officer signs in so?

    Raises:
        NoOfficer: nobody does.
    """
    from fourfold_web.base.models import (  # noqa: PLC0415 Django is set up by then
        Officer,
    )

    found = Officer.objects.filter(username__iexact=username, is_active=True).first()
    if found is None:
        raise NoOfficer(username=username)
    return found


@contextmanager
def _progress(file: Path) -> Iterator["Told | None"]:
    """Show on a terminal how far one file is; elsewhere show nothing."""
    screen = sys.stderr
    if not screen.isatty():
        yield None
        return

    def told(doing: str, count: int) -> None:
        words = "read" if doing == "read" else "brought in"
        screen.write(f"\r{file.name}: {count:,} rows {words}\033[K")
        screen.flush()

    try:
        yield told
    finally:
        screen.write("\r\033[K")
        screen.flush()
