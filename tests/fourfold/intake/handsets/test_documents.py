"""Are PDF, Word and text files read page by page and paragraph by paragraph?"""

import docx
import pytest
import typst

from tests.fourfold.intake.handsets.made_material import (
    adds_up,
    encoded,
    jpeg,
    read,
    rows,
    zip_of,
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    source = tmp_path_factory.mktemp("pdf") / "a.typ"
    source.write_text("First page, pay £40.\n#pagebreak()\nSecond page.\n")
    return typst.compile(str(source))


def test_a_pdf_gives_a_message_a_page(tmp_path, pdf):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    reading = read(path)
    found = rows(reading)
    assert [r["body"] for r in found] == ["First page, pay £40.", "Second page."]
    assert found[1]["place_in_source"] == "letter.pdf, page 2 of 2"
    assert {r["platform"] for r in found} == {"document"}
    assert adds_up(reading)


def test_a_damaged_pdf_is_one_item_kept_back(tmp_path, pdf):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf[: len(pdf) // 3])
    reading = read(path)
    assert (reading.loaded, reading.quarantined) == (0, 1)
    assert "damaged" in reading.faults[0].fault.fault
    assert rows(reading) == []


def test_a_word_file_gives_paragraphs_and_pictures(tmp_path):
    book = docx.Document()
    book.add_paragraph("meet at nine")
    book.add_paragraph("")
    book.add_table(1, 1).cell(0, 0).text = "40 owed"
    (tmp_path / "a.png").write_bytes(jpeg())
    book.add_picture(str(tmp_path / "a.png"))
    book.save(tmp_path / "note.docx")
    reading = read(tmp_path / "note.docx")
    assert [r["body"] for r in rows(reading)] == ["meet at nine", "40 owed"]
    assert len(rows(reading, "images")) == 1
    assert adds_up(reading)


WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>kept</w:t></w:r>"
    "<w:del><w:r><w:delText>taken out</w:delText></w:r></w:del></w:p></w:body>"
    "</w:document>"
)


def word(path, body):
    return zip_of(path, {"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def test_words_that_tracked_changes_took_out_are_marked_deleted(tmp_path):
    found = rows(read(word(tmp_path / "a.docx", WORD)))
    assert [(r["body"], r["deleted"]) for r in found] == [
        ("kept", None),
        ("taken out", True),
    ]


@pytest.mark.parametrize(
    "body",
    [
        WORD[:150],
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + WORD.replace("kept", "&e;"),
    ],
)
def test_a_hostile_or_broken_word_file_gives_nothing_of_another_file(tmp_path, body):
    assert read(word(tmp_path / "a.docx", WORD)).quarantined == 0
    reading = read(word(tmp_path / "a.docx", body))
    assert all("root" not in r["body"] for r in rows(reading))
    assert adds_up(reading)


def test_a_word_file_in_a_zip_is_read(tmp_path):
    data = word(tmp_path / "a.docx", WORD).read_bytes()
    found = rows(read(zip_of(tmp_path / "all.zip", {"seized/a.docx": data})))
    assert [r["body"] for r in found] == ["kept", "taken out"]


def test_a_text_gives_its_paragraphs_with_their_lines(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("one\ntwo\n\n\nthree\n")
    found = rows(read(path))
    assert [(r["line"], r["body"]) for r in found] == [(1, "one\ntwo"), (5, "three")]


@pytest.mark.slow
def test_the_words_of_a_scanned_page_are_read(tmp_path):
    from fourfold.region.bulk.handset_pictures import scene, with_words

    picture = with_words(scene(3), ("PAY KEZ 40",))
    path = tmp_path / "scan.pdf"
    path.write_bytes(encoded(picture, "PDF"))
    assert rows(read(path))[0]["body"] == ""
    assert rows(read(path, layout="words"))[0]["body"] == "PAY KEZ 40"
