"""What may be done to a message: review it, set it aside, decide about it?"""

from collections.abc import Sequence

from django.utils import timezone

from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import NotAllowed, change, looked
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.picture.review import queries
from fourfold_web.picture.review.models import ReviewedMessage
from fourfold_web.picture.review.tags import TAGS
from fourfold_web.picture.review.texts import Message, Messages

OPENS = "privileged"
MARKS = ("classification", "handling", "compartments", "shared_with")


class NoSuchTag(FourfoldError):
    """A tag is not in the sheet."""

    what = "No tag is called '{tag}'."
    do = "Use one of: {known}."
    status = 422


class NoSuchMessage(FourfoldError):
    """The file has no message at that place."""

    what = "{reference} has no message at line {line}."
    do = "Go back to the queue and take the next one."
    status = 404


class Locked(FourfoldError):
    """A message that was set aside may not be reviewed by anybody else."""

    what = "That message was set aside as privileged and is locked."
    do = "The independent reviewer decides about it."
    status = 409


def review(
    *,
    actor: Officer,
    file: EvidenceFile,
    line: int,
    tags: Sequence[str] = (),
    note: str = "",
    set_aside: bool = False,
) -> ReviewedMessage:
    """Record that a message was read, how it is tagged, and whether it is set aside.

    Raises:
        NotAllowed: `actor` lacks the right "analyse".
        NoSuchTag, NoSuchMessage, Locked.
    """
    if unknown := [tag for tag in tags if tag not in TAGS]:
        raise NoSuchTag(tag=unknown[0], known=", ".join(TAGS))
    found = queries.reviewed_of(actor, file).filter(line=line).first()
    if found is not None and found.state == ReviewedMessage.SET_ASIDE:
        raise Locked
    if Messages(file).message(line) is None:
        raise NoSuchMessage(reference=file.reference, line=line)
    made = found or ReviewedMessage(
        body=actor.body,
        file=file,
        line=line,
        made_by=actor,
        **{name: getattr(file, name) for name in MARKS},
    )
    before = {"state": "" if found is None else found.state, "tags": list(made.tags)}
    made.tags, made.note = sorted(set(tags)), note
    made.reviewed_by, made.reviewed_at = actor, timezone.now()
    made.state = ReviewedMessage.SET_ASIDE if set_aside else ReviewedMessage.SEEN
    event = "message.set_aside" if set_aside else "message.reviewed"
    with change(actor, event, about=made) as line_of_log:
        if found is None:
            made.reference = next_references(made.body, "REV")[0]
        made.save()
        line_of_log.add(made, **before)
    return made


def lock_suggested(
    actor: Officer, file: EvidenceFile, suggested: Sequence[tuple[int, str]]
) -> None:
    """Set aside unread what may be privileged, once a file of messages is read."""
    known = queries.reviewed_lines(actor, file)
    new = [(line, why) for line, why in suggested if line not in known]
    if not new:
        return
    with change(actor, "message.set_aside", about=file) as line_of_log:
        references = next_references(file.body, "REV", len(new))
        ReviewedMessage.objects.bulk_create(
            ReviewedMessage(
                reference=reference,
                body=file.body,
                file=file,
                line=line,
                made_by=actor,
                state=ReviewedMessage.SET_ASIDE,
                note=why,
                reviewed_by=actor,
                reviewed_at=timezone.now(),
                **{name: getattr(file, name) for name in MARKS},
            )
            for reference, (line, why) in zip(references, new, strict=True)
        )
        line_of_log.add_bulk("messages set aside", len(new), file.reading)


def open_set_aside(
    *, actor: Officer, message: ReviewedMessage, reason: str
) -> Message | None:
    """What does a message say that was set aside? Written down with its reason.

    Raises:
        NotAllowed: `actor` lacks the right "privileged" for its body.
    """
    if not actor.may(OPENS, message.body):
        raise NotAllowed(needs=OPENS, body=str(message.body))
    looked(actor, "record", message.reference, reason=reason, count=1)
    return Messages(message.file).message(message.line)


def decide_set_aside(
    *, actor: Officer, message: ReviewedMessage, release: bool, note: str
) -> ReviewedMessage:
    """Say whether a message that was set aside is privileged; released, it is read.

    Raises:
        NotAllowed: `actor` lacks the right "privileged" for its body.
    """
    before = {"state": message.state, "note": message.note}
    message.state = ReviewedMessage.SEEN if release else ReviewedMessage.SET_ASIDE
    message.released_by = actor if release else None
    message.note = note
    with change(actor, "message.released", about=message, reason=note) as line:
        message.save(update_fields=["state", "released_by", "note"])
        line.add(message, **before)
    return message
