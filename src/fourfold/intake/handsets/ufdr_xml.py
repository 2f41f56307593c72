"""Which models, files and facts does report.xml hold, one at a time?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from fourfold.intake.errors import NotWellFormed, Truncated, UnsafeFile
from fourfold.intake.handsets.limits import most
from fourfold.intake.handsets.ufdr_fields import Element, local
from fourfold.intake.handsets.ufdr_models import MAKERS

CLOSED = b"</project"
CONTAINERS = ("Chat",)
"""Model types whose inner models are items of their own."""

DEEPEST, MOST_OPEN = most("xml_depth"), most("xml_open")
WHOLE = ("extraInfo", "file", "metadata", "extractionInfo", "caseInformation")


@dataclass
class ReportItems:
    """Reads a report from a stream; holds one item at a time in memory.

    `unread` counts models of types that give no rows.
    """

    shown: str
    unread: Counter[str] = field(default_factory=Counter)
    open: int = 0
    depth: int = 0
    opened: list[int] = field(default_factory=list)
    models: list[Element] = field(default_factory=list)

    def items(self, stream: BinaryIO) -> Iterator[tuple[str, Element, Element | None]]:
        """What comes next: its name, the element, and the chat that it lies in?

        Raises:
            UnsafeFile: it declares a document type, or an item is too large or deep.
            Truncated: it stops before its end.
            NotWellFormed: it breaks the grammar of XML.
        """
        tail = _Tail(stream)
        events = etree.iterparse(
            tail,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for event, element in events:
                if event == "start":
                    self._start(element)
                    continue
                yield from self._end(element)
        except etree.XMLSyntaxError as error:
            raise self._refused(error, tail) from error

    def _start(self, element: Element) -> None:
        self.opened.append(self.open)
        self.depth += 1
        self.open += 1
        if self.depth == 1 and element.getroottree().docinfo.internalDTD is not None:
            seen = "it declares a document type, where entities can hide"
            raise UnsafeFile(file=self.shown, seen=seen)
        if self.depth > DEEPEST:
            seen = f"elements lie more than {DEEPEST} deep"
            raise UnsafeFile(file=self.shown, seen=seen)
        if self.open > MOST_OPEN:
            seen = f"one item holds more than {MOST_OPEN:,} elements"
            raise UnsafeFile(file=self.shown, seen=seen)
        if local(element) == "model":
            self.models.append(element)

    def _end(self, element: Element) -> Iterator[tuple[str, Element, Element | None]]:
        self.depth -= 1
        begun = self.opened.pop()
        name = local(element)
        if name == "model":
            self.models.pop()
            yield from self._model(element, begun)
        elif self.models or _inside_file(element):
            return
        elif name in WHOLE:
            yield name, element, None
            self._forget(element, begun)
        elif name == "modelType":
            self._forget(element, begun)

    def _model(
        self, element: Element, begun: int
    ) -> Iterator[tuple[str, Element, Element | None]]:
        above = self.models
        outer = above[0] if above else None
        inside_chat = (
            outer is not None and len(above) == 1 and outer.get("type") in CONTAINERS
        )
        kind = element.get("type") or ""
        if above and not (inside_chat and kind in MAKERS):
            return
        if kind in MAKERS:
            yield kind, element, outer
        elif kind not in CONTAINERS:
            self.unread[kind] += 1
        self._forget(element, begun)

    def _forget(self, element: Element, begun: int) -> None:
        """Let go of what an element holds, and of those before it."""
        self.open = begun + 1
        element.clear()
        parent = element.getparent()
        if parent is None or local(parent) == "model":
            return
        while element.getprevious() is not None:
            del parent[0]
            self.open -= 1

    def _refused(
        self, error: etree.XMLSyntaxError, tail: "_Tail"
    ) -> Truncated | NotWellFormed | UnsafeFile:
        line = error.lineno or 0
        said = str(error.msg or error)
        if any(word in said.lower() for word in ("huge", "entity", "depth")):
            return UnsafeFile(file=self.shown, seen=f"line {line}: {said}")
        if tail.ended and CLOSED not in tail.last:
            seen = "the report is not closed"
            return Truncated(file=self.shown, line=line, seen=seen)
        return NotWellFormed(file=self.shown, line=line, format="XML", seen=said)


class _Tail:
    """A stream that remembers its last bytes, and whether it came to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.last = b""
        self.ended = False

    def read(self, size: int) -> bytes:
        data = self.stream.read(size)
        self.ended = self.ended or len(data) < size
        self.last = (self.last + data)[-256:]
        return data


def _inside_file(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "file"
