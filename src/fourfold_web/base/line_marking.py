"""How is a line of the change log marked, so that it tells no more than its record?"""

from dataclasses import dataclass

from django.db import models

from fourfold_web.base.models import MarkedRecord, Record

OFFICIAL = "official"


@dataclass(frozen=True)
class LineMarking:
    """The marking of a line: as the record's, and that of all it hangs on."""

    classification: str
    compartments: tuple[str, ...]
    shared_with: tuple[str, ...]


def line_marking(about: models.Model) -> LineMarking:
    """Which marking has a line about this record?

    A record that hangs on another is seen only by those who see both, so its line
    stands behind the compartments of both. An OFFICIAL one that hangs on something
    more sensitive takes its classification, and those it is shared with.
    """
    own = _own(about)
    walls = set(own.compartments)
    classification, shared = own.classification, own.shared_with
    for parent in hangs_on(about):
        above = line_marking(parent)
        walls |= {*above.compartments}
        if classification == OFFICIAL != above.classification:
            classification, shared = above.classification, above.shared_with
    return LineMarking(classification, tuple(sorted(walls)), shared)


def hangs_on(record: models.Model) -> list[Record]:
    """Which records does this one name?"""
    named = [
        getattr(record, field.name)
        for field in record._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Record)
    ]
    return [one for one in named if one is not None]


def _own(record: models.Model) -> LineMarking:
    if not isinstance(record, MarkedRecord):
        return LineMarking(OFFICIAL, (), ())
    return LineMarking(
        record.classification, tuple(record.compartments), tuple(record.shared_with)
    )
