import zipfile

import pypdf
import pytest

from fourfold.base.errors import FourfoldError
from fourfold.inspect.documents import read_document
from fourfold.inspect.faults import (
    DamagedFile,
    EmptyFile,
    MissingFile,
    NotText,
    ProtectedFile,
    UnknownFormat,
    WrongSuffix,
)
from fourfold.inspect.reading import read_report
from tests.fourfold.inspect import made_files

MAKERS = [
    ("report.html", made_files.as_html),
    ("report.docx", made_files.as_docx),
    ("report.pdf", made_files.as_pdf),
]


@pytest.mark.parametrize(("name", "make"), MAKERS)
def test_a_report_says_the_same_in_every_format(tmp_path, name, make):
    report = read_report(make(tmp_path / name))
    assert report.title == made_files.TITLE
    assert str(report.published) == "2024-05-03"
    assert [(j.body_slug, j.grade) for j in report.judgments] == [
        ("surrey", "requires improvement"),
        ("sussex", "good"),
    ]
    assert [(f.kind, f.body_slug, f.section) for f in report.findings] == [
        ("area for improvement", "south-east", "Regional findings"),
        ("cause of concern", "surrey", "Resources and skills"),
        ("innovative practice", "sussex", "Resources and skills"),
    ]
    assert report.findings[1].bullets == (
        "18 of the 40 posts in the team were vacant",
        "the force spent £2.5m on overtime.",
    )
    (asked,) = report.recommendations
    assert (asked.owner, str(asked.deadline)) == ("Surrey Police", "2024-09-30")
    assert asked.actions == ("fill the posts in its team", "set a limit on overtime")
    assert [(f.value, f.unit, f.body_slug) for f in report.figures] == [
        (10, "count", None),
        (18, "count", "surrey"),
        (40, "count", "surrey"),
        (2_500_000, "GBP", "surrey"),
        (2, "count", "sussex"),
        (26, "count", "sussex"),
    ]


@pytest.mark.parametrize(("name", "make"), MAKERS)
def test_the_line_of_each_item_holds_its_words(tmp_path, name, make):
    path = make(tmp_path / name)
    lines = [line.text for line in read_document(path).lines]
    report = read_report(path)
    for item in (*report.judgments, *report.figures):
        assert item.quote in lines[item.line - 1]
    for finding in report.findings:
        assert finding.heading in lines[finding.line - 1]


TEXT = (
    "An inspection\n\nSurrey Police is good at tackling serious and organised crime.\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mojibake"]
)
def test_a_text_is_read_in_any_encoding(tmp_path, encoding):
    words = "The force’s posts – “vacant” – cost £9m."
    path = tmp_path / "report.txt"
    if encoding == "mojibake":
        broken = words.encode("utf-8").replace(b"\x9d", b"?").decode("cp1252")
        path.write_text(broken.replace("?", "\x9d"), encoding="utf-8")
    else:
        path.write_bytes(words.encode(encoding))
    assert read_document(path).lines[0].text == words


def _good(path):
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    path = _good(tmp_path / "report.txt")
    assert read_document(path)
    path.unlink()
    with pytest.raises(MissingFile, match=r"There is no file report\.txt"):
        read_document(path)


@pytest.mark.parametrize("content", [b"", b" \n\n\t\n"])
def test_an_empty_file_is_refused(tmp_path, content):
    path = _good(tmp_path / "report.txt")
    path.write_bytes(content)
    with pytest.raises(EmptyFile):
        read_document(path)


def test_a_web_page_without_words_is_refused(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<html><body><script>var n = 1;</script></body></html>")
    with pytest.raises(EmptyFile):
        read_document(path)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = _good(tmp_path / "report.txt")
    path.write_bytes(path.read_bytes() + bytes(range(32)) * 20)
    with pytest.raises(NotText):
        read_document(path)


@pytest.mark.parametrize("name", ["report.xlsx", "report", "report.jpeg"])
def test_an_ending_we_do_not_read_is_refused(tmp_path, name):
    with pytest.raises(UnknownFormat):
        read_document(_good(tmp_path / name))


@pytest.mark.parametrize("name", ["report.pdf", "report.docx"])
def test_a_text_named_as_another_format_is_refused(tmp_path, name):
    with pytest.raises(WrongSuffix, match="holds text"):
        read_document(_good(tmp_path / name))


def test_a_pdf_named_as_text_is_refused(tmp_path):
    with pytest.raises(WrongSuffix, match="holds a PDF"):
        read_document(made_files.as_pdf(tmp_path / "report.txt"))


def test_a_spreadsheet_named_as_word_is_refused(tmp_path):
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(WrongSuffix):
        read_document(path)


def test_a_pdf_with_a_password_is_refused_as_protected(tmp_path):
    path = made_files.as_pdf(tmp_path / "report.pdf")
    assert read_document(path)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("a password")
    writer.write(path)
    with pytest.raises(ProtectedFile):
        read_document(path)


def test_a_word_file_with_a_password_is_refused_as_protected(tmp_path):
    path = made_files.as_docx(tmp_path / "report.docx")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + path.read_bytes())
    with pytest.raises(ProtectedFile):
        read_document(path)


@pytest.mark.parametrize(("name", "make"), MAKERS[1:])
def test_half_a_file_is_said_to_be_damaged(tmp_path, name, make):
    path = make(tmp_path / name)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(DamagedFile):
        read_document(path)


def test_every_refusal_says_what_happened_and_what_to_do(tmp_path):
    with pytest.raises(FourfoldError) as refused:
        read_document(tmp_path / "gone.txt")
    assert str(refused.value) == (
        "There is no file gone.txt. Check the name and the folder."
    )


def test_a_table_of_grades_in_a_web_page_gives_judgments(tmp_path):
    rows = [("Durham Constabulary", "Outstanding"), ("Cleveland Police", "Adequate")]
    cells = "".join(f"<tr><td>{body}</td><td>{g}</td></tr>" for body, g in rows)
    path = tmp_path / "report.html"
    path.write_text(f"<!doctype html><h1>Forces graded</h1><table>{cells}</table>")
    assert [(j.body_slug, j.grade) for j in read_report(path).judgments] == [
        ("durham", "outstanding"),
        ("cleveland", "adequate"),
    ]


def test_a_sentence_that_runs_over_a_break_is_one_paragraph(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<!doctype html><p>We found 12<br>vacancies.<br>It is so.</p>")
    lines = [line.text for line in read_document(path).lines]
    assert lines == ["We found 12 vacancies.", "It is so."]
