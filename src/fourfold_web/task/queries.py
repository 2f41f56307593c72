"""Which posts, meetings, bids, queues and money may an officer see?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from fourfold.task.ages import Waiting, waiting
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Entry, Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.task.models import (
    Agreement,
    Attendance,
    Bid,
    FundingLine,
    KitItem,
    Meeting,
    Post,
    QueueItem,
)

Rows = QuerySet[Any]

UNDECIDED = Q(decision__in=["", "deferred"])
"""Bids that a meeting has still to decide."""


@dataclass(frozen=True)
class Team:
    """A team of a body: how many posts it has, and how many nobody holds."""

    body: str
    team: str
    posts: int
    vacant: int


@dataclass(frozen=True)
class BodyQueue:
    """What waits in one queue of a body."""

    body: str
    waiting: Waiting


def visible_meetings(officer: Officer) -> QuerySet[Meeting]:
    """Which meetings may the officer see? With who was asked, who came, what waits."""
    seen = visible_to(officer, Meeting).select_related("body")
    return seen.annotate(
        asked=Count("attendance", distinct=True),
        came=Count("attendance", filter=Q(attendance__attended=True), distinct=True),
        bids_put=Count("bids", distinct=True),
    )


def see_meeting(officer: Officer, reference: str) -> Meeting:
    """Which meeting has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    meeting = visible_meetings(officer).filter(reference=reference).first()
    if meeting is None:
        raise Http404
    return meeting


def see_bid(officer: Officer, reference: str) -> Bid:
    """Which bid has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    bid = visible_bids(officer).filter(reference=reference).first()
    if bid is None:
        raise Http404
    return bid


def attendance_of(officer: Officer, meeting: Meeting) -> list[Attendance]:
    """Who was asked to a meeting, and who came? By body and unit."""
    found = visible_to(officer, Attendance).filter(meeting=meeting)
    return list(found.select_related("invited").order_by("invited__short", "unit"))


def bids_of(officer: Officer, meeting: Meeting) -> list[Bid]:
    """Which bids were put to a meeting? Those to decide first, then by day."""
    found = visible_bids(officer).filter(meeting=meeting).order_by("made_on", "pk")
    return sorted(found, key=lambda bid: bid.decision not in ("", "deferred"))


def visible_bids(officer: Officer) -> QuerySet[Bid]:
    """Which bids may the officer see?"""
    seen = visible_to(officer, Bid)
    return seen.select_related("body", "bidder", "asked", "meeting__body")


def visible_posts(officer: Officer) -> QuerySet[Post]:
    """Which posts that are established today may the officer see?"""
    seen = visible_to(officer, Post).filter(_held("opened_on", "closed_on"))
    return seen.select_related("body", "holder")


def vacant() -> Q:
    """Which posts does nobody hold today? As the measure of vacant posts has it."""
    begun = Q(filled_from=None) | Q(filled_from__lte=today())
    still = Q(filled_to=None) | Q(filled_to__gt=today())
    return ~(Q(holder__isnull=False) & begun & still)


def teams(officer: Officer) -> list[Team]:
    """Which teams are short of people? The most vacant posts first."""
    rows = (
        visible_posts(officer)
        .values("body__short", "team")
        .annotate(posts=Count("pk"), vacant=Count("pk", filter=vacant()))
        .order_by("-vacant", "body__short", "team")
    )
    return [Team(r["body__short"], r["team"], r["posts"], r["vacant"]) for r in rows]


def visible_queue(officer: Officer, queue: str) -> QuerySet[QueueItem]:
    """Which items of a queue may the officer see, waiting or finished?"""
    seen = visible_to(officer, QueueItem).filter(queue=queue)
    return seen.filter(received_on__lte=today()).select_related("body")


def still_waiting() -> Q:
    """Which items of a queue are not finished today?"""
    return Q(done_on=None) | Q(done_on__gt=today())


def queues(officer: Officer, queue: str) -> list[BodyQueue]:
    """What waits in a queue of each body, and for how long? By body."""
    rows = (
        visible_queue(officer, queue)
        .filter(still_waiting())
        .values("body__short", "received_on")
        .annotate(
            seen=Count("pk", filter=Q(triaged_on__lte=today())), items=Count("pk")
        )
    )
    found: dict[str, list[tuple[date, bool, int]]] = defaultdict(list)
    for row in rows:
        day, triaged = row["received_on"], row["seen"]
        found[row["body__short"]] += [
            (day, True, triaged),
            (day, False, row["items"] - triaged),
        ]
    return [BodyQueue(b, waiting(found[b], on=today())) for b in sorted(found)]


def visible_agreements(officer: Officer) -> QuerySet[Agreement]:
    """Which agreements may the officer see?"""
    return visible_to(officer, Agreement).select_related("body")


def visible_funding(officer: Officer) -> QuerySet[FundingLine]:
    """Which lines of money may the officer see?"""
    return visible_to(officer, FundingLine).select_related("body")


def visible_kit(officer: Officer) -> QuerySet[KitItem]:
    """Which vehicles, software and kit in use may the officer see?"""
    seen = visible_to(officer, KitItem).exclude(retired_on__lte=today())
    return seen.select_related("body")


def bodies_to_ask(officer: Officer) -> QuerySet[Body]:
    """Which bodies may be asked to a meeting? Those of the officer's region."""
    region = officer.body.region_id
    return Body.objects.filter(region=region).order_by("short")


def history_of(*references: str) -> QuerySet[Entry]:
    """Which lines of the change log are about these records? Newest first."""
    return Entry.objects.filter(about__in=references).order_by("-seq")


def _held(start: str, end: str) -> Q:
    open_ = Q(**{end: None}) | Q(**{f"{end}__gt": today()})
    return Q(**{f"{start}__lte": today()}) & open_
