"""Where do the bytes of evidence lie, and the rows that were read from them?

Each file has a folder named by its digest: the bytes as they came, and beside them a
folder for each way of reading. A crash leaves at most a name that begins with a stop.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from fourfold.base.errors import FourfoldError
from fourfold_web.intake.uploads import plain_name

READ_AT_ONCE = 1024 * 1024
SENT = "as-sent"


class NoRoomForEvidence(FourfoldError):
    """A file of evidence could not be kept."""

    what = "{file} could not be kept: {said}."
    do = "Nothing was recorded. Make room in {folder}, then drop it in again."
    status = 507


class EvidenceGone(FourfoldError):
    """The bytes or rows of a recorded file are not where they were put."""

    what = "The stored copy of {reference} is missing or altered."
    do = "Restore {folder} from the backup, or drop the file in again."
    status = 409


def evidence_folder() -> Path:
    """In which folder does evidence lie? Made when missing, for us alone."""
    return _made(Path(settings.FOURFOLD_HOME) / "evidence")


def incoming_folder() -> Path:
    """Where does a file lie while it is being sent? On the same disk."""
    return _made(evidence_folder() / ".incoming")


def results_folder() -> Path:
    """In which folder do results lie, each under its digest?"""
    return _made(Path(settings.FOURFOLD_HOME) / "results")


def bytes_of(sha256: str, name: str) -> Path:
    """Where are the bytes with that digest, under the name that they came with?

    The readers look at the ending of a name, so the bytes keep one.
    """
    return evidence_folder() / sha256 / SENT / plain_name(name)


def rows_folder(sha256: str, reading: str) -> Path:
    """Where lie the rows that one way of reading gave?"""
    return evidence_folder() / sha256 / reading


def keep_bytes(path: Path, name: str) -> tuple[str, int]:
    """Move a file that has arrived to its place; its digest and its size.

    Raises:
        NoRoomForEvidence: the disk is full or closed to us.
    """
    try:
        sha256, size = digest_of(path), path.stat().st_size
        place = bytes_of(sha256, name)
        if not place.exists():
            _made(place.parent.parent)
            _made(place.parent)
            part = place.with_name(f".{secrets.token_hex(4)}")
            shutil.move(path, part)
            part.chmod(0o600)
            with part.open("rb") as whole:
                os.fsync(whole.fileno())
            part.rename(place)
    except OSError as error:
        said = error.strerror or str(error)
        folder = str(evidence_folder())
        raise NoRoomForEvidence(file=name, said=said, folder=folder) from error
    return sha256, size


def digest_of(path: Path) -> str:
    """Which sha256 has a file? Read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def reading_key(sha256: str, kind: str, options: Mapping[str, Any]) -> str:
    """Which name has the folder of rows that these options give of these bytes?"""
    said = json.dumps([sha256, kind, options], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _made(place: Path) -> Path:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
