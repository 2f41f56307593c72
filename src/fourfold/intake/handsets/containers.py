"""How is each thing given opened: one file, a folder, a zip, a report in a zip?"""

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from fourfold.intake.errors import EmptyFile, UnsafeFile
from fourfold.intake.handsets import forms
from fourfold.intake.handsets.archive import Archive, open_archive
from fourfold.intake.handsets.case_uco import case_items
from fourfold.intake.handsets.documents import pdf_items, text_items, word_items
from fourfold.intake.handsets.errors import NothingKnown
from fourfold.intake.handsets.found import Items, Spoilt
from fourfold.intake.handsets.images import picture_items
from fourfold.intake.handsets.limits import fits, most
from fourfold.intake.handsets.mailbox import letter_items, mbox_items
from fourfold.intake.handsets.meter import Meter
from fourfold.intake.handsets.parts import Part, folder_parts, whole_file, zip_parts
from fourfold.intake.handsets.setting import Setting
from fourfold.intake.handsets.ufdr import report_member, ufdr_items
from fourfold.intake.handsets.whatsapp import whatsapp_items

FOLDER, UFDR, WORD = "folder", "UFDR", "Word file"
READERS: dict[str, Callable[[Part, Setting], Items]] = {
    forms.WHATSAPP: whatsapp_items,
    forms.UFDR_XML: ufdr_items,
    forms.CASE: case_items,
    forms.MBOX: mbox_items,
    forms.LETTER: letter_items,
    forms.PDF: pdf_items,
    forms.TEXT: text_items,
}
SKIPPED_NAMES = (".ds_store", "thumbs.db", "desktop.ini")
CHUNK = 1 << 20

Share = Callable[[], float]


@dataclass
class Opened:
    """One thing given, ready to be read part by part.

    `form` is what it was recognised as; `skipped` counts its files of other forms.
    """

    path: Path
    form: str
    size: int
    scratch: Path
    archive: Archive | None = None
    skipped: Counter[str] = field(default_factory=Counter)
    digests: list[tuple[str, str]] = field(default_factory=list)
    unpacked: int = 0
    meter: Meter = field(default_factory=Meter)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name

    @property
    def stem(self) -> str:
        """Its name without ending."""
        return self.path.stem

    def parts(self, setting: Setting) -> Iterator[tuple[Share, Items]]:
        """Each part's items, and how far the whole is, in the order of the parts."""
        if self.form == FOLDER:
            yield from self._each(folder_parts(self.path, self.meter), setting)
        elif self.archive is not None:
            yield from self._archive(self.archive, setting)
        else:
            part = whole_file(self.path, self.meter)
            yield from self._each(iter([part]), setting)

    def remarks(self) -> list[str]:
        """Which sentences must the reader know of what was not read?"""
        if not self.skipped:
            return []
        listed = ", ".join(f"{form}: {n:,}" for form, n in sorted(self.skipped.items()))
        return [f"{self.name}: files of forms that are not read ({listed})."]

    def sha256(self) -> str:
        """The digest of the file; of a folder, that of its names and their digests."""
        if self.form != FOLDER:
            return file_digest(self.path)
        whole = hashlib.sha256()
        for part in folder_parts(self.path):
            if isinstance(part, Part) and part.path is not None:
                whole.update(f"{part.name}\0{file_digest(part.path)}\n".encode())
        return whole.hexdigest()

    def _share(self) -> float:
        """How far: readers that look twice over a text are done early."""
        whole = self.archive.whole if self.archive is not None else self.size
        return min(self.meter.read / max(whole, 1), 1.0)

    def _each(
        self, parts: Iterator[Part | Spoilt], setting: Setting
    ) -> Iterator[tuple[Share, Items]]:
        for part in parts:
            if isinstance(part, Spoilt):
                yield self._share, iter([part])
                continue
            form = form_of(part)
            if form == forms.ZIP and part.name:
                yield from self._nested(part, setting)
            else:
                yield self._share, self._items(part, form, setting)

    def _items(self, part: Part, form: str, setting: Setting) -> Items:
        setting = replace(setting, device=device_of(part, setting))
        if form == forms.PICTURE:
            yield from picture_items(part, setting, setting.device)
        elif form == WORD and part.path is not None:
            with open_archive(part.path, part.shown) as archive:
                yield from word_items(archive, part, setting)
        elif form in READERS:
            yield from READERS[form](part, setting)
        elif form == forms.EMPTY or not part.name.lower().endswith(SKIPPED_NAMES):
            self.skipped[form] += 1

    def _archive(
        self, archive: Archive, setting: Setting
    ) -> Iterator[tuple[Share, Items]]:
        member = report_member(archive)
        if member is not None:
            name = f"{archive.prefix}{member.filename}"
            part = Part(
                archive.file, name, 1, member.file_size, archive=archive, member=member
            )
            yield self._share, ufdr_items(part, setting)
            return
        yield from self._each(zip_parts(archive), setting)

    def _nested(self, part: Part, setting: Setting) -> Iterator[tuple[Share, Items]]:
        """A zip in a folder or zip: unpacked to the disk, read, and thrown away."""
        self.unpacked += part.size
        if not fits("total_bytes", self.unpacked):
            seen = f"zips in it unpack to more than {most('total_bytes'):,} bytes"
            raise UnsafeFile(file=part.shown, seen=seen)
        depth = part.archive.depth + 1 if part.archive else 1
        with _on_disk(part, self.scratch) as path:
            prefix = f"{part.name}!/"
            with open_archive(path, part.file, prefix, depth) as archive:
                if is_word(archive):
                    yield self._share, word_items(archive, part, setting)
                else:
                    inner = replace(setting, device=part.stem)
                    yield from self._archive(archive, inner)


