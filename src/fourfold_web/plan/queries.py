"""Which plans, priorities and requirements may an officer see?"""

from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.http import Http404

from fourfold.base.codes import CODES
from fourfold.picture.gaps import Gap
from fourfold.plan.gaps import PlanGapRule, plan_gaps, plan_rules
from fourfold_web.base.clock import today
from fourfold_web.base.models import Body, Entry, Officer
from fourfold_web.base.visible import visible_to, withheld
from fourfold_web.base.words import uk_date
from fourfold_web.plan.models import IntelligenceRequirement, Plan, PlanAction, Priority

Rows = QuerySet[Any]

KEPT = Q(actions__isnull=False, actions__dropped_on=None)
"""Actions that were not dropped."""

PEOPLE = ("author", "owner", "finance_lead", "safeguarding_lead")


def visible_plans(officer: Officer) -> QuerySet[Plan]:
    """Which plans may the officer see? With the facts that gaps are told from."""
    seen = visible_to(officer, Plan).select_related(
        "body", "threat__body", "threat__lro", *PEOPLE
    )
    return seen.annotate(
        **{p: Count("actions", filter=KEPT & Q(actions__p=p)) for p in _ps()},
        kept=Count("actions", filter=KEPT),
        open=Count("actions", filter=KEPT & Q(actions__done_on=None)),
        late=Count("actions", filter=KEPT & _late("actions__")),
        unowned=Count("actions", filter=KEPT & _unowned("actions__")),
        outside=Count("actions", filter=KEPT & _outside()),
        overdue_since=Case(
            When(review_due_on__lt=today(), then=F("review_due_on")),
            default=Value(None),
        ),
    ).annotate(
        owners_in_one_team=Case(
            When(
                Q(kept__gt=F("unowned"), outside=0) & ~Q(threat__lro__unit=""),
                then=Value(1),
            ),
            default=Value(0),
        )
    )


def see_plan(officer: Officer, reference: str) -> Plan:
    """Which plan has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    plan = visible_plans(officer).filter(reference=reference).first()
    if plan is None:
        raise Http404
    return plan


def see_action(officer: Officer, reference: str) -> PlanAction:
    """Which action of a plan has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    seen = visible_to(officer, PlanAction).filter(reference=reference)
    action = seen.select_related("body", "plan__body", "plan__threat", "owner").first()
    if action is None:
        raise Http404
    return action


def withheld_plans(officer: Officer) -> int:
    """How many plans may the officer be told of but not see?"""
    return withheld(officer, Plan)


def actions_by_p(officer: Officer, plan: Plan) -> dict[str, list[PlanAction]]:
    """Which actions has a plan under each P? Open ones first, the soonest due first."""
    found = visible_to(officer, PlanAction).filter(plan=plan).select_related("owner")
    columns: dict[str, list[PlanAction]] = {p: [] for p in _ps()}
    ordered = found.order_by(
        F("dropped_on").asc(nulls_first=True),
        F("done_on").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "pk",
    )
    for action in ordered:
        columns.setdefault(action.p, []).append(action)
    return columns


def gaps_of(plan: Plan) -> list[Gap]:
    """What would an inspector find missing from a plan? One that ended: nothing.

    Args:
        plan: as `visible_plans` gives it, with its facts.
    """
    on = today()
    if not running(plan):
        return []
    facts = {rule.fact: getattr(plan, rule.fact) for rule in plan_rules(on)}
    overdue = facts["overdue_since"]
    return plan_gaps(facts | {"overdue_since": uk_date(overdue)}, on=on)


def lacking(rule: PlanGapRule) -> Q:
    """Which plans has a rule something to say about? Only those that run."""
    model_fields = {field.name for field in Plan._meta.get_fields()}
    if rule.fact in model_fields or rule.fact == "overdue_since":
        there = Q(**{f"{rule.fact}__isnull": False})
    else:
        there = Q(**{f"{rule.fact}__gt": 0})
    return live() & (~there if rule.when == "none" else there)


def live() -> Q:
    """Which plans run today?"""
    return Q(closed_on=None) | Q(closed_on__gt=today())


def running(plan: Plan) -> bool:
    """Does a plan run today?"""
    return plan.closed_on is None or plan.closed_on > today()


def overdue() -> Q:
    """Which plans run with a review that should have been done?"""
    return live() & Q(review_due_on__lt=today())


def officers_near(body: Body) -> QuerySet[Officer]:
    """Which officers may own an action: those of the body and of its regional unit?"""
    there = Q(body=body) | Q(body__kind="rocu", body__region=body.region_id)
    found = Officer.objects.filter(there, is_service=False, left_on=None)
    return found.order_by("name")


def visible_priorities(officer: Officer) -> QuerySet[Priority]:
    """Which lines of control strategies may the officer see? With requirements."""
    wanted = Q(requirements__isnull=False) & (
        Q(requirements__closed_on=None) | Q(requirements__closed_on__gt=today())
    )
    fed = wanted & Q(requirements__submitted_on__isnull=False)
    return (
        visible_to(officer, Priority)
        .select_related("body")
        .annotate(asked=Count("requirements", filter=wanted))
        .annotate(answered=Count("requirements", filter=fed))
    )


def visible_requirements(officer: Officer) -> QuerySet[IntelligenceRequirement]:
    """Which intelligence requirements may the officer see?"""
    seen = visible_to(officer, IntelligenceRequirement)
    return seen.select_related("body", "priority")


def history_of(plan: Plan, actions: list[PlanAction]) -> QuerySet[Entry]:
    """Which lines of the change log are about a plan or its actions? Newest first."""
    about = [plan.reference, *(action.reference for action in actions)]
    return Entry.objects.filter(about__in=about).order_by("-seq")


def _ps() -> list[str]:
    return list(CODES["four_p"].values)


def _late(at: str) -> Q:
    return Q(**{f"{at}due_on__lt": today(), f"{at}done_on": None})


def _unowned(at: str) -> Q:
    return Q(**{f"{at}owner": None, f"{at}partner": ""})


def _outside() -> Q:
    """Actions of a partner, or of an officer of another team than the lead's."""
    other = ~Q(actions__owner__unit=F("threat__lro__unit")) & ~Q(
        actions__owner__unit=""
    )
    named = Q(actions__owner__isnull=False) & other
    return ~Q(actions__partner="") | named
