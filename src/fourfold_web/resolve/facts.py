"""In what do two records of people agree, and in what do they differ?"""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from fourfold.resolve.pairs import Person, differing
from fourfold_web.base.cells import Status
from fourfold_web.resolve.models import MatchPair, PersonRecord

LINK = '<a class="govuk-link" href="{}">{}</a>'
AGREES, DIFFERS = Status("Agrees", "green"), Status("Differs", "orange")
NOT_COMPARED = "Not compared"
UNKNOWN = Status("Not known", "grey")


def compared(pair: MatchPair) -> list[list[Any]]:
    """How do the two records compare? Field, one, other, and whether they agree."""
    left, right = pair.left, pair.right
    differ = differing(_person(left), _person(right))
    unknown = left.born_on is None or right.born_on is None
    births = UNKNOWN if unknown else _says(differ["born_on"])
    return [
        ["Name", left.name, right.name, _says(differ["name"])],
        ["Born", left.born_on, right.born_on, births],
        ["Held by", left.body.short, right.body.short, NOT_COMPARED],
        ["Named as", _named_as(left), _named_as(right), NOT_COMPARED],
        ["Threat", _threat(left), _threat(right), _same_threat(pair)],
        ["Marking", _marking(left), _marking(right), NOT_COMPARED],
    ]


def _says(differs: bool) -> Status:
    return DIFFERS if differs else AGREES


def _person(record: PersonRecord) -> Person:
    return Person(record.reference, record.body_id, record.name, record.born_on)


def _named_as(record: PersonRecord) -> str:
    row = record.named_by()
    if record.member_id is not None:
        return f"Member of a threat, {row.label('role').lower()}"
    return f"Managed offender, {row.label('programme')}"


def _threat(record: PersonRecord) -> Any:
    threat = record.named_by().threat
    if threat is None:
        return "None"
    address = reverse("picture:threat", args=[threat.reference])
    return format_html(LINK, address, threat.name)


def _same_threat(pair: MatchPair) -> Any:
    one, other = pair.left.named_by().threat_id, pair.right.named_by().threat_id
    if one is None or other is None:
        return NOT_COMPARED
    return _says(one != other)


def _marking(record: PersonRecord) -> str:
    return str(record.named_by().marking())
