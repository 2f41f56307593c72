"""Which columns, filters and order has the list of pairs?"""

from typing import Any

from django.db.models import Case, Value, When
from django.urls import reverse

from fourfold_web.base.cells import Status
from fourfold_web.base.lists import Choice, Column, Flag, ListSpec, Text
from fourfold_web.resolve.models import MatchDecision, MatchPair
from fourfold_web.resolve.queries import OPEN, Rows

COLOURS = {"same": "green", "suspected": "yellow", "different": "grey"}
UNDECIDED_FIRST = Case(When(decided=None, then=Value(0)), default=Value(1))


def pair_address(pair: MatchPair) -> str:
    """Where is the page of a pair?"""
    return reverse("resolve:pair", args=[pair.reference])


def decided_words(says: str | None) -> Status:
    """What stands decided, in words?"""
    if not says:
        return Status("To be decided", "blue")
    words = dict(MatchDecision.SAYS).get(says, says)
    return Status(words, COLOURS.get(says, "grey"))


def undecided_of_them(rows: Rows) -> str:
    """How many of the pairs wait for a decision, in words? Empty: none."""
    count = rows.filter(OPEN).count()
    return f"{count:,} of them to be decided" if count else ""


def _decided(pair: Any) -> Status:
    return decided_words(pair.decided)


def _in_state(rows: Rows, chosen: list[str]) -> Rows:
    return rows.filter(OPEN) if "open" in chosen else rows.filter(decided__in=chosen)


PAIRS = ListSpec(
    name="pairs",
    title="People: perhaps the same",
    noun=("pair of records", "pairs of records"),
    columns=(
        Column("reference", "Reference", sort="reference", link=pair_address),
        Column(
            "state",
            "Decision",
            cell=_decided,
            sort=(UNDECIDED_FIRST, "pk"),
        ),
        Column("why", "Why it is worth a look", cell=lambda p: "; ".join(p.reasons)),
        Column("alike", "Names alike", sort="alike", numeric=True),
        Column("left", "One body", cell="left.body.short", sort="left__body__short"),
        Column(
            "right", "Other body", cell="right.body.short", sort="right__body__short"
        ),
        Column("one", "One record", cell="left.reference"),
        Column("other", "Other record", cell="right.reference"),
    ),
    filters=(
        Text(
            name="q",
            label="Reference of a pair or a record",
            lookups=("reference", "left__reference", "right__reference"),
            always=True,
        ),
        Choice(
            name="state",
            label="Decision",
            codes=[("open", "To be decided"), *MatchDecision.SAYS],
            where=_in_state,
            always=True,
        ),
        Flag(
            name="day",
            label="Born on the same day",
            where=lambda r: r.filter(reasons__contains=["Born on the same day"]),
            always=True,
        ),
    ),
    default_sort="state",
    empty="No two records of different bodies are alike. Clear a filter.",
)
