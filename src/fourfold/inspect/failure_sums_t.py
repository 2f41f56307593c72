"""Are threats tackled: plans, lead officers, disruptions and local activity?"""

from typing import Any

import ibis
from ibis import _

from fourfold.inspect.failure_cases import (
    QUARTER,
    YEAR,
    Asked,
    cases,
    keeps,
    with_region,
)
from fourfold.inspect.failures import FAILURES
from fourfold.measure.ages import days_between
from fourfold.measure.disruptions import disruptions_in
from fourfold.measure.selection import live
from fourfold.measure.tables import table
from fourfold.measure.threats import active_threats
from fourfold.measure.work import actions_as_at, plans_as_at

TOP_BANDS = ["very_high", "high"]
FOUR_PS = 4
GRADED = ["minor", "moderate", "major"]
REVIEW_DAYS_TOP, REVIEW_DAYS = 28, 90
RECORD_DAYS = 28
TRAIN_DAYS = 60
MILESTONE_DAYS = 90
CHECK_DAYS_HIGH, CHECK_DAYS = 28, 90


def t01(asked: Asked) -> dict[str, Any]:
    """Which plans lack an author, an owner, a review in time or a P?"""
    threats = table("threats")
    bands = threats.select(of=threats.reference, band=threats.band)
    plans = plans_as_at(asked.as_at)
    banded = plans.left_join(bands, plans.threat == bands.of)
    actions = actions_as_at(asked.as_at)
    covered = actions.group_by("plan").agg(ps=actions.p.nunique())
    full = banded.left_join(covered, banded.reference == covered.plan)
    top = full.band.isin(TOP_BANDS).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    due = ibis.ifelse(
        top,
        ibis.literal(asked.before(REVIEW_DAYS_TOP)),
        ibis.literal(asked.before(REVIEW_DAYS)),
    )
    fresh = ibis.coalesce(full.reviewed_on, full.made_on) >= due
    lacking = (
        full.author.isnull()
        | full.owner.isnull()
        | ~fresh
        | (full.ps.fill_null(0) < FOUR_PS)
    )
    seen_later = full.reviewed_on.fill_null(full.made_on) > asked.as_at
    return {"failing": cases(full, above=lacking, known=~seen_later)}


def t02(asked: Asked) -> dict[str, Any]:
    """Is what was led nearly all pursue, or is a P empty?"""
    recorded = _recorded(asked)
    graded = recorded.impact.notnull()
    counted = recorded.impact.isin(GRADED)
    pursue = counted & (recorded.p == "pursue")
    return {
        "pursue": cases(recorded, above=pursue, below=counted, known=graded),
        "empty": cases(recorded, below=counted, known=graded, area=recorded.p),
    }


def _recorded(asked: Asked) -> Any:
    made = table("disruptions")
    period = asked.year.period
    return made.filter((made.role == "lead") & made.recorded_on.between(*period))


def t03(asked: Asked) -> dict[str, Any]:
    """Which events tied to a threat became no disruption, and how few are there?"""
    events = table("activity")
    due = events.filter(
        events.threat.notnull()
        & events.event_on.between(asked.before(YEAR + RECORD_DAYS), asked.before(28))
    )
    disruptions = table("disruptions")
    days = disruptions.select(of=disruptions.reference, recorded_on="recorded_on")
    tied = due.left_join(days, due.disruption == days.of)
    in_time = tied.disruption.notnull() & (
        tied.recorded_on.isnull()
        | (days_between(tied.event_on, tied.recorded_on) <= RECORD_DAYS)
    )
    per_threat = _led_and_threats(asked)
    return {
        "unrecorded": cases(tied, above=~in_time),
        "per_threat": per_threat,
        "lowest": per_threat,
    }


def _led_and_threats(asked: Asked) -> Any:
    led = disruptions_in("led", asked.year)
    threats = active_threats(asked.as_at)
    with_none = threats.anti_join(led, threats.reference == led.threat)
    quiet = threats.reference.isin(with_none.reference)
    kept = keeps(threats, "disruptions")
    counted = cases(led, below=0, bad=led.body.isnull())
    return counted.union(cases(threats, above=0, bad=quiet, known=kept))


def t04(asked: Asked) -> dict[str, Any]:
    """How long has an operation of rank 1 to 5 been without a disruption?"""
    operations = live(table("operations"), asked.as_at)
    ranked = operations.filter(operations["rank"].between(1, 5))
    disruptions = table("disruptions")
    past = disruptions.filter(disruptions.event_on <= asked.as_at)
    last = past.group_by("operation").agg(last=past.event_on.max())
    tied = ranked.left_join(last, ranked.reference == last.operation)
    since = ibis.coalesce(tied["last"], tied.opened_on)
    kept = keeps(tied, "disruptions")
    return {"days": cases(tied, above=days_between(since, asked.as_at), known=kept)}


def _lead_officers(asked: Asked) -> Any:
    led = active_threats(asked.as_at).filter(_.lro.notnull())
    return led.group_by("body", "lro").agg(threats=led.count(), lead=led.lro.max())


