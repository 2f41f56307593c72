"""Are texts composed for every variant read as their keys say?"""

import csv
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fourfold.base.bodies import REGIONS
from fourfold.inspect.reading import read_report
from fourfold.inspect.report import Report

DATA = Path("tests/data/reports/composed")
TEXTS = sorted(path.stem for path in DATA.glob("*.txt"))
Rows = list[list[str]]


def key_of(name: str) -> Rows:
    with (DATA / f"{name}.key.tsv").open(encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t"))


def region_or(slug: str | None) -> str:
    """The body's slug; "" for a region and for none, as neither has records."""
    return "" if slug is None or slug in REGIONS else slug


def rows_of(kind: str, rows: Rows) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[1:]) for row in rows if row[0] == kind)


def read_judgments(report: Report) -> Counter[tuple[str, ...]]:
    return Counter((str(j.line), j.body_slug, j.grade) for j in report.judgments)


def read_findings(report: Report) -> Counter[tuple[str, ...]]:
    return Counter(
        (str(f.line), f.body_slug or "", f.kind)
        for f in report.findings
        if f.kind not in ("request", "history")
    )


def read_recommendations(report: Report) -> Counter[tuple[str, ...]]:
    return Counter(
        (
            str(r.line),
            r.body_slug or "",
            str(r.deadline or ""),
            str(len(r.actions)),
            (r.owner or "").lower(),
        )
        for r in report.recommendations
    )


def key_recommendations(rows: Rows) -> Counter[tuple[str, ...]]:
    found = rows_of("recommendation", rows)
    return Counter({(*row[:-1], row[-1].lower()): n for row, n in found.items()})


@pytest.mark.parametrize("name", TEXTS)
def test_every_judgment_boxed_finding_and_recommendation_is_read(name):
    rows, report = key_of(name), read_report(DATA / f"{name}.txt")
    assert read_judgments(report) == rows_of("judgment", rows)
    assert read_findings(report) == rows_of("finding", rows)
    assert read_recommendations(report) == key_recommendations(rows)


def test_nineteen_figures_in_twenty_are_read_and_as_many_read_are_figures():
    right = asked = wrong = 0
    for name in TEXTS:
        rows, report = key_of(name), read_report(DATA / f"{name}.txt")
        left = [
            [f.line, round(f.value, 1), f.unit, region_or(f.body_slug)]
            for f in report.figures
        ]
        for kind, line, slug, value, unit in (r for r in rows if "figure" in r[0]):
            rounded = round(float(value), 1)
            row = [int(line), rounded, unit, region_or(slug)]
            asked += kind == "figure"
            if row in left:
                left.remove(row)
                right += kind == "figure"
        wrong += len(left)
    assert asked > 150
    assert right >= 0.95 * asked
    assert wrong <= 0.05 * right


def wrapped(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(
        "\n".join(textwrap.wrap(line, 80, break_on_hyphens=False))
        if len(line) > 80
        else line
        for line in lines
    )


def hard_spaced(text: str) -> str:
    return text.replace(" Police", "\u00a0Police").replace("-", "\u2011")


def tight(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def outline(report: Report) -> list[list[tuple[object, ...]]]:
    return [
        [(j.body_slug, j.grade) for j in report.judgments],
        [(f.kind, f.body_slug) for f in report.findings],
        [(r.body_slug, r.deadline, len(r.actions)) for r in report.recommendations],
    ]


@pytest.mark.parametrize("dress", [wrapped, hard_spaced, tight])
@pytest.mark.parametrize("name", TEXTS)
def test_the_same_is_read_in_another_dress(
    tmp_path: Path, name: str, dress: Callable[[str], str]
):
    before = read_report(DATA / f"{name}.txt")
    path = tmp_path / "text.txt"
    path.write_text(dress((DATA / f"{name}.txt").read_text("utf-8")), "utf-8")
    assert outline(read_report(path)) == outline(before)
