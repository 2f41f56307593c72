"""May a zip be unpacked: how large would it be, and is it built to do harm?"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fourfold.intake.cells import Wrong
from fourfold.intake.errors import PasswordProtected, Truncated, UnsafeFile
from fourfold.intake.handsets.limits import fits, most
from fourfold.intake.handsets.meter import Meter

END, END_64, LOCATOR_64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
TAIL = (1 << 16) + 22
LOCKED = Wrong("protected by a password", "Ask for it without one.")
LEADS_OUT = Wrong("a name that leads out of the zip", "Ask for a plain zip.")
LINK = Wrong("a link, not a file", "Ask for a zip that holds the file itself.")
TWICE = Wrong("a name that stands twice in the zip", "Ask which of the two is meant.")
UNKNOWN = Wrong("packed in a way that we cannot read", "Pack it again as a plain zip.")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


@dataclass
class Archive:
    """A zip that keeps the limits, and which of its members must be kept back.

    `faults` are by the place of the member in the file; `prefix` is the path of a zip
    that lies in another.
    """

    file: str
    zip: zipfile.ZipFile
    prefix: str = ""
    depth: int = 1
    members: list[zipfile.ZipInfo] = field(default_factory=list)
    faults: dict[int, Wrong] = field(default_factory=dict)
    whole: int = 0
    meter: Meter = field(default_factory=Meter)


@contextmanager
def open_archive(
    source: Path | BinaryIO, file: str, prefix: str = "", depth: int = 1
) -> Iterator[Archive]:
    """A zip, once it is known to keep the limits; nothing is unpacked to find out.

    Raises:
        UnsafeFile: it breaks a limit.
        PasswordProtected: every member is locked.
        Truncated: it is cut short or damaged.
    """
    shown = f"{file}: {prefix.rstrip('!/')}" if prefix else file
    if not fits("depth", depth):
        seen = f"zips lie more than {most('depth')} deep in each other"
        raise UnsafeFile(file=shown, seen=seen)
    with refusing(shown):
        _check_list(source, shown)
        opened = zipfile.ZipFile(source)
    with opened:
        archive = Archive(file, opened, prefix, depth, opened.infolist())
        _check_members(archive, shown)
        _find_faults(archive, shown)
        yield archive


@contextmanager
def refusing(shown: str) -> Iterator[None]:
    """Turn what the zip reader raises on a damaged file into our answer."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, zlib.error, struct.error) as error:
        raise Truncated(file=shown, line=0, seen="the zip is damaged") from error
    except (NotImplementedError, RuntimeError) as error:
        seen = "it is packed in a way that we cannot read"
        raise UnsafeFile(file=shown, seen=seen) from error


def _check_list(source: Path | BinaryIO, shown: str) -> None:
    """Refuse a list of members too long for memory, before it is read."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            count, size = _counted(file)
    else:
        count, size = _counted(source)
    if not (fits("members", count) and fits("list_bytes", size)):
        seen = f"it lists {count:,} members in {size:,} bytes"
        raise UnsafeFile(file=shown, seen=seen)


def _counted(file: BinaryIO) -> tuple[int, int]:
    """How many members, and how long is their list, as the end of the zip says?"""
    size = file.seek(0, 2)
    start = max(size - TAIL, 0)
    file.seek(start)
    tail = file.read(TAIL)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        return 0, 0  # zipfile then says that it is no zip
    count, length = struct.unpack("<H I", tail[at + 10 : at + 16])
    at_64 = tail.rfind(LOCATOR_64, 0, at)
    if at_64 >= 0 and len(tail) >= at_64 + 16:
        (place,) = struct.unpack("<Q", tail[at_64 + 8 : at_64 + 16])
        file.seek(min(place, size))
        end = file.read(56)
        if end.startswith(END_64) and len(end) == 56:
            count, length = struct.unpack("<Q Q", end[32:48])
    file.seek(0)
    return count, length


def _check_members(archive: Archive, shown: str) -> None:
    members = archive.members
    archive.whole = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    small = most("ratio_from_bytes")
    worst = max(
        (
            member.file_size / max(member.compress_size, 1)
            for member in members
            if member.file_size > small
        ),
        default=0.0,
    )
    if archive.whole > small:
        worst = max(worst, archive.whole / max(packed, 1))
    largest = max((member.file_size for member in members), default=0)
    within = (
        fits("members", len(members))
        and fits("total_bytes", archive.whole)
        and fits("single_bytes", largest)
        and fits("ratio", worst)
    )
    if not within:
        seen = (
            f"unpacked it would be {archive.whole / 1e6:,.0f} MB in {len(members):,} "
            f"members, {worst:,.0f} times its size"
        )
        raise UnsafeFile(file=shown, seen=seen)


def _find_faults(archive: Archive, shown: str) -> None:
    seen: set[str] = set()
    files = [member for member in archive.members if not member.is_dir()]
    for member in files:
        fault = _fault_of(member, seen)
        if fault is not None:
            archive.faults[member.header_offset] = fault
        seen.add(member.filename)
    if files and all(member.flag_bits & 1 for member in files):
        raise PasswordProtected(file=shown)


def _fault_of(member: zipfile.ZipInfo, seen: set[str]) -> Wrong | None:
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 1:
        return LOCKED
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return LEADS_OUT
    if stat.S_ISLNK(member.external_attr >> 16):
        return LINK
    if member.filename in seen:
        return TWICE
    return UNKNOWN if member.compress_type not in METHODS else None
