"""Which pages and paragraphs do documents hold, each as a message of its own?"""

import io
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdf
import pypdf.errors
from lxml import etree

from fourfold.intake.handsets.archive import Archive
from fourfold.intake.handsets.found import Found, Items, Spoilt, spoilt
from fourfold.intake.handsets.images import picture_items
from fourfold.intake.handsets.limits import fits, most
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting
from fourfold.intake.handsets.text_part import encoding_of, lines_of

PLATFORM = "document"
BODY = "word/document.xml"
MEDIA = "word/media/"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MEND_PDF = "Open it in a viewer and print it to a new PDF."
MEND_WORD = "Open it in Word and save it again."
BROKEN = (
    pypdf.errors.PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What pypdf raises, by trial, on files cut short or altered."""


def pdf_items(part: Part, setting: Setting) -> Items:
    """Which pages does a PDF hold? One without words is read from its pictures."""
    if not fits("item_bytes", part.size):
        fault = f"a PDF of {part.size:,} bytes, more than {most('item_bytes'):,}"
        yield spoilt(part.place, part.name, fault, "Split it.")
        return
    with part.open() as stream:
        if part.path is None:
            yield from _pdf_pages(io.BytesIO(stream.read()), part, setting)
        else:
            yield from _pdf_pages(stream, part, setting)


def word_items(archive: Archive, part: Part, setting: Setting) -> Items:
    """Which paragraphs and pictures does a Word file hold?

    What tracked changes took out is a message of its own, marked deleted.
    """
    try:
        with archive.zip.open(BODY) as stream:
            yield from _paragraphs(stream, part, setting)
    except (etree.XMLSyntaxError, zlib.error, EOFError, OSError) as error:
        fault = f"a damaged Word file ({type(error).__name__})"
        yield spoilt(part.place, part.name or part.file, fault, MEND_WORD)
    for member in archive.members:
        if member.filename.startswith(MEDIA) and not member.is_dir():
            name = f"{part.name or part.file}!/{member.filename}"
            inside = Part(
                part.file,
                name,
                part.place,
                member.file_size,
                archive=archive,
                member=member,
            )
            yield from picture_items(inside, setting, setting.device)


def text_items(part: Part, setting: Setting) -> Items:
    """Which paragraphs does a plain text hold, parted by empty lines?

    Raises:
        LineTooLong, NulByte: it is no text.
    """
    begun, held = 0, list[str]()
    for line, text in lines_of(part, encoding_of(part)):
        if text.strip():
            begun = begun or line
            held.append(text)
        elif held:
            yield _passage(part, setting, begun, "\n".join(held), f"line {begun}")
            begun, held = 0, []
    if held:
        yield _passage(part, setting, begun, "\n".join(held), f"line {begun}")


def _passage(
    part: Part, setting: Setting, place: int, words: str, where: str
) -> Found | Spoilt:
    if not fits("body_characters", len(words)):
        fault = f"a passage of {len(words):,} characters"
        return spoilt(place, words, fault, "Split it.", "body")
    name = part.name or part.file
    values = {
        "item": f"{name}, {where}",
        "device": setting.device,
        "platform": PLATFORM,
        "thread": name,
        "body": words,
        "deleted": "deleted" in where or None,
        "place_in_source": f"{name}, {where}",
    }
    return Found("messages", place, values)


def _pdf_pages(stream: Any, part: Part, setting: Setting) -> Items:
    try:
        reader = pypdf.PdfReader(stream)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except BROKEN as error:
        fault = f"a damaged PDF ({type(error).__name__})"
        yield spoilt(part.place, part.name or part.file, fault, MEND_PDF)
        return
    if locked or not fits("pages", count):
        fault = f"{count:,} pages" if count else "protected by a password"
        yield spoilt(part.place, part.name or part.file, fault, MEND_PDF)
        return
    for number in range(1, count + 1):
        where = f"page {number} of {count}"
        try:
            words = _page_words(reader.pages[number - 1], setting)
        except BROKEN as error:
            fault = f"a damaged page ({type(error).__name__})"
            yield spoilt(number, where, fault, MEND_PDF)
            continue
        yield _passage(part, setting, number, words, where)


def _page_words(page: Any, setting: Setting) -> str:
    words = str(page.extract_text() or "").strip()
    if words:
        return words
    return "\n".join(filter(None, (setting.words.words_of(p) for p in _scans(page))))


def _scans(page: Any) -> Iterator[np.ndarray[Any, np.dtype[np.uint8]]]:
    """The pictures of a page that are small enough to open, as pixels."""
    objects = page.get("/Resources", {}).get("/XObject", {})
    for name in objects:
        one = objects[name].get_object()
        pixels = int(one.get("/Width", 0)) * int(one.get("/Height", 0))
        if one.get("/Subtype") != "/Image" or not fits("picture_pixels", pixels):
            continue
        image = page.images[name].image
        if image is not None:
            yield np.asarray(image.convert("RGB"))


def _paragraphs(stream: Any, part: Part, setting: Setting) -> Items:
    events = etree.iterparse(
        stream,
        events=("end",),
        tag=f"{WORDS}p",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    for number, (_, paragraph) in enumerate(events, 1):
        if not fits("pages", number):
            fault = f"more than {most('pages'):,} paragraphs"
            yield spoilt(number, part.name or part.file, fault, "Split it.")
            return
        for words, where in (
            (_said(paragraph, "t"), f"paragraph {number}"),
            (_said(paragraph, "delText"), f"paragraph {number}, deleted words"),
        ):
            if words:
                yield _passage(part, setting, number, words, where)
        paragraph.clear()


def _said(paragraph: Any, kind: str) -> str:
    marks = {f"{WORDS}tab": "\t", f"{WORDS}br": "\n", f"{WORDS}cr": "\n"}
    pieces = [
        one.text or "" if one.tag == f"{WORDS}{kind}" else marks.get(one.tag, "")
        for one in paragraph.iter()
    ]
    return "".join(pieces).strip()
