"""What can be typed in a terminal? Made from the commands themselves."""

import re
from collections.abc import Iterator
from itertools import takewhile

import click

OPENING = """# Commands

<!-- Made from the commands by `python -m checks.generated`. -->

Type `.venv/bin/fourfold` in the folder of the code. Exit status: 0 good, 1 an error of
ours in one line, 2 wrong usage. What `--json` prints is a [promise to other
programs](interfaces.md).

"""


def pages() -> dict[str, str]:
    """The page of all commands."""
    from fourfold_web.desk.cli import main  # noqa: PLC0415 Imports every stage

    root = click.Context(main, info_name="fourfold")
    text = OPENING + "\n".join(_entries(main, root))
    return {"reference/commands.md": re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"}


def _entries(command: click.Command, ctx: click.Context) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield from _entry(command, ctx)
        return
    for name in command.list_commands(ctx):
        under = command.get_command(ctx, name)
        if under is not None:
            yield from _entries(under, click.Context(under, info_name=name, parent=ctx))


def _entry(command: click.Command, ctx: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(ctx))
    yield f"## {ctx.command_path}\n"
    yield f"```text\n{ctx.command_path} {usage}\n```\n"
    said = takewhile(lambda line: line != "\f", (command.help or "").splitlines())
    yield "\n".join(line.strip() for line in said) + "\n"
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        yield "| Option | Meaning | When left out |\n|---|---|---|"
        for option in options:
            yield _option(option, ctx)
        yield ""


def _option(option: click.Option, ctx: click.Context) -> str:
    info = option.to_info_dict()
    metavar = option.make_metavar(ctx).strip("[]").replace("%Y-%m-%d", "DAY")
    takes = "" if info["is_flag"] else " " + metavar.replace("|", "\\|")
    says = (option.help or "").replace("|", "\\|")
    says += (
        " Several may be given." if info["multiple"] and "repeated" not in says else ""
    )
    left_out = ""
    if info["required"]:
        left_out = "must be given"
    elif isinstance(option.default, str | int) and not info["is_flag"]:
        left_out = f"`{option.default}`"
    names = ", ".join(f"`{name}{takes}`" for name in option.opts)
    return f"| {names} | {says.strip()} | {left_out} |".replace("  ", " ")
