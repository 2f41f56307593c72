"""Which columns, filters and order have the lists of plans and priorities?"""

from typing import Any

from django.urls import reverse

from fourfold.base.codes import CODES
from fourfold.plan.gaps import plan_rules
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.picture.listing import bodies_of_region
from fourfold_web.picture.queries import highest_marking
from fourfold_web.plan.models import Plan
from fourfold_web.plan.queries import Rows, gaps_of, lacking, live, overdue, running


def plan_address(plan: Plan) -> str:
    """Where is the page of a plan?"""
    return reverse("plan:plan", args=[plan.reference])


def threat_of(plan: Plan) -> str:
    """Where is the page of the threat that a plan answers?"""
    return reverse("picture:threat", args=[plan.threat.reference])


def _lacks(plan: Plan) -> Any:
    if not running(plan):
        return "Ended"
    missing = [gap.key for gap in gaps_of(plan)]
    short = [rule.short for rule in plan_rules(today()) if rule.key in missing]
    return "; ".join(short) or "Nothing"


def _review(plan: Plan) -> Any:
    due = plan.review_due_on
    if due is None or due >= today() or not running(plan):
        return due
    return Status(f"Overdue by {(today() - due).days} days", "red")


def _by_gap(rows: Rows, chosen: list[str]) -> Rows:
    for rule in plan_rules(today()):
        if rule.key in chosen:
            rows = rows.filter(lacking(rule))
    return rows


def overdue_of_them(rows: Rows) -> str:
    """How many of the plans are overdue for review, in words? Empty: none."""
    late = rows.filter(overdue()).count()
    return f"{late:,} of them overdue for review" if late else ""


PLANS = ListSpec(
    name="plans",
    title="Plans",
    noun=("plan", "plans"),
    columns=(
        Column("reference", "Reference", sort="reference", link=plan_address),
        Column(
            "threat", "Threat", cell="threat.name", sort="threat__name", link=threat_of
        ),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("level", "Level", cell=lambda p: p.label("level"), sort="level"),
        Column("owner", "Owner", cell="owner.name", sort="owner__name"),
        Column("open", "Open actions", sort="open", numeric=True),
        Column("late", "Overdue", sort="late", numeric=True),
        Column(
            "review",
            "Next review",
            cell=_review,
            sort="review_due_on",
            export=lambda p: p.review_due_on,
        ),
        Column("lacks", "Lacks", cell=_lacks),
        Column("title", "Title", on_page=False),
        Column("author", "Author", cell="author.name", on_page=False),
        Column("made_on", "Made", sort="made_on", on_page=False),
        Column("reviewed_on", "Last review", on_page=False),
        Column("finance", "Finance lead", cell="finance_lead.name", on_page=False),
        Column(
            "safeguarding",
            "Safeguarding lead",
            cell="safeguarding_lead.name",
            on_page=False,
        ),
        Column("marking", "Marking", cell=Plan.marking, on_page=False),
    ),
    filters=(
        Text(
            name="q",
            label="Threat, title or reference",
            lookups=("reference", "title", "threat__name", "threat__reference"),
            always=True,
        ),
        Choice(name="body", label="Body", codes=bodies_of_region, always=True),
        Choice(
            name="lacks",
            label="Lacks",
            codes=lambda _: [(rule.key, rule.short) for rule in plan_rules(today())],
            where=_by_gap,
            always=True,
        ),
        Flag(
            name="overdue", label="Review overdue", where=lambda r: r.filter(overdue())
        ),
        Flag(name="live", label="Running only", where=lambda r: r.filter(live())),
        Choice(name="level", label="Level", codes=CODES["level"].choices()),
        DateRange(name="made", label="Made", lookup="made_on"),
    ),
    default_sort="reference",
    empty="No plan matches. Clear a filter, or open a threat and make its plan.",
    marking=highest_marking,
)

PRIORITIES = ListSpec(
    name="priorities",
    title="Priorities",
    noun=("line of a control strategy", "lines of control strategies"),
    columns=(
        Column("reference", "Reference", sort="reference"),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("strategy", "Control strategy", sort="strategy"),
        Column("rank", "Rank", sort=("body__short", "dated_on", "rank"), numeric=True),
        Column("theme", "Theme", cell=lambda p: p.label("theme"), sort="theme"),
        Column("title", "In its words"),
        Column("dated_on", "Dated", sort="dated_on"),
        Column("ends_on", "Ends", cell=lambda p: p.ends_on or "Still", sort="ends_on"),
        Column("asked", "Requirements", sort="asked", numeric=True),
        Column("answered", "Answered", sort="answered", numeric=True),
    ),
    filters=(
        Text(name="q", label="Words", lookups=("strategy", "title"), always=True),
        Choice(name="body", label="Body", codes=bodies_of_region, always=True),
        Choice(
            name="theme", label="Theme", codes=CODES["theme"].choices(), always=True
        ),
        Flag(
            name="now",
            label="In force today",
            where=lambda r: r.exclude(ends_on__lte=today()),
        ),
    ),
    default_sort="rank",
    empty="No control strategy matches. A body without one has no line here.",
)

REQUIREMENTS = ListSpec(
    name="requirements",
    title="Intelligence requirements",
    noun=("requirement", "requirements"),
    columns=(
        Column("reference", "Reference", sort="reference"),
        Column("body", "Body", cell="body.short", sort="body__short"),
        Column("theme", "Theme", cell=lambda r: r.label("theme"), sort="theme"),
        Column("asks", "What needs to be known"),
        Column("priority", "Priority", cell="priority.title"),
        Column("opened_on", "Set", sort="opened_on"),
        Column("submitted_on", "Last answer", sort="submitted_on"),
        Column("community_on", "Last answer from a community", sort="community_on"),
        Column(
            "closed_on",
            "Closed",
            cell=lambda r: r.closed_on or "Live",
            sort="closed_on",
        ),
    ),
    filters=(
        Text(name="q", label="Words", lookups=("asks", "reference"), always=True),
        Choice(name="body", label="Body", codes=bodies_of_region, always=True),
        Choice(
            name="theme", label="Theme", codes=CODES["theme"].choices(), always=True
        ),
        Flag(
            name="live",
            label="Live only",
            where=lambda r: r.exclude(closed_on__lte=today()),
        ),
        Flag(
            name="unanswered",
            label="Never answered",
            where=lambda r: r.filter(submitted_on=None),
        ),
    ),
    default_sort="-opened_on",
    empty="No requirement matches. Clear a filter.",
)
