"""Which columns and filters have the change log and the look log?"""

from typing import Any

from fourfold_web.base.lists import Choice, Column, DateRange, ListSpec, Text
from fourfold_web.base.log_lines import changed
from fourfold_web.base.models import Entry
from fourfold_web.base.roles import EVENTS

DPA = [
    (word, word.capitalize())
    for word in (
        "collection",
        "alteration",
        "consultation",
        "disclosure",
        "combination",
        "erasure",
    )
]


def _says(entry: Entry) -> str:
    event = EVENTS.get(entry.event)
    return event.says.capitalize() if event else entry.event


def _marking(entry: Entry) -> Any:
    walls = " ".join(wall.upper() for wall in entry.compartments)
    return f"{entry.classification.replace('_', '-').upper()} {walls}".strip()


LOG = ListSpec(
    name="log",
    title="Change log",
    noun=("line", "lines"),
    columns=(
        Column("seq", "Line", sort="seq"),
        Column("at", "When", sort="at", nowrap=True),
        Column("actor", "Who", sort="actor"),
        Column("event", "What", cell=_says, sort="event"),
        Column("about", "About", sort="about"),
        Column("body", "Body", sort="body"),
        Column("dpa", "Section 62", sort="dpa"),
        Column("reason", "Reason"),
        Column("changed", "Before and after", cell=changed),
        Column("marking", "Marking", cell=_marking),
        Column("prev", "Seal before", on_page=False),
        Column("digest", "Seal", on_page=False),
    ),
    filters=(
        Text(name="q", label="Record", lookups=("about",), always=True),
        Text(name="actor", label="Who (username)", lookups=("actor",), always=True),
        Choice(
            name="event",
            label="What",
            codes=[(event.key, event.says.capitalize()) for event in EVENTS.values()],
            always=True,
        ),
        Choice(name="dpa", label="Section 62", codes=DPA),
        DateRange(name="at", label="When", instant=True),
    ),
    default_sort="-seq",
    empty="No line matches. Clear a filter.",
    marking="OFFICIAL-SENSITIVE",
)

LOOKS = ListSpec(
    name="looks",
    title="Look log",
    noun=("look", "looks"),
    columns=(
        Column("at", "When", sort="at", nowrap=True),
        Column("officer", "Who", cell="officer.name", sort="officer__name"),
        Column("body", "Body", cell="officer.body.short", sort="officer__body__short"),
        Column("kind", "Kind", sort="kind"),
        Column("about", "At what", sort="about"),
        Column("reason", "Why"),
        Column("count", "Records", sort="count", numeric=True),
        Column("dpa", "Section 62", sort="dpa"),
    ),
    filters=(
        Text(name="q", label="Record or words", lookups=("about",), always=True),
        Text(
            name="who",
            label="Who",
            lookups=("officer__name", "officer__username"),
            always=True,
        ),
        Choice(
            name="kind",
            label="Kind",
            codes=[("record", "Record"), ("search", "Search"), ("export", "Export")],
            always=True,
        ),
        Text(name="reason", label="Why", lookups=("reason",)),
        DateRange(name="at", label="When", instant=True),
    ),
    default_sort="-at",
    empty="No look matches. Clear a filter.",
    marking="OFFICIAL-SENSITIVE",
)
