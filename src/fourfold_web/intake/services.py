"""How does a delivery come in, whole or not at all?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import connection

from fourfold.base import bodies
from fourfold.base.errors import FourfoldError
from fourfold.intake.cells import Fault
from fourfold.intake.delivery import DeliveryReading, read_delivery
from fourfold.intake.layout import Layout
from fourfold.intake.layout_book import layout_called
from fourfold.intake.readers.formats import format_of
from fourfold.intake.spool import CheckedRow
from fourfold.intake.spool import QuarantinedRow as QuarantinedInFile
from fourfold_web.base.audit import NotAllowed, change
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.references import next_references
from fourfold_web.base.visible import sight_of
from fourfold_web.intake import files
from fourfold_web.intake.bulk import take_statistics
from fourfold_web.intake.loading import Loader
from fourfold_web.intake.mending import CannotMend, layout_of, mended_row
from fourfold_web.intake.models import Delivery, QuarantinedRow
from fourfold_web.intake.outcome import LISTED, Outcome
from fourfold_web.intake.quarantine import SENSITIVE
from fourfold_web.intake.registry import Becomes, becomes
from fourfold_web.intake.trail import write_down

T = TypeVar("T")
Told = Callable[[str, int], None]
"""Told what is being done, "read" or "load", and to how many rows it has been."""

BATCH = 5_000
BATCH_LETTERS = 8_000_000
FIRST_ROWS = 10
MANY = 1_000
"""New rows after which the database should count anew what the table holds."""
CODE = "DEL"


class NoSuchBody(FourfoldError):
    """The body is known to the library and not to this site."""

    what = "No body called '{body}' is set up here."
    do = "Run `fourfold up` once, or ask your administrator."
    status = 404


def load_delivery(
    *,
    actor: Officer,
    path: Path,
    kind: str,
    body: str,
    layout: str | None = None,
    dry_run: bool = False,
    filename: str = "",
    told: Told | None = None,
) -> Outcome:
    """Bring in one file: all its rows are accounted for, or nothing happened.

    The same file again changes nothing. A row that was kept back earlier is mended when
    a later delivery brings it whole.

    Args:
        actor: who brings it in; the database has to be asked as this officer.
        path: the file.
        kind: the kind of rows it holds.
        body: slug of the body that sent it.
        layout: name of a layout or path of its sheet; None: the one that fits.
        dry_run: say what would become of the rows, and write nothing.
        filename: what the sender calls the file, when `path` does not.
        told: is told now and then how far it is.

    Raises:
        UnknownKind, UnknownBody, NotTaken: the library or the site knows none such.
        NotAllowed: `actor` may not import for the body.
        FileRefused, UnknownLayout, LayoutFault: the file as a whole cannot be read.
        FileChanged, NoRoom: the file could not be kept.
    """
    rows = becomes(kind)
    bodies.body(body)
    if not actor.may("import", body):
        raise NotAllowed(needs="import", body=bodies.BODIES[body].short)
    sender = Body.objects.filter(slug=body).select_related("region").first()
    if sender is None:
        raise NoSuchBody(body=body)
    counting = None if told is None else (lambda count: told("read", count))
    with read_delivery(
        path, rows.kind, body, layout, today(), told=counting
    ) as reading:
        format_ = format_of(path)
        used = layout_called(
            layout or reading.layout, kind=rows.kind, body=body, format_=format_
        )
        if dry_run:
            loader = _loader(actor, sender, rows, used, None)
            _run(loader, reading, told)
            return _outcome(loader, reading, filename)
        delivery = _new_delivery(actor, sender, reading)
        delivery.filename = (filename or reading.file)[:255]
        delivery.size = path.stat().st_size
        with (
            change(actor, "delivery.loaded", about=delivery) as draft,
            files.keeping(path, reading.sha256),
        ):
            _wait_for_others(body, kind)
            delivery.reference = next_references(sender, CODE)[0]
            delivery.save()
            loader = _loader(actor, sender, rows, used, delivery)
            _run(loader, reading, told)
            _settle(loader, delivery)
            if loader.tally.loaded >= MANY:
                take_statistics(rows.model)
            draft.add(delivery)
            write_down(draft, loader)
        return _outcome(loader, reading, filename)


def mend_row(
    *, actor: Officer, row: QuarantinedRow, texts: Mapping[str, str]
) -> list[Fault]:
    """Mend a row that was kept back, and load it.

    Args:
        actor: who mends it; the database has to be asked as this officer.
        row: an open row, as the officer sees it.
        texts: field to text, as the layout of the row reads it; what is left out stays.

    Returns:
        What is still wrong; nothing was written then. None wrong: the row is loaded.

    Raises:
        NotAllowed: `actor` may not import for the body.
        CannotMend: the row is mended already, or has nothing that could be mended.
    """
    rows, layout = becomes(row.kind), layout_of(row)
    checked, faults = mended_row(row, layout, texts)
    if checked is None:
        return faults
    trial = _loader(actor, row.body, rows, layout, None)
    trial.take([checked])
    if trial.faults:
        return trial.faults
    with change(actor, "row.mended", about=row) as draft:
        _wait_for_others(row.body_id, row.kind)
        now = QuarantinedRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if now.state != QuarantinedRow.OPEN:
            raise CannotMend(reference=row.reference, said="it was mended meanwhile")
        loader = _loader(actor, row.body, rows, layout, row.of)
        loader.take([checked])
        if loader.faults:
            raise CannotMend(reference=row.reference, said=loader.faults[0].fault)
        now.state = QuarantinedRow.MENDED
        now.save(update_fields=["state"])
        draft.add(now, state=QuarantinedRow.OPEN)
        write_down(draft, loader)
    return []


def _loader(
    actor: Officer, body: Body, rows: Becomes, layout: Layout, to: Delivery | None
) -> Loader:
    return Loader(
        actor=actor,
        body=body,
        rows=rows,
        layout=layout,
        today=today(),
        compartments=sight_of(actor).compartments,
        delivery=to,
    )


def _wait_for_others(body: str, kind: str) -> None:
    """Let one delivery of a body's kind follow another; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('delivery'), hashtext(%s))",
            [f"{body}/{kind}"],
        )


