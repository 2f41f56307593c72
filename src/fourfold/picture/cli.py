"""How is evidence asked from a terminal? A group an area, a command a question.

The commands of an area are made when somebody wants one of them: what the analyses
need takes seconds to load, which other commands need not wait for.
"""

from typing import Any

import click

from fourfold.base.errors import FourfoldError

AREAS = {
    "calls": "Call records: who was in touch with whom, from where, with which phone.",
    "messages": "Messages of handsets and accounts: what was said, by whom, to whom.",
    "images": "Pictures by their fingerprints: near the same, when and where.",
    "survey": "Radio surveys: which cell serves where, and how well.",
    "vehicles": "Plate reads and lists of vehicles: where, with whom, how often.",
    "joined": "All kinds of evidence together: who was where, and when.",
}
"""What each group of commands is about."""


class AreaGroup(click.Group):
    """The questions of one area; each ends in one line when we say no."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's)
        """Which commands are there? Questions first, in the order of the area."""
        self._make()
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Which command has this name? `None`: no such command."""
        self._make()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn our own errors into one line and exit status 1."""
        try:
            return super().invoke(ctx)
        except FourfoldError as error:
            raise click.ClickException(" ".join(str(error).split())) from error

    def _make(self) -> None:
        if not self.commands:
            from fourfold.picture.questions import (  # noqa: PLC0415 Takes seconds
                area_commands,
            )

            self.commands.update(area_commands(str(self.name)))


def area_groups() -> tuple[click.Group, ...]:
    """One group for each area of evidence."""
    return tuple(area_group(area) for area in AREAS)


def area_group(area: str) -> click.Group:
    """The commands of one area."""
    return AreaGroup(area, help=AREAS[area])
