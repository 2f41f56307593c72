"""How does a delivery come in, whole or not at all?"""

from collections.abc import Callable, Iterable, Iterator
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
from fourfold_web.base.audit import Draft, NotAllowed, change
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, MarkedRecord, Officer
from fourfold_web.base.references import next_references
from fourfold_web.intake import files, queries
from fourfold_web.intake.loading import Altered, Loader
from fourfold_web.intake.models import Delivery
from fourfold_web.intake.outcome import LISTED, Outcome
from fourfold_web.intake.quarantine import SENSITIVE
from fourfold_web.intake.registry import Becomes, becomes

T = TypeVar("T")
Told = Callable[[str, int], None]
"""Told what is being done, "read" or "load", and to how many rows it has been."""

BATCH = 5_000
FIRST_ROWS = 10
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
            _write_down(draft, loader, delivery)
        return _outcome(loader, reading, filename)


def _loader(
    actor: Officer, body: Body, rows: Becomes, layout: Layout, to: Delivery | None
) -> Loader:
    return Loader(
        actor=actor,
        body=body,
        rows=rows,
        layout=layout,
        today=today(),
        compartments=queries.compartments_held(),
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
    for kept_back in _batches(reading.quarantined_rows()):
        loader.keep_back(kept_back)
    for whole in _batches(reading.whole_rows()):
        loader.take(whole)
        if told is not None:
            told("load", loader.tally.rows)


def _settle(loader: Loader, delivery: Delivery) -> None:
    tally = loader.tally
    delivery.rows, delivery.loaded = tally.rows, tally.loaded
    delivery.changed, delivery.unchanged = tally.changed, tally.unchanged
    delivery.quarantined, delivery.digest = tally.quarantined, loader.digest
    delivery.save()


def _write_down(draft: Draft, loader: Loader, delivery: Delivery) -> None:
    """Log the delivery, its rows by digest, and what changed in the first of them.

    A record behind a compartment gets a line of its own, behind the same compartment.
    """
    draft.add(delivery)
    tally = loader.tally
    if tally.loaded or tally.changed:
        count = tally.loaded + tally.changed
        draft.add_bulk(delivery.kind, count, loader.digest)
    for altered in loader.altered:
        if _is_walled(altered):
            actor, event = loader.actor, "delivery.loaded"
            with change(actor, event, about=altered.after) as own:
                _tell(own, altered)
        else:
            _tell(draft, altered)


def _is_walled(altered: Altered) -> bool:
    records = (altered.before, altered.after)
    return any(isinstance(r, MarkedRecord) and r.compartments for r in records)


def _tell(draft: Draft, altered: Altered) -> None:
    before = {name: getattr(altered.before, name) for name in altered.fields}
    draft.add(altered.after, **before)


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


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    each = iter(rows)
    while batch := list(islice(each, BATCH)):
        yield batch
