"""Which paragraphs does a PDF file hold?"""

import io
import logging
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdf
import pypdf.errors

from fourfold.inspect.extraction import BULLET, Pairs
from fourfold.inspect.faults import DamagedFile, ProtectedFile

# What pypdf raises, by trial, on files cut short or altered.
_BROKEN = (
    pypdf.errors.PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_UNMARKED = "\x01"
_MARK = re.compile(rf"^(?:[•●▪◦]|{_UNMARKED})\s*")
_MARKED = re.compile(r"[•●▪◦*]|[-–]\s|\d+\.\s")


def lines_of_pdf(data: bytes, name: str) -> Pairs:
    """Which paragraphs does a PDF hold, wrapped lines joined?

    Running heads, running feet and page numbers are left out.

    Raises:
        ProtectedFile: it needs a password.
        DamagedFile: it is broken.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ProtectedFile(file=name)
        pages = [_rows(page) for page in reader.pages]
    except pypdf.errors.FileNotDecryptedError as error:
        raise ProtectedFile(file=name) from error
    except _BROKEN as error:
        raise DamagedFile(file=name, holds="PDF text") from error
    return _paragraphs(_without_running_heads(pages))


@dataclass(frozen=True)
class Row:
    """A row of words on a page: how high, how far right, how large its letters."""

    height: float
    left: float
    letter: float
    text: str


def _rows(page: pypdf.PageObject) -> list[Row]:
    """Which rows of words are on a page, in the order they were drawn?"""
    rows: list[list[Any]] = []

    def take(words: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        height = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        left = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        letter = size * (abs(tm[3]) or 1) * (abs(cm[3]) or 1)
        for n, piece in enumerate(words.split("\n")):
            if n or not rows or abs(rows[-1][0] - height) > letter / 2:
                rows.append([height, left, letter, ""])
            if piece.strip() and not rows[-1][3].strip():
                rows[-1][:3] = [height, left, letter]
            rows[-1][3] += piece

    page.extract_text(visitor_text=take)
    return [
        Row(h, x, size, " ".join(text.split()))
        for h, x, size, text in rows
        if text.strip()
    ]


def _without_running_heads(pages: list[list[Row]]) -> list[list[Row]]:
    def shape(row: Row) -> str:
        return re.sub(r"\d+", "#", row.text)

    edges = Counter(
        words
        for rows in pages
        for words in {shape(row) for row in (*rows[:2], *rows[-2:])}
    )
    often = {t for t, n in edges.items() if n >= 3 and n > len(pages) / 2}
    return [
        [
            row
            for n, row in enumerate(rows)
            if 2 <= n < len(rows) - 2 or not (shape(row) in often or row.text.isdigit())
        ]
        for rows in pages
    ]


def _paragraphs(pages: list[list[Row]]) -> Pairs:
    """Rows joined to paragraphs; indented ones without a mark are list items."""
    leading = _leading(pages)
    lefts = Counter(round(row.left) for rows in pages for row in rows)
    margin = max(lefts, key=lefts.__getitem__, default=0)
    widest = max((len(row.text) for rows in pages for row in rows), default=0)
    out: list[str] = []
    last: Row | None = None
    for n, row in ((n, row) for rows in pages for n, row in enumerate(rows)):
        item = row.left > margin + row.letter and not _MARKED.match(row.text)
        marked = bool(out and _MARKED.match(out[-1]))
        joins = last is not None and _goes_on(last, row, leading, new_page=n == 0)
        if joins and last and item and not marked:
            joins = abs(last.left - row.left) < 3 and not _closes(last, widest)
        if joins:
            out[-1] += " " + row.text
        else:
            out.append(_UNMARKED + row.text if item else row.text)
        last = row
    return [(_MARK.sub(BULLET, text), None) for text in out]


def _closes(row: Row, widest: int) -> bool:
    """Does the row end a sentence well before the right edge?"""
    ended = re.search(r"[.:;]$|; (?:and|or)$", row.text)
    return bool(ended) and len(row.text) < widest * 0.85


def _leading(pages: list[list[Row]]) -> float:
    """How far apart are the lines of a paragraph, in heights of their letters?"""
    gaps = Counter(
        round((a.height - b.height) / a.letter, 1)
        for rows in pages
        for a, b in pairwise(rows)
        if a.letter == b.letter and 0 < a.height - b.height < 3 * a.letter
    )
    most = max(gaps.values(), default=0)
    return max(1.2, min((g for g, n in gaps.items() if n * 4 >= most), default=1.2))


def _goes_on(last: Row, row: Row, leading: float, *, new_page: bool) -> bool:
    if _MARKED.match(row.text) or abs(last.letter - row.letter) > 0.6:
        return False
    if new_page:
        ended = re.search(r"[.:;?!]['”’)]?$", last.text)
        return not ended and row.text[0].islower()
    return 0 <= last.height - row.height <= leading * row.letter * 1.15 + 0.5
