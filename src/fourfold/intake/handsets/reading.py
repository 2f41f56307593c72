"""What do handset reports, chats, mailboxes, documents and pictures hold?"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fourfold.base.result import Input
from fourfold.intake.errors import FileRefused
from fourfold.intake.evidence import Reading, evidence_kind
from fourfold.intake.handsets.clock import clock_of
from fourfold.intake.handsets.containers import Opened, open_given
from fourfold.intake.handsets.errors import SeveralRefused
from fourfold.intake.handsets.limits import most
from fourfold.intake.handsets.picture_words import PictureWords
from fourfold.intake.handsets.setting import Setting
from fourfold.intake.handsets.writing import Writer, keep, scratch_beside

ALL_WORDS, NO_WORDS = "words", "no-words"
TELL_EVERY = 0.5
"""Seconds between two sayings of how far it is, at least."""
UNAUTHORISED = "No authority is recorded under which this was obtained."

Tell = Callable[[float, str], None]


class Options(Protocol):
    """What an officer may say of files beside naming them.

    `layout`: "words" reads the words of every picture, "no-words" of none; else those
    of the first few, as the sheet of limits says. `dates` settles a chat whose dates
    settle nothing; `zone` is that of times which name none; `authority` is kept with
    each input.
    """

    @property
    def layout(self) -> str | None:
        """Of which pictures are words read?"""
        ...

    @property
    def dates(self) -> str | None:
        """In which style are dates that settle nothing themselves?"""
        ...

    @property
    def zone(self) -> str | None:
        """In which zone are times that name none?"""
        ...

    @property
    def authority(self) -> str:
        """Under which authority was it obtained?"""
        ...


def read_container(
    kind: str, paths: Sequence[Path], options: Options, out: Path, tell: Tell
) -> Reading:
    """Read what a handset tool, a chat app, a mailbox or a camera gave.

    Args:
        kind: the kind of evidence wanted; its table is written even without rows.
            Every other kind found is written too.
        paths: files, folders or zips; each is an input, in this order.
        options: see `Options`.
        out: folder for the Parquet files, one a kind; made if need be. Nothing lies
            in it until all is read.
        tell: told the share done, 0 to 1; may raise `Stopped`.

    Raises:
        FileRefused: a file cannot be read as a whole; all such are named.
        UnknownEvidence, UnknownZone: nobody knows the kind or the zone.
    """
    evidence = evidence_kind(kind)
    clock_of(options.zone)
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_beside(out))
        opened = _open_all(paths, scratch, stack)
        writer = Writer(scratch)
        if evidence.authority and not options.authority:
            writer.notes[UNAUTHORISED] = None
        whole = sum(one.size for one in opened) or 1
        words = _words(kind, options.layout or "")
        done = 0
        inputs = []
        for one in opened:
            writer.begin_input()
            progress = _Progress(tell, done / whole, one.size / whole, one.name)
            setting = Setting(
                device=one.stem,
                clock=clock_of(options.zone),
                dates=options.dates or "",
                words=words,
            )
            rows = _read(one, setting, writer, progress)
            inputs.append(_input(one, kind, options.authority or "", rows))
            done += one.size
        for text in words.remarks():
            writer.notes[text] = None
        writer.ensure(kind)
        tables = keep(writer.close(), out)
    tell(1.0, "All is read.")
    return _reading(inputs, tables, writer)


@dataclass
class _Progress:
    """Says how far one input is, as its parts are read."""

    tell: Tell
    start: float
    span: float
    name: str
    items: int = 0
    said_at: float = 0.0

    def say(self, share: float) -> None:
        doing = f"Reading {self.name}: {self.items:,} items"
        self.tell(min(self.start + self.span * share, 1.0), doing)

    def count(self, share: Callable[[], float]) -> None:
        self.items += 1
        now = time.monotonic()
        if now - self.said_at >= TELL_EVERY:
            self.said_at = now
            self.say(share())


def _open_all(paths: Sequence[Path], scratch: Path, stack: ExitStack) -> list[Opened]:
    opened, refused = [], []
    for path in paths:
        try:
            opened.append(stack.enter_context(open_given(path, scratch)))
        except FileRefused as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        said = " ".join(str(error) for error in refused)
        raise SeveralRefused(count=len(refused), file=said)
    return opened


def _read(one: Opened, setting: Setting, writer: Writer, progress: _Progress) -> int:
    """Read one thing given; how many of its rows were loaded?"""
    progress.say(0.0)
    for share, items in one.parts(setting):
        writer.begin_part()
        for item in items:
            writer.take(item)
            progress.count(share)
    for text in (*setting.clock.remarks(one.name), *one.remarks()):
        writer.notes[text] = None
    return writer.tallies[-1].loaded


def _words(kind: str, layout: str) -> PictureWords:
    """From how many pictures are words read?"""
    limits = {ALL_WORDS: None, NO_WORDS: 0}
    usual = "pictures_read" if kind == "messages" else "pictures_read_beside"
    return PictureWords(limits[layout] if layout in limits else most(usual))


def _input(one: Opened, kind: str, authority: str, rows: int) -> Input:
    return Input(
        name=one.name,
        kind=kind,
        sha256=one.sha256(),
        size=one.size,
        rows=rows,
        layout=one.form,
        authority=authority,
    )


def _reading(inputs: list[Input], tables: dict[str, Path], writer: Writer) -> Reading:
    loaded = sum(tally.loaded for tally in writer.tallies)
    repeated = sum(tally.repeated for tally in writer.tallies)
    quarantined = sum(tally.quarantined for tally in writer.tallies)
    return Reading(
        inputs=tuple(inputs),
        tables=tables,
        rows=loaded + repeated + quarantined,
        loaded=loaded,
        repeated=repeated,
        quarantined=quarantined,
        faults=tuple(writer.faults),
        fault_count=writer.fault_count,
        notes=tuple(writer.notes),
    )
