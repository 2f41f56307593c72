"""Which bytes has one picture of a container, known by its digest?"""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from fourfold.intake.handsets.containers import FOLDER, Opened, open_given
from fourfold.intake.handsets.found import Sought
from fourfold.intake.handsets.limits import fits
from fourfold.intake.handsets.parts import Part, folder_parts, whole_file, zip_parts
from fourfold.intake.handsets.setting import Setting


def picture_bytes(given: Path, sha256: str, path: str = "") -> bytes | None:
    """The bytes of the picture with a digest; `None`: it is not in there.

    Args:
        given: a file or folder as `read_container` takes it.
        sha256: of the picture, 64 hexadecimal digits, small letters.
        path: what the picture is called in there: it is looked for under that name
            first, which spares reading the whole of a large container.

    Raises:
        FileRefused: the container cannot be opened, or breaks a limit.
    """
    with (
        tempfile.TemporaryDirectory(prefix="fourfold-") as scratch,
        open_given(given, Path(scratch)) as opened,
    ):
        found = _by_name(opened, sha256, PurePosixPath(path).name)
        return found if found is not None else _by_reading(opened, sha256)


def _by_name(opened: Opened, sha256: str, name: str) -> bytes | None:
    for part in _parts(opened):
        same = PurePosixPath(part.name or part.file).name == name
        if same and fits("picture_bytes", part.size):
            with part.open() as file:
                data = file.read()
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    return None


def _parts(opened: Opened) -> Iterator[Part]:
    """The files that lie in it, without those in zips within."""
    if opened.form == FOLDER:
        parts = folder_parts(opened.path)
    elif opened.archive is not None:
        parts = zip_parts(opened.archive)
    else:
        parts = iter([whole_file(opened.path)])
    return (part for part in parts if isinstance(part, Part))


def _by_reading(opened: Opened, sha256: str) -> bytes | None:
    """As a reader would come to it: in a report, a letter, a Word file, a zip in it."""
    setting = Setting(opened.stem, sought=sha256)
    for _share, items in opened.parts(setting):
        for item in items:
            if isinstance(item, Sought):
                return item.data
    return None