def _new_delivery(actor: Officer, body: Body, reading: DeliveryReading) -> Delivery:
    return Delivery(
        body=body,
        made_by=actor,
        classification=SENSITIVE,
        kind=reading.kind.name,
        layout=reading.layout,
        sha256=reading.sha256,
        rows=0,
        loaded=0,
        changed=0,
        unchanged=0,
        quarantined=0,
        file_faults=[asdict(fault) for fault in reading.file_faults],
        unread=list(reading.unread),
    )


def _run(loader: Loader, reading: DeliveryReading, told: Told | None) -> None:
    loader.tally.unchanged += reading.repeats
    for kept_back in _batches(reading.quarantined_rows(), _raw_letters):
        loader.keep_back(kept_back)
    for whole in _batches(reading.whole_rows(), _letters):
        loader.take(whole)
        if told is not None:
            told("load", loader.tally.rows)


def _settle(loader: Loader, delivery: Delivery) -> None:
    tally = loader.tally
    delivery.rows, delivery.loaded = tally.rows, tally.loaded
    delivery.changed, delivery.unchanged = tally.changed, tally.unchanged
    delivery.quarantined, delivery.digest = tally.quarantined, loader.digest
    delivery.save()


def _outcome(loader: Loader, reading: DeliveryReading, filename: str) -> Outcome:
    found = sorted(
        [*islice(_row_faults(reading), LISTED), *loader.faults[:LISTED]],
        key=lambda fault: fault.line,
    )
    shown = [one.row for one in islice(reading.whole_rows(), FIRST_ROWS)]
    return Outcome(
        delivery=None if loader.delivery is None else loader.delivery.reference,
        file=filename or reading.file,
        kind=reading.kind.name,
        body=reading.body,
        layout=reading.layout,
        sha256=reading.sha256,
        tally=loader.tally,
        faults=[*found[:LISTED], *reading.file_faults],
        unread=reading.unread,
        first_rows=shown,
    )


def _row_faults(reading: DeliveryReading) -> Iterator[Fault]:
    for row in reading.quarantined_rows():
        yield from row.faults


def _batches(rows: Iterable[T], letters: Callable[[T], int]) -> Iterator[list[T]]:
    """The rows in batches that are neither too many rows nor too much text."""
    batch: list[T] = []
    left = BATCH_LETTERS
    for row in rows:
        batch.append(row)
        left -= letters(row)
        if len(batch) == BATCH or left <= 0:
            yield batch
            batch, left = [], BATCH_LETTERS
    if batch:
        yield batch


def _letters(row: CheckedRow) -> int:
    return sum(len(value) for value in row.row.values() if type(value) is str)


def _raw_letters(row: QuarantinedInFile) -> int:
    return sum(map(len, row.raw))
