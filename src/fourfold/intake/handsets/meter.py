"""How much of what was given has been read?"""

from dataclasses import dataclass
from typing import Any, BinaryIO, cast


@dataclass
class Meter:
    """Counts the bytes that readers took, once unpacked, of one thing given."""

    read: int = 0

    def watching(self, stream: BinaryIO) -> BinaryIO:
        """The same stream, with what is read from it counted."""
        return cast(BinaryIO, _Watched(stream, self))


class _Watched:
    """A stream that tells a meter of each read; all else is the stream's own."""

    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def read(self, size: int = -1) -> bytes:
        return self._told(self._stream.read(size))

    def read1(self, size: int = -1) -> bytes:
        return self._told(cast(Any, self._stream).read1(size))

    def readline(self, size: int = -1) -> bytes:
        return self._told(self._stream.readline(size))

    def _told(self, data: bytes) -> bytes:
        self._meter.read += len(data)
        return data
