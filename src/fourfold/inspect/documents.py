"""Which lines does a published document hold?

Text, web pages, Word files and PDF files all become numbered lines. For all but
text, the line is that of the extracted text, one paragraph a line.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from fourfold.inspect import extraction, pdf
from fourfold.inspect.faults import (
    EmptyFile,
    MissingFile,
    NotText,
    ProtectedFile,
    TooLarge,
    UnknownFormat,
    WrongSuffix,
)
from fourfold.inspect.wording import clean

MAX_BYTES = 50_000_000
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}


@dataclass(frozen=True)
class Line:
    """One line: its text, and what the file says it is.

    `level` is 1 to 6 for a heading, None where the file does not say.
    """

    text: str
    level: int | None = None


@dataclass(frozen=True)
class Document:
    """A document's name, format and lines; line n of the text is `lines[n - 1]`."""

    name: str
    form: str
    lines: tuple[Line, ...]


def read_document(path: Path) -> Document:
    """Which lines does the file hold?

    Args:
        path: a .txt, .html, .docx or .pdf file of at most 50 MB.

    Raises:
        MissingFile, UnknownFormat, WrongSuffix, EmptyFile, ProtectedFile, NotText,
            DamagedFile, TooLarge: one each for what its name says.
    """
    if not path.is_file():
        raise MissingFile(file=path.name)
    suffix = path.suffix.lower()
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile(file=path.name)
    if size > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise TooLarge(file=path.name, megabytes=size // 1_000_000, most=most)
    data = path.read_bytes()
    form = _form(path.name, suffix, data)
    pairs = _extracted(path.name, form, data)
    lines = tuple(Line(clean(text), level) for text, level in pairs)
    if not any(line.text.strip() for line in lines):
        raise EmptyFile(file=path.name)
    return Document(name=path.name, form=form, lines=lines)


def _form(name: str, suffix: str, data: bytes) -> str:
    if suffix not in SUFFIXES:
        raise UnknownFormat(file=name)
    said, holds = SUFFIXES[suffix], _holds(data)
    if holds == "a protected Office file" and said == "docx":
        raise ProtectedFile(file=name)
    fits = {"pdf": "a PDF", "docx": "a Word file", "html": "a web page"}
    texts = ("text", "a web page")
    if said in ("pdf", "docx") and holds != fits[said]:
        raise WrongSuffix(file=name, suffix=suffix, holds=holds)
    if (said == "html" and holds not in texts) or (said == "text" != holds):
        if holds == "other bytes":
            raise NotText(file=name)
        raise WrongSuffix(file=name, suffix=suffix, holds=holds)
    return said


def _holds(data: bytes) -> str:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if b"%PDF-" in data[:1024]:
        return "a PDF"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "a protected Office file"
    if data.startswith(b"PK"):
        return _zipped(data)
    lowered = head.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "a web page"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    sample = data[:65536]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return "other bytes" if controls > len(sample) / 500 else "text"


def _zipped(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    # NotImplementedError: how zipfile says a compression it does not know.
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "a Word file"  # the reader then says that it is damaged
    if "word/document.xml" in names:
        return "a Word file"
    return "an archive or other Office file"


def _extracted(name: str, form: str, data: bytes) -> list[tuple[str, int | None]]:
    readers = {
        "text": extraction.lines_of_text,
        "html": extraction.lines_of_html,
        "docx": extraction.lines_of_docx,
        "pdf": pdf.lines_of_pdf,
    }
    return readers[form](data, name)
