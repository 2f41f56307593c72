"""Which records does an XML file hold?"""

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from fourfold.intake.cells import Cell
from fourfold.intake.errors import NotWellFormed, Truncated, UnsafeFile, WrongEncoding
from fourfold.intake.layout import Layout
from fourfold.intake.readers.text_lines import LONGEST_LINE
from fourfold.intake.readers.tree import Record

CHUNK = 1 << 16
DEEPEST = 12
CUT = (
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)


def xml_records(path: Path, layout: Layout) -> Iterator[Record]:
    """Which records does the file hold: each element called `layout.record`?

    With `record` empty, each child of the outer element. Values are named by their path
    from the record: `@id`, `title`, `lead/@number`; prefixes of namespaces are dropped,
    and a repeated element gives a list.

    Raises:
        UnsafeFile: the file declares a document type (where entities live), nests
            deeper than a record, or holds a piece longer than any row.
        Truncated: the file ends before its outer element does.
        NotWellFormed: it breaks the grammar of XML.
        WrongEncoding: its bytes are not in the encoding that it declares.
    """
    reader = _RecordReader(path, layout)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield from reader.feed(chunk)
        yield from reader.feed(b"", last=True)


class _RecordReader:
    """Builds records from the parser's events; holds one record at a time."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path = path
        self.layout = layout
        self.names: list[str] = []
        self.texts: list[list[str]] = []
        self.record_depth = 0
        self.values: dict[str, Cell] = {}
        self.size = 0
        self.fed = 0
        self.line = 0
        self.done: list[Record] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def feed(self, chunk: bytes, *, last: bool = False) -> list[Record]:
        self.done = []
        self.fed += len(chunk)
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise self.error(error, chunk) from error
        except (LookupError, ValueError) as error:
            seen = "it declares an encoding that we cannot read"
            raise NotWellFormed(
                file=self.path.name, line=1, format="XML", seen=seen
            ) from error
        if not last and self.fed - self.parser.CurrentByteIndex > LONGEST_LINE:
            raise self.unsafe("one piece is longer than any row")
        return self.done

    def refuse_doctype(self, *_: object) -> None:
        raise self.unsafe("it declares a document type, where entities can hide")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.names.append(name)
        self.texts.append([])
        depth = len(self.names)
        if depth > DEEPEST:
            raise self.unsafe(f"elements lie more than {DEEPEST} deep")
        wanted = self.layout.record
        if not self.record_depth and (name == wanted or (not wanted and depth == 2)):
            self.record_depth = depth
            self.line = self.parser.CurrentLineNumber
            self.values, self.size = {}, 0
        if self.record_depth:
            for key, value in attributes.items():
                if not key.startswith("xmlns"):
                    self.add("@" + key.rpartition(":")[2], value)

    def text(self, data: str) -> None:
        if self.record_depth:
            self.size += len(data)
            if self.size > LONGEST_LINE:
                raise self.unsafe("one record is longer than any row")
            self.texts[-1].append(data)

    def end(self, _tag: str) -> None:
        text = "".join(self.texts.pop())
        depth = len(self.names)
        if self.record_depth and depth > self.record_depth and text.strip():
            self.add("", text)
        self.names.pop()
        if depth == self.record_depth:
            self.done.append(Record(self.line, self.values))
            self.record_depth = 0

    def add(self, last: str, value: str) -> None:
        path = "/".join([*self.names[self.record_depth :], *([last] if last else [])])
        before = self.values.get(path)
        if before is None:
            self.values[path] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            self.values[path] = [str(before), value]

    def unsafe(self, seen: str) -> UnsafeFile:
        return UnsafeFile(
            file=self.path.name, seen=f"line {self.parser.CurrentLineNumber}: {seen}"
        )

    def error(
        self, error: expat.ExpatError, chunk: bytes
    ) -> Truncated | NotWellFormed | WrongEncoding:
        seen = expat.ErrorString(error.code)
        name, line = self.path.name, error.lineno
        if not chunk and seen in CUT:
            return Truncated(
                file=name, line=line, seen="the outer element is not closed"
            )
        if not _is_utf_8(chunk) and seen == expat.errors.XML_ERROR_INVALID_TOKEN:
            return WrongEncoding(
                file=name,
                line=line,
                encoding="utf-8",
                fits="windows-1252",
                layout=self.layout.name,
            )
        return NotWellFormed(file=name, line=line, format="XML", seen=seen)


def _is_utf_8(chunk: bytes) -> bool:
    try:
        chunk[3:-3].decode()
    except UnicodeDecodeError as error:
        return error.start > len(chunk) - 10
    return True
