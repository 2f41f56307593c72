"""Which columns, filters and order has the log of what reviewers decided?"""

from typing import Any

from django.urls import reverse

from fourfold_web.base.cells import Status
from fourfold_web.base.filters import Rows
from fourfold_web.base.lists import Choice, Column, DateRange, ListSpec, Text
from fourfold_web.picture.review.models import ReviewedMessage
from fourfold_web.picture.review.tags import TAGS

MARKING = "OFFICIAL-SENSITIVE"


def tag_words(message: ReviewedMessage) -> list[str]:
    """Which tags has a message, in words?"""
    return [TAGS[tag].says if tag in TAGS else tag for tag in message.tags]


def _where(message: ReviewedMessage) -> str | None:
    if message.state == ReviewedMessage.SET_ASIDE:
        return reverse("picture:set-aside", args=[message.reference])
    address = reverse("picture:review", args=[message.file.reference])
    return f"{address}?line={message.line}"


def _note(message: ReviewedMessage) -> str:
    """What was noted? Not of a message that is locked: a note may repeat its words."""
    locked = message.state == ReviewedMessage.SET_ASIDE
    return "" if locked else message.note


def _state(message: ReviewedMessage) -> Any:
    locked = message.state == ReviewedMessage.SET_ASIDE
    return Status(message.says, "purple" if locked else "green")


def _tagged(rows: Rows, chosen: list[str]) -> Rows:
    return rows.filter(tags__overlap=chosen)


COLUMNS = (
    Column("reference", "Reference", sort="reference", link=_where),
    Column("file", "File", cell="file.reference", sort="file__reference"),
    Column("line", "Line", sort="line", numeric=True),
    Column("state", "State", cell=_state, sort="state"),
    Column("tags", "Tags", cell=tag_words),
    Column("note", "Note", cell=_note),
    Column("by", "Reviewed by", cell="reviewed_by.name", sort="reviewed_by__name"),
    Column("at", "At", cell="reviewed_at", sort="reviewed_at", nowrap=True),
)
LOG = ListSpec(
    name="review-log",
    title="Review log",
    noun=("message", "messages"),
    columns=COLUMNS,
    filters=(
        Text(name="q", label="Note", lookups=("note",), always=True),
        Choice(
            name="tag",
            label="Tag",
            codes=[(tag.key, tag.says) for tag in TAGS.values()],
            where=_tagged,
            always=True,
        ),
        Choice(
            name="state",
            label="State",
            codes=list(ReviewedMessage.STATES.items()),
            always=True,
        ),
        DateRange(name="reviewed", label="Reviewed", lookup="reviewed_at__date"),
    ),
    default_sort="-at",
    empty="No message was reviewed, or none matches the filter.",
    marking=MARKING,
)
SET_ASIDE = ListSpec(
    name="set-aside",
    title="Messages set aside as privileged",
    noun=("message", "messages"),
    columns=tuple(one for one in COLUMNS if one.key not in ("state", "tags", "note")),
    default_sort="-at",
    empty="No message waits for your decision.",
    marking=MARKING,
)
