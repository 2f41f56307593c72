"""How does a command of the terminal get its database?"""

from collections.abc import Callable
from copy import copy
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
    """The same command with the database made ready first; the stage's own stays."""
    mounted = copy(command)
    if command.callback is not None:
        mounted.callback = with_database(command.callback)
    return mounted
