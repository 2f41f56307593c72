"""What do the measures say, from a terminal?"""

import json
from datetime import datetime

import click

from fourfold.measure.figures import Figure

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("measures")
@click.option("--region", "region_key", default="east-midlands", show_default=True)
@click.option("--from", "first", type=DAY, required=True, help="First day, included.")
@click.option("--to", "last", type=DAY, required=True, help="Last day, included.")
@click.option(
    "--as-at", type=DAY, help="Day for what stands; the last day if left out."
)
@click.option(
    "--body", "bodies", multiple=True, help="Only this body; may be repeated."
)
@click.option(
    "--key", "keys", multiple=True, help="Only this measure; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
def measures_command(
    region_key: str,
    first: datetime,
    last: datetime,
    as_at: datetime | None,
    bodies: tuple[str, ...],
    keys: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Print each measure for each body of a region, computed from its rows."""
    from fourfold_web.base.audit import acting_as  # noqa: PLC0415 Django is set up
    from fourfold_web.measure import queries  # noqa: PLC0415 as above

    period = queries.Period(first.date(), last.date(), (as_at or last).date())
    with acting_as(queries.counting_officer()):
        found = queries.regional_figures(
            region_key, period, bodies=list(bodies) or None, keys=list(keys) or None
        )
    if as_json:
        click.echo(json.dumps([figure.to_json() for figure in found], indent=2))
    else:
        for figure in found:
            click.echo(f"{figure.body:<18}{in_words(figure):>24}  {figure.says}")


@click.command("rows")
@click.argument("key")
@click.option("--body", required=True, help="A body, or a region for all its bodies.")
@click.option("--from", "first", type=DAY, help="First day; a year before the last.")
@click.option("--to", "last", type=DAY, help="Last day; the end of last month.")
@click.option(
    "--as-at", type=DAY, help="Day for what stands; the last day if left out."
)
@click.option(
    "--part", type=click.Choice(["numerator", "denominator"]), default="numerator"
)
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
def rows_command(
    key: str,
    body: str,
    first: datetime | None,
    last: datetime | None,
    as_at: datetime | None,
    part: str,
    *,
    as_json: bool,
) -> None:
    """List the references of the rows behind one figure."""
    from fourfold_web.base.audit import acting_as  # noqa: PLC0415 Django is set up
    from fourfold_web.measure import queries  # noqa: PLC0415 as above

    usual = queries.year_to_today()
    end = last.date() if last else usual.last
    start = (
        first.date()
        if first
        else (usual.first if not last else queries.first_of_year_to(end))
    )
    period = queries.Period(start, end, as_at.date() if as_at else end)
    officer = queries.counting_officer()
    with acting_as(officer):
        rows = queries.rows_of_figure(officer, key, body, period, part=part).rows
    references = [str(row["reference"]) for row in rows]
    click.echo(json.dumps(references, indent=2) if as_json else "\n".join(references))


def in_words(figure: Figure) -> str:
    """How is a figure said with its base? "128 of 533 (24%)"; unknown: "not known"."""
    if figure.value is None:
        return "not known" if not figure.numerator else f"{figure.numerator:,}"
    if figure.unit == "share":
        return (
            f"{figure.numerator:,} of {figure.denominator:,}"
            f" ({round(100 * figure.value)}%)"
        )
    return f"{figure.value:,} {figure.unit}"
