import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.inspect.documents import Document, Line
from fourfold.inspect.reading import read_lines, read_report

DATA = Path("tests/data/reports")
REPORT = DATA / "east-midlands-2023.txt"


def test_the_real_report_gives_what_a_reader_counts_in_it():
    report = read_report(REPORT)
    assert report.title.startswith("An inspection of the east midlands regional")
    assert str(report.published) == "2023-03-02"
    assert [(j.line, j.body, j.grade) for j in report.judgments] == [
        (85, "East Midlands Special Operations Unit", "inadequate"),
        (216, "Derbyshire Constabulary", "adequate"),
        (326, "Leicestershire Police", "outstanding"),
        (435, "Lincolnshire Police", "requires improvement"),
        (513, "Northamptonshire Police", "adequate"),
        (533, "Nottinghamshire Police", "adequate"),
    ]
    assert Counter(f.kind for f in report.findings) == {
        "cause of concern": 1,
        "area for improvement": 13,
        "innovative practice": 3,
        "promising practice": 2,
        "positive heading": 12,
        "improvement heading": 20,
        "request": 3,
        "history": 8,
    }
    assert len(report.recommendations) == 2


def test_the_boxes_of_the_real_report_stand_on_their_lines():
    found = read_report(REPORT).findings
    lines = {f.line: f.body_slug for f in found if f.kind == "area for improvement"}
    assert lines == {
        54: "east-midlands",
        158: "emsou",
        180: "emsou",
        244: "derbyshire",
        278: "derbyshire",
        449: "lincolnshire",
        459: "lincolnshire",
        469: "lincolnshire",
        481: "lincolnshire",
        519: "northamptonshire",
        525: "northamptonshire",
        551: "nottinghamshire",
        577: "nottinghamshire",
    }
    (cause,) = [f for f in found if f.kind == "cause of concern"]
    assert (cause.line, len(cause.bullets)) == (140, 4)


def test_the_real_press_release_has_six_judgments_and_no_findings():
    report = read_report(DATA / "south-west-2025-press-release.txt")
    assert [(j.line, j.body, j.grade) for j in report.judgments] == [
        (6, "South West Regional Organised Crime Unit", "adequate"),
        (7, "Avon and Somerset Police", "requires improvement"),
        (8, "Devon and Cornwall Police", "requires improvement"),
        (9, "Dorset Police", "requires improvement"),
        (10, "Gloucestershire Constabulary", "inadequate"),
        (11, "Wiltshire Police", "requires improvement"),
    ]
    assert report.findings == ()
    assert [(f.value, f.line) for f in report.figures] == [(5, 5)]


def _retold(text: str, form: str) -> str:
    if form == "no blank lines":
        return "\n".join(line for line in text.splitlines() if line.strip())
    if form == "dashes":
        return text.replace("  • ", "- ")
    if form == "straight quotes":
        return text.replace("’", "'").replace("“", '"').replace("”", '"')
    if form == "hard spaces":
        return text.replace(" 2022", "\u00a02022").replace("By 1 ", "By\u00a01 ")
    return text.replace(": Resources and skills", " – Resources and skills")


@pytest.mark.parametrize(
    "form",
    ["no blank lines", "dashes", "straight quotes", "hard spaces", "dashed labels"],
)
def test_the_real_report_says_the_same_in_another_dress(tmp_path, form):
    before = read_report(REPORT)
    path = tmp_path / "report.txt"
    path.write_text(_retold(REPORT.read_text("utf-8"), form), encoding="utf-8")
    after = read_report(path)
    for one, other in [
        ([(j.body, j.grade) for j in r.judgments] for r in (before, after)),
        ([(f.kind, f.body, f.section) for f in r.findings] for r in (before, after)),
        (
            [(r.deadline, len(r.actions)) for r in x.recommendations]
            for x in (before, after)
        ),
        ([(f.value, f.unit, f.body) for f in r.figures] for r in (before, after)),
    ]:
        assert one == other


@given(st.lists(st.text(max_size=80), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read_and_every_item_stands_on_a_line_of_it(lines):
    made = tuple(Line(" ".join(line.split())) for line in lines)
    report = read_lines(Document("made.txt", "text", made))
    items = (*report.judgments, *report.findings, *report.figures)
    assert all(1 <= item.line <= len(lines) for item in items)


def test_a_report_of_fifty_pages_is_read_in_two_seconds(tmp_path):
    words = REPORT.read_text("utf-8")
    path = tmp_path / "report.txt"
    path.write_text(words + "\n\n" + words.replace("2022", "2023"), encoding="utf-8")
    begins = time.process_time()
    assert len(read_report(path).findings) > 100
    assert time.process_time() - begins < 2


def test_the_json_has_the_agreed_keys_and_whole_numbers():
    read = read_report(REPORT).to_json()
    assert set(read) == {
        "title",
        "published",
        "judgments",
        "findings",
        "recommendations",
        "figures",
    }
    assert {"body", "grade", "quote", "line"} <= set(read["judgments"][0])
    assert {"kind", "body", "section", "heading", "text", "bullets", "line"} <= set(
        read["findings"][0]
    )
    asked = read["recommendations"][0]
    assert {"owner", "deadline", "deadline_text", "actions", "parent"} <= set(asked)
    assert asked["deadline"] == "2024-03-01"
    figure = read["figures"][0]
    assert {"value", "unit", "measures", "body", "period", "qualifier"} <= set(figure)
    assert {"reported_by", "quote", "line"} <= set(figure)
    assert (figure["value"], type(figure["value"])) == (10, int)
