"""What did somebody type, and which value does an analysis get for it?"""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from fourfold.base.analysis import Analysis, Parameter, Value
from fourfold.base.errors import FourfoldError
from fourfold.intake.evidence import EVIDENCE

LONGEST_LIST = 64 * 1024 * 1024
"""Bytes of a file of values; a longer one is no list that somebody wrote (chosen)."""
HOME_ZONE = "Europe/London"
HEADINGS = frozenset(
    {c.name for kind in EVIDENCE.values() for c in kind.columns}
    | {"number", "numbers", "target", "targets", "phone", "phones", "msisdn", "id"}
    | {"value", "plates", "vrm", "imei", "imsi", "name", "identifiers", "telephone"}
)
ENCODINGS = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
SHORT_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y")


class NotAList(FourfoldError):
    """A file that should hold one value a line holds something else."""

    what = "{file} does not hold a list of values: {fault}."
    do = "Give a text or CSV file with one value a line, or values with commas between."
    status = 422


class Texts(click.ParamType[tuple[str, ...]]):
    """A list of words: a file with one a line, or words with commas between."""

    name = "file or list"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """Which words are meant?"""
        if isinstance(value, tuple):
            return value
        path = Path(value)
        if path.is_file():
            return texts_of_file(path)
        if path.suffix.lower() in (".txt", ".csv", ".lst") or "/" in value:
            self.fail(f"File '{value}' does not exist.", param, ctx)
        return tuple(word.strip() for word in value.split(",") if word.strip())


class Day(click.ParamType[date]):
    """A day, written 2022-06-30 or 30/06/2022."""

    name = "day"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Which day is meant? A day with a stroke is read day first."""
        if isinstance(value, date):
            return value
        for style in SHORT_DAYS:
            try:
                return (
                    datetime.strptime(value.strip(), style).replace(tzinfo=UTC).date()
                )
            except ValueError:
                continue
        return self.fail(f"'{value}' is not a day such as 2022-06-30.", param, ctx)


class Instant(click.ParamType[datetime]):
    """A day and time; without a zone, by the clock of the United Kingdom."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Which instant is meant, in UTC?"""
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(value.strip())
        except ValueError:
            say = f"'{value}' is not a time such as 2022-06-30T18:00 or with +01:00."
            self.fail(say, param, ctx)
        at = at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(HOME_ZONE))
        return at.astimezone(UTC)


TYPES: dict[str, click.ParamType[Any]] = {
    "whole": click.INT,
    "number": click.FLOAT,
    "text": click.STRING,
    "texts": Texts(),
    "day": Day(),
    "instant": Instant(),
}


def options_of(analysis: Analysis) -> list[click.Option]:
    """One option a parameter, with its help, its unit and its default."""
    return [_option(parameter) for parameter in analysis.parameters]


def option_name(name: str) -> str:
    """How is a parameter typed? `start_gap` as --start-gap."""
    return "--" + name.replace("_", "-")


def parameters_given(analysis: Analysis, typed: dict[str, Any]) -> dict[str, Value]:
    """Which parameters did somebody set? Those left out take their defaults."""
    return {
        parameter.name: typed[_key(parameter)]
        for parameter in analysis.parameters
        if typed.get(_key(parameter)) is not None
    }


def texts_of_file(path: Path) -> tuple[str, ...]:
    """Which values stand in a file, one a line or in the first column of a CSV file?

    A heading is left out: a first line without a digit over lines that have one, or
    one of the usual words. Blank lines and repeats are left out.

    Raises:
        NotAList: the file is empty, too long, or no text.
    """
    if path.stat().st_size > LONGEST_LIST:
        raise NotAList(file=path.name, fault="it is far too long")
    text = _text(path)
    if "\x00" in text:
        raise NotAList(file=path.name, fault="it is not a text file")
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise NotAList(file=path.name, fault=str(error)) from error
    values = [row[0].strip() for row in rows if row and row[0].strip()]
    values = values[1:] if _headed(values) else values
    if not values:
        raise NotAList(file=path.name, fault="it is empty")
    return tuple(dict.fromkeys(values))


def columns_given(typed: Sequence[str], kind: str) -> dict[str, dict[str, str]]:
    """Which of our columns is which of theirs, for each kind of evidence?

    Args:
        typed: `ours=theirs,…`; `cells.lat=Latitude` for a kind other than `kind`.
        kind: what a name without a kind before it belongs to.

    Raises:
        BadParameter: a part has no "=", or names no kind.
    """
    named: dict[str, dict[str, str]] = {}
    for part in (part for text in typed for part in text.split(",") if part.strip()):
        ours, sign, theirs = (word.strip() for word in part.partition("="))
        if not (ours and sign and theirs):
            say = f"'{part.strip()}' is not of the form ours=theirs."
            raise click.BadParameter(say, param_hint="'--columns'")
        of, dot, column = ours.partition(".")
        of, column = (of, column) if dot else (kind, ours)
        if of not in EVIDENCE:
            say = f"'{of}' is no kind of evidence; use {', '.join(EVIDENCE)}."
            raise click.BadParameter(say, param_hint="'--columns'")
        named.setdefault(of, {})[column] = theirs
    return named


def _option(parameter: Parameter) -> click.Option:
    name = option_name(parameter.name)
    limits = _limits(parameter)
    says = parameter.says.rstrip(".") + (f" ({limits})." if limits else ".")
    if parameter.kind == "flag":
        bare = name[2:]
        both = f"{name}/--no-{bare}"
        if parameter.name in EVIDENCE:  # --cells names a file of cells
            both = f"--with-{bare}/--without-{bare}"
        return click.Option(
            [both, _key(parameter)],
            help=says,
            default=bool(parameter.default),
            show_default=True,
        )
    shown = _shown(parameter.default)
    return click.Option(
        [name, _key(parameter)],
        type=_type(parameter),
        required=parameter.required and parameter.default is None,
        help=says,
        default=shown,
        show_default=shown is not None,
    )


def _shown(default: Value) -> str | None:
    """A default as somebody would type it; `None` where nothing need be said."""
    if isinstance(default, tuple):
        return ",".join(default) or None
    if isinstance(default, float):
        return f"{default:g}"
    return None if default is None or default == "" else str(default)


def _type(parameter: Parameter) -> click.ParamType[Any]:
    if parameter.kind == "choice":
        return click.Choice(parameter.choices)
    return TYPES[parameter.kind]


def _limits(parameter: Parameter) -> str:
    bounds = [
        f"{bound:g} {word}"
        for bound, word in ((parameter.least, "or more"), (parameter.most, "or less"))
        if bound is not None
    ]
    return ", ".join(part for part in (parameter.unit, *bounds) if part)


def _key(parameter: Parameter) -> str:
    return f"p_{parameter.name}"


def _text(path: Path) -> str:
    data = path.read_bytes()
    for mark, encoding in ENCODINGS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _headed(values: list[str]) -> bool:
    if not values:
        return False
    first, rest = values[0], values[1:]
    word = first.lower().replace(" ", "_")
    bare = not any(character.isdigit() for character in first)
    others = [any(character.isdigit() for character in value) for value in rest]
    return word in HEADINGS or (bare and bool(others) and all(others))
