"""How does a report become a Word document, the same bytes each time?"""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from fourfold.picture.evidential.pages import Grid, Report, Section

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that every part of the file bears: the first that a zip file knows."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def docx_bytes(report: Report) -> bytes:
    """Which Word document says what the report says?"""
    document = Document()
    _set_page(document, report)
    document.add_heading(_clean(report.title), level=0)
    for section in report.sections:
        _add_section(document, section)
    document.add_paragraph(f"SHA-256 of the result: {report.digest}")
    _forget_when(document, report)
    made = io.BytesIO()
    document.save(made)
    return _undated(made.getvalue())


def _set_page(document: WordDocument, report: Report) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Cm(1.8))
    document.styles["Normal"].font.size = Pt(10)
    for part in (page.header, page.footer):
        part.paragraphs[0].text = _clean(report.marking)


def _add_section(document: WordDocument, section: Section) -> None:
    document.add_heading(_clean(section.heading), level=1)
    for paragraph in section.paragraphs:
        document.add_paragraph(_clean(paragraph))
    for point in section.points:
        document.add_paragraph(_clean(point), style="List Bullet")
    for grid in section.grids:
        _add_grid(document, grid)


def _add_grid(document: WordDocument, grid: Grid) -> None:
    caption = document.add_paragraph(_clean(grid.caption))
    caption.runs[0].bold = True
    if not grid.rows:
        document.add_paragraph("No rows.")
        return
    table = document.add_table(rows=1, cols=len(grid.headings), style="Light Grid")
    for cell, text in zip(table.rows[0].cells, grid.headings, strict=True):
        cell.text = _clean(text)
    _repeat_heading(table)
    body = table._tbl
    for row in grid.rows:
        body.append(_row(row))
    _shrink(table)


def _row(texts: tuple[str, ...]) -> Any:
    """One row as XML: python-docx takes minutes for thousands of cells by itself."""
    row = OxmlElement("w:tr")
    for text in texts:
        cell, paragraph = OxmlElement("w:tc"), OxmlElement("w:p")
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = _clean(text)
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        paragraph.append(run)
        cell.append(paragraph)
        row.append(cell)
    return row


def _repeat_heading(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _shrink(table: Table) -> None:
    for run in table._tbl.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = OxmlElement("w:rPr")
            run.insert(0, properties)
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "15")
        properties.append(size)


def _forget_when(document: WordDocument, report: Report) -> None:
    about = document.core_properties
    about.title, about.author = _clean(report.title), "Fourfold"
    about.created = about.modified = datetime(*FIRST_DAY)  # noqa: DTZ001 (no instant)
    about.last_modified_by, about.comments = "", f"Result {report.digest}"


def _undated(data: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()


def _clean(text: str) -> str:
    """Characters that no XML may hold become the sign for an unreadable one."""
    return NOT_IN_XML.sub("\ufffd", text)
