"""What can be asked of Fourfold from a terminal?

Mounts the library's own commands and those of each stage. Exit status: 0 good, 1 our
error in one line, 2 wrong usage.
"""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from fourfold.base.errors import FourfoldError
from fourfold.inspect.cli import report
from fourfold.region.cli import region
from fourfold_web.desk.readiness import data_home, ready_site
from fourfold_web.desk.region_load import load_command
from fourfold_web.desk.up import start_site
from fourfold_web.inspect.commands import inspect_command, report_import_command
from fourfold_web.intake.commands import import_command
from fourfold_web.measure.commands import measures_command, rows_command


class OneLineErrors(click.Group):
    """A group whose commands end in one line when Fourfold says no."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn our own errors into one line and exit status 1."""
        try:
            return super().invoke(ctx)
        except FourfoldError as error:
            raise click.ClickException(str(error)) from error


def with_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command with the database ready."""

    @wraps(command)
    def ready(*args: Any, **kwargs: Any) -> Any:
        with ready_site(data_home(), lambda said: click.echo(said, err=True)):
            return command(*args, **kwargs)

    return ready


def after_ready(command: click.Command) -> click.Command:
    """Have a stage's command run with the database ready."""
    if command.callback is not None:
        command.callback = with_database(command.callback)
    return command


@click.group(cls=OneLineErrors, context_settings={"max_content_width": 100})
@click.version_option(package_name="fourfold")
def main() -> None:
    """One picture of serious and organised crime for a region of police forces."""


main.add_command(report)
main.add_command(region)
main.add_command(after_ready(import_command))
region.add_command(after_ready(load_command))
main.add_command(after_ready(measures_command))
main.add_command(after_ready(rows_command))
main.add_command(after_ready(inspect_command))
report.add_command(after_ready(report_import_command))


@main.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=8000, show_default=True)
def up(host: str, port: int) -> None:
    """Start the site: database, demonstration region when new, pages."""
    start_site(home=data_home(), host=host, port=port, tell=click.echo)


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
