"""How does a file of evidence come in, get its authority, and get read?"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import change
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.intake.evidence import queue, store
from fourfold_web.intake.evidence.models import Authority, EvidenceFile
from fourfold_web.intake.evidence.powers import (
    POWERS,
    kind_name,
    may_cover,
    needs_authority,
)
from fourfold_web.intake.evidence.sniffing import sniffed_file

READING = "reading"
"""The kind of job that reads a file."""


class DoesNotCover(FourfoldError):
    """Evidence of that kind is not obtained under that power."""

    what = "{power} does not cover {kind}."
    do = "Choose the authority under which it was obtained, or record that one."
    status = 422


class NoAuthority(FourfoldError):
    """The file may not be read before its authority is recorded."""

    what = "{reference} is kept back: no authority is recorded for it."
    do = "Record the authority under which it was obtained, then confirm it again."
    status = 409


class NotToBeConfirmed(FourfoldError):
    """The file is being read, or was."""

    what = "{reference} is not waiting to be confirmed: {says}."
    do = "Open it and look at what became of it."
    status = 409


class AuthorisedAlready(FourfoldError):
    """The file has its authority, and rows may rest on it."""

    what = "{reference} stands under {authority} already."
    do = "Drop the file in again if it was obtained under another."
    status = 409


def record_authority(
    *,
    actor: Officer,
    power: str,
    number: str,
    purpose: str,
    granted_by: str,
    from_on: date,
    until_on: date | None,
    permitted_use: str,
    **marking: Any,
) -> Authority:
    """Record the power under which evidence was obtained.

    The words are those of the record; `marking` is its `classification` and
    `compartments`.

    Raises:
        NotAllowed: `actor` lacks the right "analyse".
        ValidationError: a field is empty, or it is recorded already.
    """
    made = Authority(
        body=actor.body,
        made_by=actor,
        power=power,
        number=number,
        purpose=purpose,
        granted_by=granted_by,
        from_on=from_on,
        until_on=until_on,
        permitted_use=permitted_use,
        **marking,
    )
    with change(actor, "authority.recorded", about=made) as line:
        made.reference = next_references(actor.body, "AUT")[0]
        made.full_clean()
        made.save()
        line.add(made)
    return made


def take_in(
    *,
    actor: Officer,
    path: Path,
    name: str,
    kind: str,
    why: str,
    authority: Authority | None = None,
    **marking: Any,
) -> EvidenceFile:
    """Keep a file of evidence; without the authority it needs it is kept back.

    Args:
        actor: who takes it in.
        path: the file as it arrived; it is moved from there.
        name: what the sender calls it.
        kind: a kind of evidence, or "handset".
        why: what it is needed for.
        authority: under which it was obtained; none: not recorded yet.
        marking: `classification` and `compartments`.

    Raises:
        NotAllowed: `actor` lacks the right "analyse".
        DoesNotCover: evidence of that kind is not obtained under that power.
        NoRoomForEvidence: the bytes could not be kept.
    """
    _check_cover(authority, kind)
    made = EvidenceFile(
        body=actor.body, made_by=actor, name=name[:255], kind=kind, why=why,
        authority=authority, state=_first_state(kind, authority), **marking,
    )  # fmt: skip
    with change(actor, "evidence.received", about=made, reason=why) as line:
        made.sha256, made.size = store.keep_bytes(path, made.name)
        made.sniffed = sniffed_file(store.bytes_of(made.sha256, made.name), kind)
        made.reference = next_references(actor.body, "EVF")[0]
        made.save()
        line.add(made, state="", sha256="")
    return made


def take_in_all(
    *,
    actor: Officer,
    arrived: Sequence[tuple[str, str]],
    kind: str,
    why: str,
    authority: Authority | None = None,
    **marking: Any,
) -> list[EvidenceFile]:
    """Keep several files that arrived together: all of them, or none.

    As for one; `arrived` says where each lies, and what the sender calls it.

    Raises:
        NotAllowed, DoesNotCover, NoRoomForEvidence: as for one of them.
    """
    return [
        take_in(
            actor=actor,
            path=Path(path),
            name=name,
            kind=kind,
            why=why,
            authority=authority,
            **marking,
        )
        for path, name in arrived
    ]


def give_authority(
    *, actor: Officer, file: EvidenceFile, authority: Authority
) -> EvidenceFile:
    """Record under which authority a file was obtained, so that it may be read.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
        AuthorisedAlready, DoesNotCover.
    """
    if file.authority is not None:
        raise AuthorisedAlready(
            reference=file.reference, authority=file.authority.reference
        )
    _check_cover(authority, file.kind)
    state = file.state
    file.authority = authority
    if state == EvidenceFile.KEPT_BACK:
        file.state = EvidenceFile.WAITING
    with change(actor, "evidence.authorised", about=file) as line:
        file.save(update_fields=["authority", "state"])
        line.add(file, authority=None, state=state)
    return file


def confirm_file(
    *, actor: Officer, file: EvidenceFile, options: Mapping[str, Any]
) -> EvidenceFile:
    """Say how a file is to be read, and have it read.

    Args:
        actor: who confirms it.
        file: as the officer sees it.
        options: `layout`, `columns`, `dates` and `zone`, as confirmed.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
        NoAuthority: it is kept back.
        NotToBeConfirmed: it is being read, or was.
        UnderWay: there is work on it.
    """
    if file.state == EvidenceFile.KEPT_BACK:
        raise NoAuthority(reference=file.reference)
    if file.state not in (EvidenceFile.WAITING, EvidenceFile.REFUSED):
        raise NotToBeConfirmed(reference=file.reference, says=file.says.lower())
    before = {name: getattr(file, name) for name in ("state", "options", "refused")}
    file.options, file.refused = dict(options), ""
    file.state = EvidenceFile.READING
    with change(actor, "evidence.confirmed", about=file) as line:
        file.save(update_fields=["options", "state", "refused"])
        queue.ask_for(actor, READING, file)
        line.add(file, **before)
    return file


def put_down_reading(
    *, actor: Officer, file: EvidenceFile, read: Mapping[str, Any]
) -> None:
    """Record what came of reading a file.

    Args:
        actor: who asked for it.
        file: as the officer sees it.
        read: rows, loaded, repeated, quarantined, found, faults, notes, layout and
            reading, as the fields of the record.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
    """
    before = {"state": file.state, "rows": file.rows}
    for name, value in read.items():
        setattr(file, name, value)
    file.state = EvidenceFile.READ
    with change(actor, "evidence.read", about=file) as line:
        file.save()
        line.add(file, **before)
        line.add_bulk(file.kind, int(read["loaded"]), str(read["reading"]))


def put_down_refusal(*, actor: Officer, file: EvidenceFile, why: str) -> None:
    """Record that a file could not be read, and why.

    Raises:
        NotAllowed: `actor` lacks the right "analyse" for its body.
    """
    before = {"state": file.state, "refused": file.refused}
    file.state, file.refused = EvidenceFile.REFUSED, why
    with change(actor, "evidence.read", about=file) as line:
        file.save(update_fields=["state", "refused"])
        line.add(file, **before)


def _first_state(kind: str, authority: Authority | None) -> str:
    if authority is None and needs_authority(kind):
        return EvidenceFile.KEPT_BACK
    return EvidenceFile.WAITING


def _check_cover(authority: Authority | None, kind: str) -> None:
    if authority is not None and not may_cover(authority.power, kind):
        power = POWERS[authority.power].says
        raise DoesNotCover(power=power, kind=kind_name(kind).lower())