@contextmanager
def open_given(path: Path, scratch: Path) -> Iterator[Opened]:
    """Open one thing given and say what it is, before any of it is read.

    Raises:
        FileRefused: it does not exist, is empty, harmful or of no form that we read.
    """
    if path.is_dir():
        size = sum(p.size for p in folder_parts(path) if isinstance(p, Part))
        yield Opened(path, FOLDER, size, scratch)
        return
    part = whole_file(path)
    forms.refuse_empty(part)
    form = form_of(part)
    if form == forms.EMPTY:
        raise EmptyFile(file=path.name)
    if form != forms.ZIP:
        if not forms.known(form) and form != WORD:
            raise NothingKnown(file=path.name, found=form)
        yield Opened(path, form, part.size, scratch)
        return
    with open_archive(path, path.name) as archive:
        if report_member(archive) is not None:
            form = UFDR
        meter = archive.meter
        yield Opened(path, form, part.size, scratch, archive=archive, meter=meter)


def form_of(part: Part) -> str:
    """Of which form is a part? A Word file is told from other zips."""
    form = forms.form_of(part)
    if form == forms.ZIP and part.path is not None:
        with open_archive(part.path, part.shown) as archive:
            return WORD if is_word(archive) else form
    return form


def device_of(part: Part, setting: Setting) -> str:
    """Which handset or folder is a picture from: the first folder that it lies in."""
    first, slash, _ = part.name.partition("/")
    if not slash:
        return setting.device
    return PurePosixPath(first[:-1]).stem if first.endswith("!") else first


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, read a piece at a time."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


@contextmanager
def _on_disk(part: Part, scratch: Path) -> Iterator[Path]:
    if part.path is not None:
        yield part.path
        return
    with tempfile.NamedTemporaryFile(dir=scratch, prefix="zip-") as file:
        with part.open() as source:
            shutil.copyfileobj(source, file, CHUNK)
        file.flush()
        yield Path(file.name)


def is_word(archive: Archive) -> bool:
    """Is a zip a Word file?"""
    names = {member.filename for member in archive.members}
    return "word/document.xml" in names and "[Content_Types].xml" in names
