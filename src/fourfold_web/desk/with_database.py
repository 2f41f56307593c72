"""How does a command of the terminal get its database?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from fourfold_web.desk.readiness import data_home, ready_site


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