def t05(asked: Asked) -> dict[str, Any]:
    """Which lead officers of active threats have had no training in time, or mentor?"""
    leads = _lead_officers(asked)
    posts = live(table("training"), asked.as_at, start="appointed_on", end="ended_on")
    newest = posts.group_by("body", "officer").agg(
        appointed_on=posts.appointed_on.max(),
        trained_on=posts.trained_on.argmax(posts.appointed_on),
        mentor=posts.mentor.argmax(posts.appointed_on),
        seen=posts.reference.argmax(posts.appointed_on),
    )
    both = leads.left_join(
        newest, (leads.body == newest.body) & (leads.lro == newest.officer)
    ).drop("body_right")
    rows = both.mutate(reference=ibis.coalesce(both.seen, both.lro))
    trained = (
        rows.trained_on.notnull()
        & (rows.trained_on <= asked.as_at)
        & (days_between(rows.appointed_on, rows.trained_on) <= TRAIN_DAYS)
    )
    known = rows.seen.notnull()
    return {
        "trained": cases(rows, above=trained, known=known),
        "mentor": cases(rows, above=rows.mentor.isnull(), known=known),
    }


def t06(asked: Asked) -> dict[str, Any]:
    """How many active threats has each lead officer?"""
    threats = active_threats(asked.as_at)
    leads = _lead_officers(asked).select("body", "lro", "threats")
    rows = threats.left_join(leads, ["body", "lro"])
    each = (1.0 / rows.threats).fill_null(0.0)  # an officer's threats add up to one
    return {
        "threats": cases(
            rows,
            below=each,
            known=rows.lro.notnull(),
            bad=rows.threats > FAILURES["T06"].parts[0].first_limit,
        )
    }


def t07(asked: Asked) -> dict[str, Any]:
    """Which actions of live plans are past their day and not done?"""
    actions = actions_as_at(asked.as_at)
    plans = plans_as_at(asked.as_at)
    level = plans.select(of=plans.reference, level=plans.level)
    rows = actions.inner_join(level, actions.plan == level.of)
    undone = rows.done_on.isnull() | (rows.done_on > asked.as_at)
    late = (undone & (rows.due_on < asked.as_at)).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    rows = rows.mutate(late=late)
    regional = rows.filter(_.level == "regional")
    return {
        "overdue": with_region(
            cases(rows, above=rows.late, known=rows.due_on.notnull()),
            cases(regional, above=regional.late, known=regional.due_on.notnull()),
        )
    }


def t08(asked: Asked) -> dict[str, Any]:
    """In which threats is the investigator the lead officer too?"""
    threats = active_threats(asked.as_at)
    named = threats.lro.notnull() & threats.sio.notnull()
    same = (threats.lro == threats.sio).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    both = threats.filter(same)
    plans = plans_as_at(asked.as_at)
    theirs = plans.semi_join(both, plans.threat == both.reference)
    actions = actions_as_at(asked.as_at)
    asks = actions.semi_join(theirs, actions.plan == theirs.reference)
    return {
        "both": cases(threats, above=same, known=named),
        "beyond_pursue": cases(asks, above=asks.p != "pursue"),
    }


def t13(asked: Asked) -> dict[str, Any]:
    """Which orders go unchecked, releases unplanned, offenders unmatched?"""
    orders = live(table("orders"), asked.as_at, start="made_on", end="ends_on")
    due = ibis.ifelse(
        orders.risk == "high",
        ibis.literal(asked.before(CHECK_DAYS_HIGH)),
        ibis.literal(asked.before(CHECK_DAYS)),
    )
    seen = ibis.coalesce(orders.checked_on, orders.made_on)
    offenders = live(
        table("offenders"), asked.as_at, start="managed_from", end="managed_to"
    )
    soon = offenders.filter(
        offenders.release_on.between(asked.as_at, asked.before(-QUARTER + 1))
    )
    unplanned = soon.plan_on.isnull() | (soon.plan_on > asked.as_at)
    return {
        "unchecked": cases(orders, above=seen < due, known=seen <= asked.as_at),
        "unplanned": cases(soon, above=unplanned),
        "unmatched": cases(
            offenders,
            above=~offenders.group_match,
            known=offenders.group_match.notnull(),
        ),
    }


def t21(asked: Asked) -> dict[str, Any]:
    """Which operations run on without a milestone, or without a plan to close?"""
    operations = live(table("operations"), asked.as_at)
    moved = ibis.coalesce(operations.milestone_on, operations.opened_on)
    long = operations.opened_on < asked.before(YEAR)
    stalled = long & (moved < asked.before(MILESTONE_DAYS))
    old = operations.opened_on < asked.before(2 * YEAR)
    planned = operations.closing_plan
    unplanned = old & ~planned.fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    return {
        "stalled": cases(
            operations, above=stalled, known=~long | (moved <= asked.as_at)
        ),
        "unplanned": cases(operations, above=unplanned, known=~old | planned.notnull()),
    }


def t22(asked: Asked) -> dict[str, Any]:
    """How much of what was led was felt as major or moderate?"""
    recorded = _recorded(asked)
    heavy = recorded.impact.isin(["major", "moderate"])
    counted = recorded.impact.isin(GRADED)
    graded = recorded.impact.notnull()
    return {
        "weight": cases(
            recorded, above=heavy, below=counted, known=graded, bad=counted & ~heavy
        )
    }


def t29(asked: Asked) -> dict[str, Any]:
    """Which events of a local store, tied to a threat, have no disruption?"""
    events = table("activity")
    tied = events.filter(events.threat.notnull() & (events.event_on <= asked.as_at))
    return {"unmatched": cases(tied, above=tied.disruption.isnull())}
