"""Which files lie in what was given: a file, a folder, a zip, a zip in a zip?"""

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from fourfold.intake.errors import NoSuchFile
from fourfold.intake.handsets.archive import Archive, refusing
from fourfold.intake.handsets.errors import EmptyContainer
from fourfold.intake.handsets.found import Spoilt, spoilt
from fourfold.intake.handsets.meter import Meter

HEAD = 1 << 16


@dataclass(frozen=True)
class Part:
    """One file: of its own, in a folder, or in a zip.

    `name` is the path within what was given, "" for the file given itself. `place`
    numbers the parts from 1.
    """

    file: str
    name: str
    place: int
    size: int
    path: Path | None = None
    archive: Archive | None = None
    member: zipfile.ZipInfo | None = None
    meter: Meter = field(default_factory=Meter)

    @property
    def shown(self) -> str:
        """What is it called in an error?"""
        return f"{self.file}: {self.name}" if self.name else self.file

    @property
    def stem(self) -> str:
        """Its own name without folders and ending."""
        return PurePosixPath(self.name or self.file).stem

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes, as a stream."""
        if self.path is not None:
            with self.path.open("rb") as file:
                yield self.meter.watching(file)
            return
        if self.archive is None or self.member is None:
            raise NoSuchFile(file=self.shown)
        with refusing(self.shown), self.archive.zip.open(self.member) as file:
            yield self.archive.meter.watching(cast(BinaryIO, file))

    def head(self) -> bytes:
        """The first bytes, by which its form is told."""
        with self.open() as file:
            return file.read(HEAD)


def folder_parts(folder: Path, meter: Meter | None = None) -> Iterator[Part | Spoilt]:
    """Which files lie in a folder and its folders, in the order of their names?

    A link is a fault: it may lead out of the folder.

    Raises:
        EmptyContainer: there is none.
    """
    place = 0
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(where, name)
            place += 1
            inner = path.relative_to(folder).as_posix()
            kind = path.lstat().st_mode
            if not stat.S_ISREG(kind):
                yield spoilt(place, inner, "a link, not a file", "Copy the file in.")
                continue
            size = path.stat().st_size
            counted = meter or Meter()
            yield Part(folder.name, inner, place, size, path=path, meter=counted)
    if not place:
        raise EmptyContainer(file=folder.name)


def zip_parts(archive: Archive, first: int = 0) -> Iterator[Part | Spoilt]:
    """Which members of a zip may be read, in the order of its list?"""
    place = first
    for member in archive.members:
        if member.is_dir():
            continue
        place += 1
        fault = archive.faults.get(member.header_offset)
        if fault is not None:
            yield spoilt(place, member.filename, fault.fault, fault.mend)
            continue
        name = f"{archive.prefix}{member.filename}"
        yield Part(
            archive.file, name, place, member.file_size, archive=archive, member=member
        )
    if place == first and not archive.prefix:
        raise EmptyContainer(file=archive.file)


def whole_file(path: Path, meter: Meter | None = None) -> Part:
    """A file given by itself.

    Raises:
        NoSuchFile: there is none.
    """
    if not path.is_file():
        raise NoSuchFile(file=str(path))
    size = path.stat().st_size
    return Part(path.name, "", 1, size, path=path, meter=meter or Meter())
