"""What needs this officer today, what do they look for, and what was written down?"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from fourfold_web.act.queries import (
    WAITING,
    visible_disruptions,
    visible_operations,
    waiting_for,
)
from fourfold_web.base.clock import today
from fourfold_web.base.models import Entry, Look, Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.queries import visible_files
from fourfold_web.intake.models import Delivery
from fourfold_web.picture.models import Member, Threat
from fourfold_web.picture.on_list import active
from fourfold_web.picture.queries import overdue, visible_threats
from fourfold_web.picture.review.queries import set_aside_messages
from fourfold_web.picture.review.services import OPENS
from fourfold_web.picture.runs.bulk_search import may_decide
from fourfold_web.picture.runs.models import BulkSearch
from fourfold_web.picture.runs.queries import visible_runs, visible_searches
from fourfold_web.plan.models import Plan, PlanAction

MOST = 20
HOME_ROWS = 8


@dataclass(frozen=True)
class Found:
    """What a search found among one kind of record: the first rows, and how many."""

    rows: list[Any]
    count: int


def _found(rows: QuerySet[Any], most: int = MOST) -> Found:
    first = list(rows[: most + 1])
    count = len(first) if len(first) <= most else rows.count()
    return Found(first[:most], count)


def my_overdue(officer: Officer) -> Found:
    """Which threats that I lead are overdue for review? The oldest first."""
    mine = visible_threats(officer).filter(overdue(today()), lro=officer)
    return _found(mine.order_by("next_review_on", "pk"), HOME_ROWS)


def my_actions(officer: Officer) -> Found:
    """Which plan actions that I own are overdue? The oldest first."""
    mine = visible_to(officer, PlanAction).filter(
        owner=officer, due_on__lt=today(), done_on=None, dropped_on=None
    )
    rows = mine.select_related("plan__threat").order_by("due_on", "pk")
    return _found(rows, HOME_ROWS)


def my_body(officer: Officer) -> dict[str, int]:
    """How does my body stand: active threats, those overdue, those nobody leads?"""
    held = visible_to(officer, Threat).filter(active(today()), body=officer.body)
    return {
        "active": held.count(),
        "overdue": held.filter(next_review_on__lt=today()).count(),
        "unled": held.filter(lro=None).count(),
    }


def to_grade(officer: Officer) -> Found:
    """Which disruptions wait for a grade that I may give? The oldest first."""
    return _found(waiting_for(officer), HOME_ROWS)


def my_claims(officer: Officer) -> Found:
    """Which of my own claims has nobody graded? The oldest first."""
    mine = visible_disruptions(officer).filter(WAITING, claimant=officer)
    return _found(mine.order_by("recorded_on", "pk"), HOME_ROWS)


def my_graded(officer: Officer) -> Found:
    """Which of my claims were graded by somebody? The newest first."""
    mine = visible_disruptions(officer).filter(claimant=officer, grader__isnull=False)
    return _found(mine.order_by("-graded_on", "-pk"), HOME_ROWS)


def shared_with_me(officer: Officer) -> Found:
    """Which threats of other bodies were shared with mine? By reference."""
    shared = visible_threats(officer).filter(shared_with__contains=[officer.body_id])
    return _found(shared.order_by("-reference"), HOME_ROWS)


def deliveries_here(officer: Officer) -> Found:
    """Which deliveries of my body arrived last? The newest first."""
    arrived = visible_to(officer, Delivery).filter(body=officer.body)
    return _found(arrived.order_by("-made_at", "-pk"), HOME_ROWS)


def evidence_to_settle(officer: Officer) -> Found:
    """Which evidence that I dropped in waits, or could not be read? Oldest first."""
    waits = (EvidenceFile.KEPT_BACK, EvidenceFile.WAITING, EvidenceFile.REFUSED)
    mine = visible_files(officer).filter(made_by=officer, state__in=waits)
    return _found(mine.order_by("made_at", "pk"), HOME_ROWS)


def my_questions(officer: Officer) -> Found:
    """Which questions of evidence did I ask last? The newest first."""
    mine = visible_runs(officer).filter(made_by=officer)
    return _found(mine.order_by("-made_at", "-pk"), HOME_ROWS)


def searches_to_decide(officer: Officer) -> Found:
    """Which searches in bulk wait for a decision that I may make? The oldest first."""
    waits = visible_searches(officer).filter(state=BulkSearch.ASKED)
    others = waits.exclude(made_by=officer).select_related("body__region")
    may = [one.pk for one in others if may_decide(officer, one)]
    return _found(waits.filter(pk__in=may).order_by("made_at", "pk"), HOME_ROWS)


def to_open(officer: Officer) -> int:
    """How many messages set aside as privileged wait for me to open them?"""
    if not officer.may(OPENS):
        return 0
    return set_aside_messages(officer).count()


def threats_named(officer: Officer, words: str) -> Found:
    """Which threats does the officer see under these words? By name."""
    named = _each(words, "name", "reference", "national_ref")
    return _found(visible_threats(officer).filter(named).order_by("name", "pk"))


def disruptions_named(officer: Officer, words: str) -> Found:
    """Which disruptions does the officer see under these words? Newest first."""
    named = _each(words, "reference", "event", "evidence")
    return _found(
        visible_disruptions(officer).filter(named).order_by("-event_on", "pk")
    )


def operations_named(officer: Officer, words: str) -> Found:
    """Which operations does the officer see under these words? By name."""
    named = _each(words, "name", "reference")
    return _found(visible_operations(officer).filter(named).order_by("name", "pk"))


def people_named(officer: Officer, words: str) -> Found:
    """Which members of threats does the officer see under these words? By name."""
    members = visible_to(officer, Member).filter(_each(words, "name", "person"))
    return _found(members.select_related("threat", "body").order_by("name", "pk"))


def plans_of(officer: Officer, threat: Threat) -> list[Plan]:
    """Which plans has a threat? The newest first, with authors, owners and actions."""
    seen = visible_to(officer, Plan).filter(threat=threat)
    people = seen.select_related("author", "owner", "finance_lead", "safeguarding_lead")
    return list(people.prefetch_related("actions__owner").order_by("-made_on", "-pk"))


def lines_of_the_log(officer: Officer) -> QuerySet[Entry]:
    """Which lines of the change log may an auditor read? Newest first."""
    return Entry.objects.all() if officer.may("audit") else Entry.objects.none()


def looks_seen_by(officer: Officer) -> QuerySet[Look]:
    """Which looks may the officer read about? Their own; an auditor, their region's."""
    looks = Look.objects.select_related("officer__body")
    return looks if officer.may("audit") else looks.filter(officer=officer)


def _each(words: str, *lookups: str) -> Q:
    every = Q()
    for word in words.split():
        some = Q()
        for lookup in lookups:
            some |= Q(**{f"{lookup}__icontains": word})
        every &= some
    return every
