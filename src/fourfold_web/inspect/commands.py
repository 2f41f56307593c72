"""What would an inspector find today, from a terminal?"""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fourfold_web.inspect.models import Report

DAY = click.DateTime(["%Y-%m-%d"])
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("inspect")
@click.option("--as-at", type=DAY, help="The day asked about; today if left out.")
@click.option("--region", "region_key", default="east-midlands", show_default=True)
@click.option(
    "--body", "bodies", multiple=True, help="Only this body; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
def inspect_command(
    as_at: datetime | None,
    region_key: str,
    bodies: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Say of each failure that inspectors know whether they would find it today."""
    from fourfold_web.base.audit import acting_as  # noqa: PLC0415 Django is set up
    from fourfold_web.base.clock import today  # noqa: PLC0415 as above
    from fourfold_web.inspect import queries  # noqa: PLC0415 as above
    from fourfold_web.measure.queries import counting_officer  # noqa: PLC0415 as above

    day = as_at.date() if as_at else today()
    with acting_as(counting_officer()):
        found = queries.answers(region_key, day, list(bodies) or None)
    if as_json:
        click.echo(json.dumps([answer.to_json() for answer in found], indent=2))
        return
    for answer in found:
        tied = f"  {answer.finding}" if answer.finding else ""
        click.echo(f"{answer.rule}  {answer.body:<17} {answer.answer}{tied}")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=EXISTING)
@click.option(
    "--as", "username", default="service-loader", help="File as this officer."
)
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
def report_import_command(
    files: tuple[Path, ...], username: str, *, as_json: bool
) -> None:
    """File published reports from FILEs in the register."""
    from fourfold_web.base.audit import acting_as  # noqa: PLC0415 Django is set up
    from fourfold_web.base.models import Officer  # noqa: PLC0415 as above
    from fourfold_web.inspect.services import file_report  # noqa: PLC0415 as above

    officer = Officer.objects.get(username=username)
    shown = []
    for file in files:
        with acting_as(officer):
            shown.append(_counts(file_report(actor=officer, path=file)))
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for one in shown:
        click.echo(
            f"{one['report']}: {one['title']}. {one['judgments']} judgments,"
            f" {one['findings']} findings, {one['recommendations']} recommendations,"
            f" {one['figures']} figures"
        )


def _counts(report: "Report") -> dict[str, str | int]:
    return {
        "report": report.reference,
        "title": report.title,
        "judgments": report.judgments.count(),
        "findings": report.findings.count(),
        "recommendations": report.recommendations.count(),
        "figures": report.reportfigures.count(),
    }
