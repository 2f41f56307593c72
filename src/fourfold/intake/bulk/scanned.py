"""What must be known of the bytes of a text before it is read?"""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fourfold.intake.errors import UnsafeFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
AT_ONCE = 1 << 22
UTF_8 = "utf-8"


@dataclass(frozen=True)
class Scanned:
    """Encoding, digest, how many lines, whether NUL bytes or old line ends occur.

    `lines` counts a last line without an end. `old_ends`: lines end with CR alone.
    """

    encoding: str
    sha256: str
    lines: int
    nul: bool
    old_ends: bool


def scanned(path: Path) -> Scanned:
    """One pass over a file, however large; text of another encoding is told, not read.

    Raises:
        UnsafeFile: one line is longer than any row.
    """
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder(UTF_8)()
    ends, returns, nul, last, utf8 = 0, 0, False, b"", True
    encoding = marked(path)
    with path.open("rb") as file:
        while block := file.read(AT_ONCE):
            digest.update(block)
            here = block.count(b"\n")
            if len(block) == AT_ONCE and not here and not block.count(b"\r"):
                # The engine passes over such a line without a word.
                raise UnsafeFile(file=path.name, seen="one line is over 4 MB")
            ends += here
            returns += block.count(b"\r") if not ends else 0
            nul = nul or b"\0" in block
            utf8 = utf8 and _is_utf8(decoder, block)
            last = block[-1:]
    utf8 = utf8 and not decoder.getstate()[0]
    return Scanned(
        encoding=encoding or (UTF_8 if utf8 else _western(path)),
        sha256=digest.hexdigest(),
        lines=ends + (last not in (b"", b"\n")),
        nul=nul,
        old_ends=not ends and bool(returns),
    )


def marked(path: Path) -> str:
    """Which encoding does the mark at the beginning of a file name? "": none."""
    with path.open("rb") as file:
        head = file.read(4)
    return next((name for mark, name in MARKS if head.startswith(mark)), "")


def _is_utf8(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    if block.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _western(path: Path) -> str:
    """Windows-1252 where its beginning is, for want of a surer sign; else Latin-1."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    try:
        head.decode("windows-1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "windows-1252"
