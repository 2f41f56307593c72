"""What did a body send in one file, and how good is it?"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fourfold.base import bodies
from fourfold.intake.cells import Fault, RawRow, in_full
from fourfold.intake.check import Check, row_check
from fourfold.intake.errors import Truncated
from fourfold.intake.kinds import Kind
from fourfold.intake.kinds import kind as kind_called
from fourfold.intake.layout import Layout
from fourfold.intake.layout_book import canonical, layout_called, layouts_for
from fourfold.intake.layout_fit import Fit, best_fit
from fourfold.intake.readers.formats import format_of, rows_of
from fourfold.intake.readers.grid import Footing
from fourfold.intake.rows import Row, row_key, row_text
from fourfold.intake.spool import CheckedRow, QuarantinedRow, Spool

Told = Callable[[int], None]
"""Takes the number of rows read so far."""

TELL_EVERY = 1_000


@dataclass
class DeliveryReading:
    """One file, read whole: `rows` = `whole` + `repeats` + `quarantined`, always.

    `repeats` are rows that stood in the file before with the same content. Use it in a
    `with`, or `close` it: its rows may lie in a temporary file.
    """

    file: str
    sha256: str
    kind: Kind
    body: str
    layout: str
    unread: tuple[str, ...]
    spool: Spool
    rows: int = 0
    whole: int = 0
    repeats: int = 0
    quarantined: int = 0
    file_faults: tuple[Fault, ...] = ()

    def whole_rows(self) -> Iterator[CheckedRow]:
        """Which rows can be loaded, in the order of the file?"""
        return self.spool.whole()

    def quarantined_rows(self) -> Iterator[QuarantinedRow]:
        """Which rows are kept back, with their faults, in the order of the file?"""
        return self.spool.quarantined()

    def faults(self) -> Iterator[Fault]:
        """Which faults are there, those of rows first, then those of the file?"""
        for row in self.quarantined_rows():
            yield from row.faults
        yield from self.file_faults

    def as_json(
        self, *, delivery: str | None, loaded: int, changed: int, unchanged: int
    ) -> dict[str, Any]:
        """What does the sender read about the delivery?

        Args:
            delivery: its reference, once it has one.
            loaded: whole rows that are new.
            changed: whole rows that were known with other content.
            unchanged: whole rows that were known with the same content.

        Returns:
            delivery, sha256, rows, loaded, unchanged, changed, quarantined and faults;
            repeats within the file count as unchanged, so that the four add up to rows.
        """
        return {
            "delivery": delivery,
            "sha256": self.sha256,
            "rows": self.rows,
            "loaded": loaded,
            "unchanged": unchanged + self.repeats,
            "changed": changed,
            "quarantined": self.quarantined,
            "faults": [asdict(fault) for fault in self.faults()],
        }

    def close(self) -> None:
        """Forget the rows."""
        self.spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read_delivery(
    path: Path | str,
    kind: Kind | str,
    body: str,
    layout: Layout | Path | str | None = None,
    today: date | None = None,
    *,
    folders: Iterable[Path] = (),
    told: Told | None = None,
) -> DeliveryReading:
    """What does the file hold, row by row checked?

    Args:
        path: the file.
        kind: the kind of rows it is said to hold.
        body: slug of the body that sent it.
        layout: a layout, its name or the path of its sheet; None: the body's layout
            that fits, or else our own field names.
        today: the clock, for dates that cannot lie ahead; None: not checked.
        folders: further folders of layouts.
        told: is told now and then how many rows were read.

    Returns:
        The reading: sha256 of the file, counts, and its rows in the order of the file.
        A row with any fault is quarantined; so is one that repeats the key of an
        earlier whole row with other content. References to other rows are not followed.

    Raises:
        UnknownKind, UnknownBody, UnknownLayout: there is none of that name.
        LayoutFault: the layout has faults.
        FileRefused: the file as a whole cannot be read; `errors.py` has each reason.
    """
    path = Path(path)
    kind = kind_called(kind) if isinstance(kind, str) else kind
    bodies.body(body)
    fit = _fit(path, kind, body, layout, tuple(folders))
    check = row_check(fit.layout, today)
    spool = Spool(kind)
    reading = DeliveryReading(
        file=path.name,
        sha256=file_digest(path),
        kind=kind,
        body=body,
        layout=fit.layout.name,
        unread=fit.unread,
        spool=spool,
    )
    try:
        footing = Footing()
        raws = rows_of(path, fit.layout, fit.places, footing)
        last = _take_all(reading, raws, check, told)
        _refuse_cut(fit.layout, footing, path, last)
    except BaseException:
        spool.close()
        raise
    reading.file_faults = tuple(_footer_faults(footing, reading.rows))
    return reading


def file_digest(path: Path) -> str:
    """Which sha256 do the file's bytes have? Read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fit(
    path: Path,
    kind: Kind,
    body: str,
    layout: Layout | Path | str | None,
    folders: tuple[Path, ...],
) -> Fit:
    format_ = format_of(path)
    if layout is None:
        own = layouts_for(body, kind, folders)
        candidates = [*own, canonical(kind, body, format_)]
    elif isinstance(layout, Layout):
        candidates = [layout]
    else:
        candidates = [
            layout_called(
                layout, kind=kind, body=body, format_=format_, folders=folders
            )
        ]
    return best_fit(
        path,
        kind=kind,
        candidates=candidates,
        named=layout is not None,
        format_=format_,
    )


def _take_all(
    reading: DeliveryReading, raws: Iterable[RawRow], check: Check, told: Told | None
) -> int:
    """Check and keep all raw rows; on which line does the last one stand?"""
    line = 0
    for raw in raws:
        line = raw.line
        row, faults = check(raw)
        reading.rows += 1
        if not faults:
            faults = _keep(reading, raw.line, row)
        if faults:
            _quarantine(reading, raw, faults)
        if told is not None and reading.rows % TELL_EVERY == 0:
            told(reading.rows)
    return line


def _keep(reading: DeliveryReading, line: int, row: Row) -> list[Fault]:
    """Keep a whole row unless its key stood before; with other content is a fault."""
    text = row_text(row)
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = row_key(reading.kind, row)
    if reading.spool.add_whole(line, key, digest, text):
        reading.whole += 1
        return []
    before, known = reading.spool.first(key)
    if known == digest:
        reading.repeats += 1
        return []
    fault = f"repeats line {before} with other content"
    mend = "Keep the right one of the two rows, or give each its own reference."
    return [Fault(line, reading.kind.key[-1], key, fault, mend)]


def _quarantine(reading: DeliveryReading, raw: RawRow, faults: list[Fault]) -> None:
    cells = tuple(in_full(cell) for cell in raw.cells)
    reading.spool.add_quarantined(QuarantinedRow(raw.line, cells, tuple(faults)))
    reading.quarantined += 1


def _refuse_cut(layout: Layout, footing: Footing, path: Path, last: int) -> None:
    if layout.footer.always and not footing.lines:
        seen = "the line after the last row is missing"
        raise Truncated(file=path.name, line=last, seen=seen)


def _footer_faults(footing: Footing, rows: int) -> Iterator[Fault]:
    for footer in footing.lines:
        if footer.stated is not None and footer.stated != rows:
            yield Fault(
                footer.line,
                "",
                footer.text,
                f"the file says {footer.stated:,} rows and holds {rows:,}",
                "Ask the sender whether rows are missing from the extract.",
            )
