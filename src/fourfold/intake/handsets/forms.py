"""Of which form is a part, by what it holds and not by its name?"""

import csv
import re
from pathlib import PurePosixPath

from fourfold.intake.errors import EmptyFile
from fourfold.intake.handsets.images import is_picture
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.ufdr import is_ufdr_xml
from fourfold.intake.handsets.whatsapp import is_whatsapp

ZIP, WHATSAPP, UFDR_XML, CASE = "zip", "WhatsApp export", "UFDR report", "CASE report"
MBOX, LETTER, PDF, PICTURE, TEXT = "mbox", "e-mail", "PDF", "picture", "text"
OF_CASE = (b"@graph", b"uco-", b"case-investigation")
TABLE, EMPTY = "a table", "an empty file"
HEADER = re.compile(
    rb"^(?:From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version"
    rb"|Delivered-To|X-[\w-]+):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old or locked Office file",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a compressed file (7-Zip)",
    b"Rar!": "a compressed file (RAR)",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"ID3": "sound",
    b"OggS": "sound",
    b"#!AMR": "sound",
    b"\x1aE\xdf\xa3": "a film",
    b"{\\rtf": "a Rich Text document",
    b"bplist": "a property list",
}


def form_of(part: Part) -> str:
    """What is it: one of our forms, or words that say what else it is?"""
    head = part.head()
    if not head.strip(b"\0 \r\n\t"):
        return EMPTY
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return ZIP
    if is_picture(head):
        return PICTURE
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[4:8] == b"ftyp":
        return "a film"
    if head[8:12] in (b"WAVE", b"AVI "):
        return "sound" if head[8:12] == b"WAVE" else "a film"
    for magic, name in OTHERS.items():
        if head.startswith(magic):
            return name
    return _text_form(head, part)


def known(form: str) -> bool:
    """Is there a reader for a form?"""
    return form in (ZIP, WHATSAPP, UFDR_XML, CASE, MBOX, LETTER, PDF, PICTURE, TEXT)


def refuse_empty(part: Part) -> None:
    """Stop at a file that holds nothing.

    Raises:
        EmptyFile: it does.
    """
    if part.size == 0:
        raise EmptyFile(file=part.shown)


def _text_form(head: bytes, part: Part) -> str:
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(b"<"):
        return UFDR_XML if is_ufdr_xml(bare) else "a page or XML of another kind"
    if bare.startswith(b"From ") and HEADER.search(bare[:4096]):
        return MBOX
    utf_16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf_16 and b"\0" in head:
        return "other bytes"
    text = head.decode("utf-16" if utf_16 else "utf-8", "ignore")
    if is_whatsapp(text):  # before JSON: an iPhone writes its times in brackets
        return WHATSAPP
    if bare[:1] in (b"{", b"["):
        return CASE if any(word in head for word in OF_CASE) else "JSON"
    headers = re.split(rb"\r?\n\r?\n", bare, maxsplit=1)[0]
    if len(HEADER.findall(headers)) >= 2:
        return LETTER
    if _is_table(text):
        return TABLE
    named = PurePosixPath(part.name or part.file).suffix.lower()
    return TEXT if named in (".txt", ".text", ".md", "") else "text of another kind"


def _is_table(text: str) -> bool:
    """Have the first lines the same number, two or more, of one delimiter?"""
    lines = [line for line in text.splitlines()[:6] if line.strip()][:5]
    if len(lines) < 2:
        return False
    for delimiter in ",;\t|":
        try:
            widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
        except csv.Error:
            continue
        if len(widths) == 1 and widths.pop() >= 3:
            return True
    return False
