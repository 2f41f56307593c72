"""What can be asked of Fourfold from a terminal?

Mounts the library's own commands and those of each stage. Exit status: 0 good, 1 our
error in one line, 2 wrong usage.
"""

import json
import sys
from typing import Any

import click

from fourfold.base.errors import FourfoldError
from fourfold_web.desk.readiness import data_home
from fourfold_web.desk.up import start_site
from fourfold_web.desk.with_database import with_database


class OneLineErrors(click.Group):
    """A group whose commands end in one line when Fourfold says no."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn our own errors into one line and exit status 1."""
        try:
            return super().invoke(ctx)
        except FourfoldError as error:
            raise click.ClickException(str(error)) from error


class MainCommands(OneLineErrors):
    """The commands of this file, and those of the stages once one of them is wanted.

    Importing every stage takes seconds, which `up` and its workers need not wait for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Which commands are there? In the order of their names."""
        return sorted([*super().list_commands(ctx), *_of_the_stages()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Which command has this name? `None`: no such command."""
        own = super().get_command(ctx, cmd_name)
        return own if own is not None else _of_the_stages().get(cmd_name)


def _of_the_stages() -> dict[str, click.Command]:
    from fourfold_web.desk.mounted import COMMANDS  # noqa: PLC0415 Imports every stage

    return COMMANDS


@click.group(cls=MainCommands, context_settings={"max_content_width": 100})
@click.version_option(package_name="fourfold")
def main() -> None:
    """One picture of serious and organised crime for a region of police forces."""


@main.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True)
def up(host: str, port: int) -> None:
    """Start the site: database, demonstration region when new, pages."""
    start_site(home=data_home(), host=host, port=port, tell=click.echo)


@main.command("work")
@with_database
def work_command() -> None:
    """Read evidence and answer questions that wait, where `up` does not do it."""
    from fourfold_web.desk.worker import work_on  # noqa: PLC0415 Django is set up

    work_on()


@main.group(cls=OneLineErrors)
def audit() -> None:
    """The change log."""


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
@with_database
def verify_command(*, as_json: bool) -> None:
    """Find any altered, removed or re-ordered line of the change log, and name it."""
    from fourfold_web.base.verify import verify_log  # noqa: PLC0415 Django is set up

    verdict = verify_log(data_home() / "seals.txt")
    if as_json:
        shown = {
            "whole": verdict.whole,
            "lines": verdict.lines,
            "head": verdict.head,
            "breaks": [{"line": b.line, "says": b.says} for b in verdict.breaks],
        }
        click.echo(json.dumps(shown, indent=2))
    elif verdict.whole:
        click.echo(f"The change log is whole: {verdict.lines:,} lines, none altered.")
    else:
        for found in verdict.breaks:
            click.echo(f"Line {found.line}: {found.says}.")
    sys.exit(0 if verdict.whole else 1)


@main.command("code")
@click.argument("username")
@with_database
def code_command(username: str) -> None:
    """Print a demonstration officer's second-factor code, good for 30 seconds."""
    from fourfold_web.base.demo import code_now  # noqa: PLC0415 Django is set up

    click.echo(code_now(username))
