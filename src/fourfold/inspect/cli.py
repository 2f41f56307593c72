"""How do we read a published report from a terminal?"""

import json
from pathlib import Path

import click

from fourfold.base.errors import FourfoldError
from fourfold.inspect.report import Finding, Report

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def report() -> None:
    """Published inspection reports: judgments, findings, promises and figures."""


@report.command("read")
@click.argument("file", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="Print every item as JSON.")
def read_command(file: Path, as_json: bool) -> None:
    """Read a report, press release or tracker page from FILE.

    FILE is a text, web page, Word or PDF file.
    """
    # Its readers of Word and PDF take 0.2 s to load, which no other command needs.
    from fourfold.inspect.reading import read_report  # noqa: PLC0415 (see above)

    try:
        read = read_report(file)
    except FourfoldError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(read.to_json(), ensure_ascii=False, indent=1))
        return
    for line in summary(read):
        click.echo(line)


def summary(read: Report) -> list[str]:
    """What would a person want to see first of a report, a line each?"""
    published = read.published.isoformat() if read.published else "day unknown"
    lines = [read.title, f"Published: {published}", ""]
    lines.append(f"{len(read.judgments)} judgments")
    lines += [f"  line {j.line}: {j.body}: {j.grade}" for j in read.judgments]
    lines += ["", f"{len(read.findings)} findings"]
    lines += [f"  line {f.line}: {_finding(f)}" for f in read.findings]
    lines += ["", f"{len(read.recommendations)} recommendations"]
    for r in read.recommendations:
        when = r.deadline or r.deadline_text or "no deadline"
        lines.append(f"  line {r.line}: {r.owner}, {when}: {'; '.join(r.actions)}")
    lines += ["", f"{len(read.figures)} figures; --json prints them all"]
    return lines


def _finding(finding: Finding) -> str:
    words = finding.heading or finding.text
    return f"{finding.kind}, {finding.body or 'no body'}: {words}"
