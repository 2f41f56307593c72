"""How are the people of every body noted from a terminal?"""

import click

LOADER = "service-loader"


@click.group("resolve")
def resolve() -> None:
    """Who is who across bodies."""


@resolve.command("people")
def people_command() -> None:
    """Note everybody whom deliveries name, and find who may be one person."""
    from fourfold_web.base.audit import acting_as  # noqa: PLC0415 Django is set up
    from fourfold_web.base.models import Officer  # noqa: PLC0415 as above
    from fourfold_web.resolve.services import note_people  # noqa: PLC0415 as above

    officer = Officer.objects.get(username=LOADER)
    with acting_as(officer):
        noted = note_people(actor=officer)
    click.echo(
        f"{noted.people:,} people noted, {noted.changed:,} changed;"
        f" {noted.pairs:,} new pairs may be one person"
    )
