"""How do we get lines, and headings where they are marked, out of each format?"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
import docx.opc.exceptions
import docx.table
import lxml.etree
import lxml.html
import pypdf
import pypdf.errors

from fourfold.inspect.faults import DamagedFile, ProtectedFile

Pairs = list[tuple[str, int | None]]

BULLET = "  • "
MAX_UNPACKED = 200_000_000
_SKIPPED = frozenset(
    "script style noscript nav header footer form template svg button select".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table "
    "tbody thead tr ul".split()
)


_UNMARKED = "\x01"
_MARK = re.compile(rf"^(?:[•●▪◦]|{_UNMARKED})\s*")
_MARKED = re.compile(r"[•●▪◦*]|[-–]\s|\d+\.\s")


def lines_of_text(data: bytes, name: str) -> Pairs:
    """Which lines does a text file hold, whatever its encoding?"""
    return [(line, None) for line in decoded(data).splitlines()]


def decoded(data: bytes) -> str:
    """What does the text say? UTF-8, UTF-16 by its mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
    return _mended(text) if "â€" in text else text


def _mended(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def lines_of_html(data: bytes, name: str) -> Pairs:
    """Which paragraphs does a web page hold, headings marked, menus left out?"""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(data))
    try:
        root = lxml.html.document_fromstring(text)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return []
    main = root.xpath("//main | //*[@role='main']")
    whole = "".join(root.itertext())
    if main and len("".join(main[0].itertext())) > len(whole) / 3:
        root = main[0]
    page = _Page()
    page.walk(root)
    page.flush()
    return page.pairs


class _Page:
    """The paragraphs met so far while walking a web page."""

    def __init__(self) -> None:
        self.pairs: Pairs = []
        self.parts: list[str] = []
        self.prefix = ""
        self.level: int | None = None

    def flush(self) -> None:
        words = " ".join("".join(self.parts).split())
        if words:
            self.pairs.append((self.prefix + words, self.level))
            self.prefix = ""
        self.parts = []

    def walk(self, element: Any) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        block = tag in _BLOCKS
        if block or tag == "br":
            self.flush()
        if tag == "li":
            self.prefix = _mark(element)
        level, self.level = self.level, _HEADINGS.get(tag, self.level)
        if tag in ("td", "th") and self.parts:
            self.parts.append(" | ")
        self.parts.append(element.text or "")
        for child in element:
            self.walk(child)
            self.parts.append(child.tail or "")
        if block:
            self.flush()
        if tag == "li":
            self.prefix = ""
        self.level = level


def _mark(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return BULLET
    place = sum(1 for e in item.itersiblings("li", preceding=True)) + 1
    return f"  {place}. "


def lines_of_docx(data: bytes, name: str) -> Pairs:
    """Which paragraphs does a Word file hold, headings and lists as styled?

    Raises:
        DamagedFile: the file is broken or unpacks to more than 200 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise DamagedFile(file=name, holds="Word text")
        document = docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        lxml.etree.XMLSyntaxError,
        docx.opc.exceptions.PackageNotFoundError,
    ) as error:
        raise DamagedFile(file=name, holds="Word text") from error
    return [pair for item in document.iter_inner_content() for pair in _words(item)]


def _words(item: Any) -> Iterator[tuple[str, int | None]]:
    if isinstance(item, docx.table.Table):
        for row in item.rows:
            cells = dict.fromkeys(" ".join(c.text.split()) for c in row.cells)
            yield " | ".join(cell for cell in cells if cell), None
        return
    style = (item.style.name or "").lower() if item.style is not None else ""
    if style.startswith(("toc ", "header", "footer")):
        return
    numbered = item._p.pPr is not None and item._p.pPr.numPr is not None
    listed = style.startswith("list") or numbered
    found = re.match(r"heading (\d)", style)
    level = int(found[1]) if found else 1 if style == "title" else None
    for line in item.text.splitlines() or [""]:
        yield (BULLET + line.strip() if listed and line.strip() else line), level


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
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError) as error:
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
    for rows in pages:
        for n, row in enumerate(rows):
            item = row.left > margin + row.letter and not _MARKED.match(row.text)
            marked = bool(out and _MARKED.match(out[-1]))
            joins = last is not None and _goes_on(last, row, leading, new_page=n == 0)
            if joins and last and item and not marked:
                joins = abs(last.left - row.left) < 3 and not _closes(last, widest)
            if joins:
                out[-1] += " " + row.text
            else:
                out.append(row.text)
                if item:
                    out[-1] = _UNMARKED + row.text
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
        for a, b in zip(rows, rows[1:], strict=False)
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
