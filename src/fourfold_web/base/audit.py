"""Who changed or read what, when and why? The one door for writes.

Every change goes through `change`: permission, transaction and log line in one. The
database fills each line's number, time and seal, refuses to alter or remove a line,
and refuses to commit a write whose transaction wrote no line.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.db import connection, models, transaction

from fourfold.base.errors import FourfoldError
from fourfold_web.base.clock import today
from fourfold_web.base.line_marking import line_marking
from fourfold_web.base.models import Body, Look, Officer
from fourfold_web.base.roles import EVENTS

Plain = str | int | float | bool | list[Any] | dict[str, Any] | None


class NotAllowed(FourfoldError):
    """An officer lacks the right that an act needs."""

    what = "You may not do this: it needs the right '{needs}' for {body}."
    do = "Ask your administrator for a role that gives it."
    status = 403


class NothingMade(FourfoldError):
    """A change named no record, so the log would not say what was done."""

    what = "Nothing was changed by '{event}'."
    do = "Nothing was saved. Change something, then save again."
    status = 500


class NoReason(FourfoldError):
    """A read that must be explained came without a reason."""

    what = "No reason was given for this {kind}."
    do = "Say why you need it, in a few words."
    status = 422


@dataclass
class Draft:
    """What a change has made so far; becomes one line of the log."""

    made: list[dict[str, Plain]] = field(default_factory=list)

    def add(self, record: models.Model, **before: object) -> None:
        """Which record was made or changed, and what did it say before?

        Args:
            record: a saved record.
            before: fields as they were; their values now are read from `record`.
        """
        after = {name: plain(getattr(record, name)) for name in before}
        self.made.append(
            {
                "record": str(getattr(record, "reference", record.pk)),
                "kind": record._meta.model_name,
                "before": {name: plain(value) for name, value in before.items()},
                "after": cast(Plain, after),
            }
        )

    def add_bulk(self, kind: str, count: int, digest: str) -> None:
        """How many rows of a kind were written, and what is their digest?"""
        self.made.append({"kind": kind, "rows": count, "digest": digest})


def plain(value: object) -> Plain:
    """How is a value written in the log? Dates and times as ISO text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(getattr(value, "reference", value.pk))
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return str(value)


@contextmanager
def acting_as(officer: Officer) -> Iterator[None]:
    """For whom does the database show rows inside this block?

    Opens a transaction (or a savepoint) and tells row-level security who is asking
    and what day it is. Before and after the block it shows what it showed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fourfold.officer', true)")
        before = cursor.fetchone()[0] or ""
        _ask_as(str(officer.pk))
        yield
        if not connection.needs_rollback:  # Undone whole, the question goes with it.
            _ask_as(before)


def _ask_as(officer_pk: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('fourfold.officer', %s, true),"
            " set_config('fourfold.today', %s, true)",
            [officer_pk, today().isoformat()],
        )


@contextmanager
def change(
    actor: Officer, event: str, about: models.Model, *, reason: str = ""
) -> Iterator[Draft]:
    """Allow, run and log one change; all of it happens or none of it does.

    Args:
        actor: who does it. There is no "nobody": jobs act as a service officer.
        event: a key of `events.toml`.
        about: the record, or the body, that the line is about.
        reason: why, where the actor was asked.

    Raises:
        NotAllowed: `actor` lacks the right that the event needs for the body.
        NothingMade: the block named no record.
    """
    rule = EVENTS[event]
    body = about if isinstance(about, Body) else getattr(about, "body", actor.body)
    if not actor.may(rule.needs, body):
        raise NotAllowed(needs=rule.needs, body=str(body))
    with transaction.atomic():
        draft = Draft()
        yield draft
        if not draft.made:
            raise NothingMade(event=event)
        _write_line(actor, event, about, draft, body=body, reason=reason)


def _write_line(
    actor: Officer,
    event: str,
    about: models.Model,
    draft: Draft,
    *,
    body: Body,
    reason: str,
) -> None:
    marking = line_marking(about)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_entry (actor, event, about, body, classification,"
            " compartments, shared_with, dpa, reason, made)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)",
            [
                actor.username,
                event,
                str(getattr(about, "reference", about.pk)),
                body.slug,
                marking.classification,
                list(marking.compartments),
                list(marking.shared_with),
                EVENTS[event].dpa,
                reason,
                _json(draft.made),
            ],
        )


def _json(made: list[dict[str, Plain]]) -> str:
    return json.dumps(made, ensure_ascii=False, sort_keys=True)


def looked(
    officer: Officer,
    kind: str,
    about: str,
    *,
    reason: str = "",
    count: int | None = None,
) -> None:
    """Write down that an officer read a record, searched or exported.

    Args:
        officer: who.
        kind: "record", "search" or "export".
        about: the record's reference, the words searched for, or the list exported.
        reason: why, where the officer was asked.
        count: how many records were shown or sent.
    """
    dpa = "disclosure" if kind == "export" else "consultation"
    Look.objects.create(
        officer=officer,
        kind=kind,
        about=about[:200],
        body=officer.body_id,
        dpa=dpa,
        reason=reason,
        count=count,
    )


def undo_request() -> None:
    """Nothing that this request wrote stays: it ended in an error."""
    if connection.in_atomic_block:
        transaction.set_rollback(True)
