"""Does a report say what was found, in the same bytes each time?"""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from docx import Document
from pypdf import PdfReader

from fourfold.base.analysis import Answer, Column, Findings, Shown
from fourfold.base.result import Input, Result
from fourfold.picture.evidential.pages import NO_AUTHORITY, report_of, shown_value
from fourfold.picture.evidential.report import UnknownPaper, report_bytes, write_report


def table(rows: int, name: str = "pairs") -> Shown:
    return Shown(
        name=name,
        caption=f"{rows} of 400 phones",
        columns=(Column("old", "Old phone"), Column("gap", "Gap", "hours")),
        rows=pa.table(
            {
                "old": pa.array([f"+4477009{n:05d}" for n in range(rows)], pa.string()),
                "gap": pa.array([n / 2 for n in range(rows)], pa.float64()),
            }
        ),
    )


RESULT = Result(
    analysis="calls.handovers",
    question="Which phones were replaced, and by which?",
    method="Numbers that fall silent are compared with numbers that begin.",
    source="chosen",
    engine="duckdb",
    inputs=(Input("north.csv", "calls", "ab" * 32, 1234, 30, "north", "CD/1"),),
    parameters={"least_score": 0.5, "targets": None},
    limits=("A phone is not a person.",),
    findings=Findings(
        answers=(Answer("3 of 400 phones were replaced.", "pairs"),), tables=(table(3),)
    ),
    versions={"fourfold": "0.1.0"},
)


def words_of_docx(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def words_of_pdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


WORDS = {".docx": words_of_docx, ".pdf": words_of_pdf}


@pytest.mark.parametrize("ending", WORDS)
def test_the_report_says_question_answer_inputs_method_and_limits(ending):
    said = WORDS[ending](report_bytes(RESULT, ending)).replace("\n", " ")
    for part in (
        RESULT.question,
        "3 of 400 phones were replaced.",
        "A phone is not a person.",
        "north.csv",
        "CD/1",
        "least score",
        "+447700900002",
        RESULT.digest(),
    ):
        assert part in said


@pytest.mark.parametrize("ending", WORDS)
def test_the_same_result_gives_the_same_bytes(ending):
    assert report_bytes(RESULT, ending) == report_bytes(replace(RESULT), ending)


def test_every_part_of_the_word_document_bears_the_same_day():
    with zipfile.ZipFile(io.BytesIO(report_bytes(RESULT, ".docx"))) as made:
        assert {part.date_time[:3] for part in made.infolist()} == {(1980, 1, 1)}


@pytest.mark.parametrize("ending", WORDS)
@pytest.mark.parametrize("said", ["#panic(1)", "$x$ *b* <w:p/>", "bell\x07", "]]>"])
def test_nothing_in_the_evidence_is_taken_for_an_instruction(ending, said):
    findings = replace(RESULT.findings, answers=(Answer(said),))
    shown = WORDS[ending](report_bytes(replace(RESULT, findings=findings), ending))
    assert said.split("\x07")[0].split()[0] in shown


def test_rows_left_out_of_the_body_are_counted_and_stand_in_the_annex():
    long = replace(RESULT, findings=replace(RESULT.findings, tables=(table(2_100),)))
    sections = {s.heading: s for s in report_of(long).sections}
    assert "the first 25 of 2,100 rows" in sections["Result"].grids[0].caption
    annex = sections["Annex: rows"].grids[0]
    assert (len(annex.rows), "the first 2,000 of 2,100" in annex.caption) == (
        2_000,
        True,
    )


def test_a_short_table_has_no_annex_and_an_empty_one_says_so():
    none = replace(RESULT, findings=Findings(answers=(), tables=(table(0),)))
    headings = [section.heading for section in report_of(none).sections]
    assert "Annex: rows" not in headings
    assert "No rows." in words_of_docx(report_bytes(none, ".docx"))
    assert "Nothing was found" in words_of_pdf(report_bytes(none, ".pdf"))


def test_a_file_without_authority_says_so():
    bare = replace(RESULT, inputs=(replace(RESULT.inputs[0], authority=""),))
    assert NO_AUTHORITY in words_of_docx(report_bytes(bare, ".docx"))


def test_another_ending_is_refused_and_leaves_no_file(tmp_path):
    write_report(RESULT, tmp_path / "a.docx")
    with pytest.raises(UnknownPaper, match="odt"):
        write_report(RESULT, tmp_path / "a.odt")
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ("", "–"),
        (True, "yes"),
        (1234, "1,234"),
        (0.5, "0.5"),
        (2.0, "2"),
        (["a", "b"], "a, b"),
        (datetime(2022, 6, 1, 13, 5, tzinfo=UTC), "01/06/2022 13:05:00 UTC"),
        (datetime.fromisoformat("2022-06-01 13:05"), "01/06/2022 13:05:00"),
    ],
)
def test_values_are_written_as_people_here_write_them(value, shown):
    assert shown_value(value) == shown
