"""What waits, what was cancelled, what is out of date, what do plans lack?"""

from datetime import date
from typing import Any

import ibis
from ibis import _

from fourfold.measure.ages import days_between, months_since
from fourfold.measure.selection import Selection, When, live, selected
from fourfold.measure.tables import table


def profiles_as_at(on: date) -> Any:
    """Which is the newest local profile of each area on a day?

    Returns:
        One row an area of a body: `body`, `area` ("" for the whole body), `reference`
        of the newest, `seen` (its date or last revision).
    """
    made = live(table("profiles"), on, start="dated_on", end="withdrawn_on")
    local = made.filter(_.kind == "local")
    revised = ibis.ifelse(local.revised_on <= on, local.revised_on, local.dated_on)
    dated = local.mutate(
        area=local.area.fill_null(""), seen=revised.fill_null(local.dated_on)
    )
    return dated.group_by("body", "area").agg(
        seen=_.seen.max(), reference=_.reference.argmax(_.seen)
    )


def profile_age_months(when: When) -> Selection:
    """How old is the local profile? Of several areas, the oldest counts."""
    newest = profiles_as_at(when.as_at)
    rows = selected(newest, weight=months_since(newest.seen, when.as_at), on="seen")
    return Selection(rows, needs=rows)


def device_wait_months(when: When) -> Selection:
    """How long did a standard phone wait to be examined, on average?"""
    items = table("queue-items")
    phones = items.filter(
        (items.queue == "device")
        & items.category.lower().contains("standard")
        & items.done_on.between(*when.period)
    )
    days = days_between(phones.received_on, phones.done_on)
    return Selection(
        selected(phones, weight=days, on="done_on"), selected(phones, on="done_on")
    )


def intelligence_backlog(when: When) -> Selection:
    """How many intelligence reports wait to be processed?"""
    return Selection(selected(waiting("intelligence", when.as_at), on="received_on"))


def intelligence_untriaged(when: When) -> Selection:
    """How many of the waiting reports has nobody triaged for risk?"""
    queue = waiting("intelligence", when.as_at)
    untriaged = queue.filter(_.triaged_on.isnull() | (_.triaged_on > when.as_at))
    return Selection(selected(untriaged, on="received_on"), selected(queue))


def waiting(queue: str, on: date) -> Any:
    """Which items of a queue had come and were not finished on a day?"""
    items = table("queue-items")
    of_queue = items.filter(items.queue == queue)
    return live(of_queue, on, start="received_on", end="done_on")


def meetings_cancelled(when: When) -> Selection:
    """How many regional priorities meetings fell for want of attendance?"""
    meetings = table("meetings")
    planned = meetings.filter(
        (meetings.level == "regional")
        & (meetings.purpose == "priorities")
        & meetings.planned_on.between(*when.period)
    )
    fell = planned.filter((_.state == "cancelled") & (_.cancelled_for == "attendance"))
    return Selection(selected(fell, on="planned_on"), selected(planned))


def bids_drugs_firearms(when: When) -> Selection:
    """How many of the bids put to the body were for drugs or firearms?"""
    bids = table("bids")
    made = bids.filter(bids.made_on.between(*when.period)).drop("body")
    put_to = made.rename(body="asked")
    traditional = put_to.filter(_.theme.isin(["drugs", "firearms"]))
    return Selection(selected(traditional, on="made_on"), selected(put_to))


def plans_as_at(on: date) -> Any:
    """Which 4P plans are live on a day?"""
    return live(table("plans"), on, start="made_on")


def actions_as_at(on: date) -> Any:
    """Which actions had been set on plans, and not dropped, by a day?"""
    return live(table("plan-actions"), on, start="set_on", end="dropped_on")


def plans_without_prevent(when: When) -> Selection:
    """How many live plans ask nothing of anybody under prevent?"""
    plans = plans_as_at(when.as_at)
    prevent = actions_as_at(when.as_at).filter(_.p == "prevent")
    lacking = plans.anti_join(prevent, plans.reference == prevent.plan)
    return Selection(selected(lacking, on="made_on"), selected(plans))


def plans_with_finance_lead(when: When) -> Selection:
    """How many live plans name a financial investigator?"""
    plans = plans_as_at(when.as_at)
    named = plans.filter(_.finance_lead.notnull())
    return Selection(selected(named, on="made_on"), selected(plans))
