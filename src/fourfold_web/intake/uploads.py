"""Where does a file wait between its preview and the word to bring it in?

Each officer has a folder of their own; a file is found again by its digest, and only
by the officer who sent it. What waits longer than a day is thrown away.
"""

import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from fourfold_web.base.models import Officer

DAY_SECONDS = 24 * 60 * 60
SHA256 = re.compile("[0-9a-f]{64}")
NOT_IN_NAMES = re.compile(r"[^\w .()+-]")
LONGEST_NAME = 100
SENT = "as-sent"


@dataclass(frozen=True)
class Asked:
    """What an officer said of a file: its kind, sender, layout and name."""

    kind: str
    body: str
    layout: str
    filename: str


@dataclass(frozen=True)
class Upload:
    """A file that waits, and what was said of it."""

    sha256: str
    path: Path
    asked: Asked


def keep_upload(officer: Officer, chunks: Iterable[bytes], asked: Asked) -> Upload:
    """Put a file by for its officer; the same file again replaces it.

    Args:
        officer: who sent it.
        chunks: its bytes.
        asked: what was said of it.
    """
    mine = _folder(officer)
    _throw_away_old(mine)
    working = mine / f".{time.monotonic_ns()}"
    digest = hashlib.sha256()
    with working.open("xb") as file:
        working.chmod(0o600)
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    place = mine / digest.hexdigest()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    (place / SENT).mkdir()
    working.rename(place / SENT / plain_name(asked.filename))
    (place / "asked.json").write_text(json.dumps(asdict(asked)), encoding="utf-8")
    found = find_upload(officer, digest.hexdigest())
    assert found is not None
    return found


def find_upload(officer: Officer, sha256: str) -> Upload | None:
    """Which file of the officer's waits under that digest? None: no such file."""
    if not SHA256.fullmatch(sha256):
        return None
    place = _folder(officer) / sha256
    try:
        said = json.loads((place / "asked.json").read_text(encoding="utf-8"))
    except OSError:
        return None
    asked = Asked(**said)
    return Upload(sha256, place / SENT / plain_name(asked.filename), asked)


def drop_upload(officer: Officer, sha256: str) -> None:
    """Throw away a file that waited."""
    if SHA256.fullmatch(sha256):
        shutil.rmtree(_folder(officer) / sha256, ignore_errors=True)


def plain_name(name: str) -> str:
    """How do we call a file that a browser sent? Without folders or odd characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return NOT_IN_NAMES.sub("_", last).strip(" .")[-LONGEST_NAME:] or "file"


def _folder(officer: Officer) -> Path:
    place = Path(settings.FOURFOLD_HOME) / "uploads" / str(officer.pk)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _throw_away_old(mine: Path) -> None:
    oldest = time.time() - DAY_SECONDS
    for place in mine.iterdir():
        if place.stat().st_mtime < oldest:
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)
