"""Which picture of a file may an officer look at, and what is known of it?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.http import Http404

from fourfold.picture.images.known import is_known
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence import store
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.queries import see_file, visible_files
from fourfold_web.picture.runs.left_out import borne_by
from fourfold_web.picture.runs.queries import set_aside_of

TOLD = {
    "device": "Handset or folder",
    "width": "Pixels wide",
    "height": "Pixels high",
    "taken_local": "Taken, by the camera's clock",
    "taken_at": "Taken",
    "make": "Maker of the camera",
    "model": "Model of the camera",
    "words": "Words read from it",
    "sha256": "SHA-256",
}
FACTS = ("path", "md5", "pdq", "quality", *TOLD)


@dataclass(frozen=True)
class Picture:
    """One picture of one file of evidence, by what was read of it."""

    file: EvidenceFile
    facts: dict[str, Any]

    @property
    def told(self) -> list[tuple[str, Any]]:
        """What is said of it on a page: what is known, heading and value."""
        known = ((heading, self.facts[name]) for name, heading in TOLD.items())
        return [(heading, value) for heading, value in known if value not in (None, "")]

    @property
    def sha256(self) -> str:
        """Its digest."""
        return str(self.facts["sha256"])

    @property
    def about(self) -> str:
        """What is it called in the log of who looked?"""
        return f"{self.file.reference} picture {self.sha256}"


def see_picture(officer: Officer, reference: str, sha256: str) -> Picture:
    """Which picture of a file has that digest?

    Raises:
        Http404: there is none, or the officer may not see the file; both read alike.
    """
    file = see_file(officer, reference)
    if "images" not in file.found:
        raise Http404
    rows = pq.read_table(_rows_of(file, "images"), columns=list(FACTS))
    mine = rows.filter(pc.equal(rows["sha256"], sha256)).slice(0, 1).to_pylist()
    if not mine:
        raise Http404
    return Picture(file, mine[0])


def may_be_shown(officer: Officer, picture: Picture) -> bool:
    """May anybody look at it here?

    Not what is on a list of known pictures, nor what hangs on a message that was set
    aside: such a picture is not even opened.
    """
    lists = visible_files(officer).filter(found__has_key="known")
    paths = [_rows_of(one, "known") for one in lists]
    return not _is_set_aside(picture) and not is_known(picture.facts, paths)


def _is_set_aside(picture: Picture) -> bool:
    """Is a message that was set aside the picture's own words, or does it bear it?"""
    lines = [line for _file, line in set_aside_of([picture.file.pk])]
    if not lines:
        return False
    borne = borne_by(_rows_of(picture.file, "messages"), lines)
    return borne.has(picture.sha256, str(picture.facts["path"]))


def _rows_of(file: EvidenceFile, kind: str) -> Path:
    path = store.rows_folder(file.sha256, file.reading) / f"{kind}.parquet"
    if not path.is_file():
        folder = str(store.evidence_folder())
        raise store.EvidenceGone(reference=file.reference, folder=folder)
    return path
