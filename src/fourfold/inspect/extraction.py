"""How do we get lines, and headings where they are marked, out of each format?"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
import docx.opc.exceptions
import docx.table
import lxml.etree
import lxml.html

from fourfold.inspect.faults import DamagedFile

Pairs = list[tuple[str, int | None]]

BULLET = "  • "
_HOLES = "\x81\x8d\x8f\x90\x9d"
_BROKEN = "\x02"
MAX_UNPACKED = 200_000_000
# What python-docx and zipfile raise, by trial, on files cut short or altered.
_BROKEN_WORD = (
    docx.opc.exceptions.PackageNotFoundError,
    lxml.etree.XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "nav", "header", "footer", "form", "template"}
    | {"svg", "button", "select"}
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "hr", "li", "main", "ol"}
    | {"p", "pre", "section", "summary", "table", "tbody", "thead", "tr", "ul"}
    | set(_HEADINGS)
)


def lines_of_text(data: bytes, _name: str) -> Pairs:
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
    """The text with UTF-8 that was once read as Windows-1252 put right, if it was."""
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return text


def _byte(letter: str) -> bytes:
    """As browsers do: Windows-1252, and its five holes as Latin-1."""
    return letter.encode("latin-1" if letter in _HOLES else "cp1252")


def lines_of_html(data: bytes, _name: str) -> Pairs:
    """Which paragraphs does a web page hold, headings marked, menus left out?"""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(data))
    try:
        root: Any = lxml.html.document_fromstring(text)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return []
    mains = [e for e in root.iter() if e.tag == "main" or e.get("role") == "main"]
    if mains and len(mains[0].text_content()) > len(root.text_content()) / 3:
        root = mains[0]
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
        """End the paragraph: its words become a line, or lines where it breaks."""
        for words in _unbroken("".join(self.parts)):
            self.pairs.append((self.prefix + words, self.level))
            self.prefix = ""
        self.parts = []

    def walk(self, element: Any) -> None:
        """Take in an element and all in it, blocks as paragraphs of their own."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        if tag == "br":
            self.parts.append(_BROKEN)
        if tag == "li":
            self.prefix = _mark(element)
        level, self.level = self.level, _HEADINGS.get(tag, self.level)
        if tag in ("td", "th") and "".join(self.parts).strip():
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


def _unbroken(words: str) -> list[str]:
    """The lines of a paragraph, joined again where a sentence runs over the break."""
    lines: list[str] = []
    for piece in words.split(_BROKEN):
        line = " ".join(piece.split())
        if lines and line[:1].islower() and lines[-1][-1] not in ".:;":
            lines[-1] += " " + line
        elif line:
            lines.append(line)
    return lines


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
        return [pair for item in document.iter_inner_content() for pair in _words(item)]
    except _BROKEN_WORD as error:
        raise DamagedFile(file=name, holds="Word text") from error


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
