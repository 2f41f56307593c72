"""How is a search of plate reads in bulk asked for, and decided by somebody else?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from fourfold.base.analysis import Value
from fourfold.base.errors import FourfoldError
from fourfold_web.base.audit import NotAllowed, change
from fourfold_web.base.clock import today
from fourfold_web.base.models import Officer
from fourfold_web.base.references import next_references
from fourfold_web.picture.runs.models import BulkSearch

AUTHORISES = "authorise"
APPROVED_SAYS = (
    "purpose", "proportionality", "asked_by", "authorised_by", "authorised_on",
    "from_on", "to_on",
)  # fmt: skip
"""Parameters of a search that its approved request says; nobody types them anew."""


class OwnSearch(FourfoldError):
    """Nobody decides on a search that they asked for."""

    what = "You asked for {reference} yourself."
    do = "Somebody else with the right to authorise decides on it."
    status = 403


class OtherLists(FourfoldError):
    """The files hold lists that were not approved."""

    what = "{reference} was approved for other lists: {lists} not named in it."
    do = "Leave those files out, or ask for a new search that names their lists."
    status = 422


class DecidedAlready(FourfoldError):
    """A decision stands."""

    what = "{reference} was decided already: {says}."
    do = "Ask for a new search if things have changed."
    status = 409


def ask_to_search(
    *,
    actor: Officer,
    purpose: str,
    proportionality: str,
    lists: str,
    from_on: date,
    until_on: date,
    **marking: Any,
) -> BulkSearch:
    """Ask for authority to search plate reads in bulk.

    Raises:
        NotAllowed: `actor` lacks the right "analyse".
        ValidationError: a field is empty, or the last day comes before the first.
    """
    made = BulkSearch(
        body=actor.body, made_by=actor, purpose=purpose, lists=lists,
        proportionality=proportionality, from_on=from_on, until_on=until_on,
        **marking,
    )  # fmt: skip
    with change(actor, "bulk_search.asked", about=made, reason=purpose) as line:
        made.reference = next_references(actor.body, "BSR")[0]
        made.full_clean()
        made.save()
        line.add(made, state="")
    return made


def may_decide(officer: Officer, search: BulkSearch) -> bool:
    """May the officer decide on it, and does it wait?"""
    waits = search.state == BulkSearch.ASKED
    mine = search.made_by_id == officer.pk
    return waits and not mine and officer.may(AUTHORISES, search.body)


def check_may_decide(officer: Officer, search: BulkSearch) -> None:
    """Is the officer somebody else, with the right, and is there something to decide?

    Raises:
        NotAllowed, OwnSearch, DecidedAlready.
    """
    if not officer.may(AUTHORISES, search.body):
        raise NotAllowed(needs=AUTHORISES, body=str(search.body))
    if search.made_by_id == officer.pk:
        raise OwnSearch(reference=search.reference)
    if search.state != BulkSearch.ASKED:
        raise DecidedAlready(reference=search.reference, says=search.says.lower())


def decide_search(
    *, actor: Officer, search: BulkSearch, approve: bool, why: str
) -> BulkSearch:
    """Approve or refuse a search that somebody else asked for.

    Raises:
        NotAllowed: `actor` lacks the right "authorise" for its body.
        OwnSearch: they asked for it themselves.
        DecidedAlready: a decision stands.
    """
    check_may_decide(actor, search)
    before = {"state": search.state}
    search.state = BulkSearch.APPROVED if approve else BulkSearch.REFUSED
    search.decided_by, search.decided_at = actor, timezone.now()
    search.decision = why
    with change(actor, "bulk_search.decided", about=search, reason=why) as line:
        search.full_clean()
        search.save()
        line.add(search, **before)
    return search


def as_approved(actor: Officer, search: BulkSearch) -> dict[str, Value]:
    """What does an approved request say for the search that runs under it?"""
    return {
        "purpose": search.purpose,
        "proportionality": search.proportionality,
        "asked_by": str(actor),
        "authorised_by": str(search.decided_by),
        "authorised_on": min(timezone.localdate(search.decided_at), today()),
        "from_on": search.from_on,
        "to_on": search.until_on,
    }


def check_lists(search: BulkSearch, lists: Iterable[str]) -> None:
    """Does the request name every one of these lists, in whatever capitals?

    Raises:
        OtherLists: it does not. All that it does not name are said.
    """
    approved = search.lists.casefold()
    others = sorted({one for one in lists if one.casefold() not in approved})
    if others:
        said = ", ".join(f"'{one}'" for one in others)
        raise OtherLists(reference=search.reference, lists=said)


def facts(search: BulkSearch) -> list[tuple[str, Any]]:
    """What does a request say, in the officers' order?"""
    said: list[tuple[str, Any]] = [
        ("Lawful purpose", search.purpose),
        ("Necessary and proportionate", search.proportionality),
        ("Lists to be searched", search.lists),
        ("Reads from", search.from_on),
        ("Reads until", search.until_on),
        ("Asked by", str(search.made_by)),
    ]
    if search.decided_by is not None:
        said += [
            ("Decided by", str(search.decided_by)),
            ("Decided", search.decided_at),
            ("Decision", search.decision),
        ]
    return said
