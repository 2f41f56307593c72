"""Where is the file that a body sent kept, under its digest, as it came?"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from fourfold.base.errors import FourfoldError
from fourfold.intake.delivery import file_digest


class FileChanged(FourfoldError):
    """The file was written to while it was being read."""

    what = "{file} changed while it was being read."
    do = "Nothing was loaded. Wait until it is whole, then import it again."
    status = 409


class NoRoom(FourfoldError):
    """The file could not be kept."""

    what = "The file could not be kept: {said}."
    do = "Nothing was loaded. Make room or access in {folder}, then try again."
    status = 507


def folder() -> Path:
    """In which folder are delivered files kept? Made when missing, for us alone."""
    place = Path(settings.FOURFOLD_HOME) / "files"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def kept(sha256: str) -> Path:
    """Where is the file of that digest?"""
    return folder() / sha256


@contextmanager
def keeping(path: Path, sha256: str) -> Iterator[None]:
    """Keep a copy of the file under its digest if all goes well inside the block.

    The copy is whole and on the disk before it gets its name; a crash leaves at most a
    file that begins with a full stop.

    Raises:
        FileChanged: the file is no longer the one with that digest.
        NoRoom: the copy could not be written.
    """
    yield
    if kept(sha256).exists():
        return
    copy = folder() / f".{sha256}.{secrets.token_hex(4)}"
    try:
        _copy(path, copy)
        if file_digest(copy) != sha256:
            raise FileChanged(file=path.name)
        copy.rename(kept(sha256))
        _settle(folder())
    except OSError as error:
        said = error.strerror or str(error)
        raise NoRoom(said=said, folder=str(folder())) from error
    finally:
        copy.unlink(missing_ok=True)


def _copy(path: Path, copy: Path) -> None:
    with path.open("rb") as source, copy.open("xb") as target:
        copy.chmod(0o600)
        shutil.copyfileobj(source, target, 1024 * 1024)
        target.flush()
        os.fsync(target.fileno())


def _settle(place: Path) -> None:
    """Have the folder's list of names on the disk as well."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
