"""Which commands ask the questions of one area, read its files and write its reports?

They are made from the declarations of the analyses, so that a question, its parameters
and their defaults read the same here, on the pages and in the report.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from fourfold.base.analysis import Analysis
from fourfold.base.engine import ENGINES
from fourfold.base.result import kept_result
from fourfold.intake.evidence import EVIDENCE, evidence_kind
from fourfold.picture.evidence_files import HowToRead, gathered, kinds_of, read_kind
from fourfold.picture.evidential.report import write_report
from fourfold.picture.given import columns_given, options_of, parameters_given
from fourfold.picture.printed import (
    print_kept_back,
    print_result,
    reading_json,
    reading_lines,
)
from fourfold.picture.progress import Waiting
from fourfold.picture.running import keep_reading, run_analysis
from fourfold.picture.written import check_place, json_text, write_result

WORDS_OF_PICTURES = "images.words"
EXISTING = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PLACE = click.Path(path_type=Path)
PICTURE = "fourfold.picture"


def area_commands(area: str) -> dict[str, click.Command]:
    """The commands of one area: a question each, and those to read and report."""
    analyses: tuple[Analysis, ...] = import_module(
        f"{PICTURE}.{area}.analyses"
    ).ANALYSES
    commands = [question_command(analysis) for analysis in analyses]
    main = next((one.takes[0] for one in analyses if one.takes), None)
    if main is not None:
        commands.append(read_command(main))
    commands.append(report_command())
    return {str(command.name): command for command in commands}


def question_command(analysis: Analysis) -> click.Command:
    """The command that asks one question of files."""

    def ask(**typed: Any) -> None:
        _ask(analysis, typed)

    main = analysis.takes[0] if analysis.takes else None
    files: list[click.Parameter] = []
    if main is not None:
        files.append(click.Argument(["files"], nargs=-1, required=True, type=EXISTING))
    files += [_kind_option(analysis, k) for k in kinds_of(analysis) if k != main]
    options = [*files, *_reading_options(), *options_of(analysis), *_answer_options()]
    help_text = f"{analysis.question}\n\n{analysis.method}"
    return click.Command(
        analysis.name,
        callback=ask,
        params=options,
        help=help_text,
        short_help=analysis.question,
    )


def read_command(main: str) -> click.Command:
    """The command that reads files into Parquet and says what came of it."""

    def read(files: tuple[Path, ...], out: Path, as_json: bool, **typed: Any) -> None:
        kind = typed.pop("kind")
        how = _how_to_read(typed, kind)
        with Waiting() as waiting:
            reading = read_kind(kind, files, how, out, waiting.tell)
        keep_reading(reading, out)
        print_kept_back([reading])
        lines = reading_lines(reading)
        told = json.dumps(reading_json(reading), ensure_ascii=False, indent=1)
        click.echo(told if as_json else "\n".join(lines))

    return click.Command(
        "read",
        callback=read,
        help="Read FILES, check every row and write them as Parquet.",
        params=[
            click.Argument(["files"], nargs=-1, required=True, type=EXISTING),
            click.Option(
                ["--kind"],
                type=click.Choice(list(EVIDENCE)),
                default=main,
                show_default=True,
                help="Which kind of evidence they hold.",
            ),
            *_reading_options(),
            click.Option(
                ["--out"], type=PLACE, required=True, help="Folder to write into."
            ),
            _json_option("Print the arithmetic and the faults as JSON."),
        ],
    )


def report_command() -> click.Command:
    """The command that writes the report of a result that was kept."""

    def report(result_folder: Path, out: Path) -> None:
        write_report(kept_result(result_folder), out)

    return click.Command(
        "report",
        callback=report,
        help="Write the evidential report of a result that was kept in RESULT_FOLDER.",
        params=[
            click.Argument(["result_folder"], type=FOLDER),
            click.Option(
                ["--out"], type=PLACE, required=True, help="A .docx or .pdf file."
            ),
        ],
    )


def _ask(analysis: Analysis, typed: dict[str, Any]) -> None:
    out: Path | None = typed["out"]
    if out is not None:
        check_place(out)
    files = _files(analysis, typed)
    how = _how_to_read(typed, next(iter(files)))
    if analysis.area == "images" and analysis.key != WORDS_OF_PICTURES:
        how = replace(how, layout=how.layout or "no-words")  # reading words takes long
    parameters = parameters_given(analysis, typed)
    analysis.settle(parameters)
    with tempfile.TemporaryDirectory(prefix="fourfold-read-") as folder:
        with Waiting() as waiting:
            evidence, readings = gathered(
                files, how, Path(folder), _part(waiting.tell, 0.0, 0.5)
            )
            print_kept_back(readings)
            tell = _part(waiting.tell, 0.5, 1.0) if readings else waiting.tell
            result = run_analysis(analysis, evidence, parameters, typed["engine"], tell)
        if out is not None:
            write_result(result, out)
    if typed["as_json"]:
        click.echo(json_text(result))
    else:
        print_result(result)


def _files(analysis: Analysis, typed: dict[str, Any]) -> dict[str, tuple[Path, ...]]:
    """Which files of which kind were named? Those of the main kind first."""
    main = analysis.takes[0] if analysis.takes else None
    files = {main: typed["files"]} if main is not None else {}
    for kind in kinds_of(analysis):
        if typed.get(f"k_{kind}"):
            files[kind] = typed[f"k_{kind}"]
    if not files:
        raise click.UsageError("Name at least one file.")
    return files


def _how_to_read(typed: dict[str, Any], main: str) -> HowToRead:
    return HowToRead(
        columns=columns_given(typed["columns"], main),
        dates=typed["dates"],
        zone=typed["zone"],
        layout=typed["layout"],
        authority=typed["authority"],
    )


def _part(
    tell: Callable[[float, str], None], begins: float, ends: float
) -> Callable[[float, str], None]:
    """Tell of a part of the work, as a share of the whole."""

    def told(share: float, doing: str) -> None:
        tell(begins + share * (ends - begins), doing)

    return told


def _kind_option(analysis: Analysis, kind: str) -> click.Option:
    return click.Option(
        [f"--{kind}", f"k_{kind}"],
        multiple=True,
        required=kind in analysis.takes,
        type=EXISTING,
        metavar="FILE",
        help=evidence_kind(kind).says,
    )


def _reading_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--columns"],
            multiple=True,
            metavar="OURS=THEIRS,…",
            help="Which column is which, where no layout knows the file. "
            "For another kind than the first write its name before: cells.lat=Y.",
        ),
        click.Option(
            ["--dates"],
            default="",
            metavar="FORMAT",
            help="How dates and times are written, such as '%d/%m/%Y %H:%M:%S'.",
        ),
        click.Option(
            ["--zone"],
            default="",
            metavar="ZONE",
            help="Time zone of the file's times, such as UTC or Europe/London.",
        ),
        click.Option(
            ["--layout"],
            default="",
            metavar="LAYOUT",
            help="Key of the layout to read "
            "with; left out, it is found by the headings.",
        ),
        click.Option(
            ["--authority"],
            default="",
            metavar="REFERENCE",
            help="Authority under which the files were obtained.",
        ),
    ]


def _answer_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--engine"],
            type=click.Choice(list(ENGINES)),
            help="Which engine does the work; left out, FOURFOLD_ENGINE's or duckdb.",
        ),
        click.Option(
            ["--out"],
            type=PLACE,
            help="Also write the answer: .json, .csv, .xlsx or .parquet the table, "
            ".docx or .pdf the evidential report, a new folder the whole result.",
        ),
        _json_option("Print exactly the rows of the main table, as a JSON list."),
    ]


def _json_option(says: str) -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help=says)
