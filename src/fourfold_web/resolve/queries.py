"""Which pairs of records may an officer see, and what was decided about them?"""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from fourfold_web.base.models import Entry, Officer
from fourfold_web.base.visible import visible_to, withheld
from fourfold_web.resolve.models import MatchDecision, MatchPair

Rows = QuerySet[Any]

STANDS = Q(undone_on=None)
OPEN = Q(decided=None)
"""Pairs about which nothing stands decided."""


def visible_pairs(officer: Officer) -> QuerySet[MatchPair]:
    """Which pairs may the officer see: those of which they see both records?

    Pairs whose records are no longer alike are left out unless something is decided.
    """
    decision = MatchDecision.objects.filter(STANDS, pair=OuterRef("pk"))
    seen = visible_to(officer, MatchPair).annotate(
        decided=Subquery(decision.values("says")[:1])
    )
    sides = ("left__body", "right__body")
    return seen.filter(Q(candidate=True) | ~OPEN).select_related("body", *sides)


def see_pair(officer: Officer, reference: str) -> MatchPair:
    """Which pair has that reference? With the rows that name both people.

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    rows = [
        f"{side}__{row}__threat"
        for side in ("left", "right")
        for row in ("member", "offender")
    ]
    found = visible_pairs(officer).filter(reference=reference)
    pair = found.select_related("body", "left__body", "right__body", *rows).first()
    if pair is None:
        raise Http404
    return pair


def withheld_pairs(officer: Officer) -> int:
    """How many pairs may the officer be told of but not see?"""
    return withheld(officer, MatchPair)


def standing(officer: Officer, pair: MatchPair) -> MatchDecision | None:
    """What stands decided about a pair? None: nothing."""
    found = visible_to(officer, MatchDecision).filter(STANDS, pair=pair)
    return found.select_related("pair", "body", "decided_by").first()


def lines_of(pair: MatchPair) -> QuerySet[Entry]:
    """Which lines of the change log are about a pair? Newest first."""
    return Entry.objects.filter(about=pair.reference).order_by("-seq")
