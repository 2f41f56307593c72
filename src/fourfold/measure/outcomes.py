"""What came of local teams' activity, prison work and vehicle stops?"""

from typing import Any

import ibis
from ibis import _

from fourfold.measure.selection import Selection, When, live, selected
from fourfold.measure.tables import table


def local_events_unrecorded(when: When) -> Selection:
    """How many events in the local store have no disruption?"""
    events = _events(when)
    unrecorded = events.filter(_.disruption.isnull())
    return Selection(selected(unrecorded, on="event_on"), selected(events))


def local_arrests(when: When) -> Selection:
    """How many arrests does the local store hold?"""
    return _store(when, "arrest")


def local_stop_searches(when: When) -> Selection:
    """How many stop searches does the local store hold?"""
    return _store(when, "stop_search")


def local_warrants(when: When) -> Selection:
    """How many search warrants does the local store hold?"""
    return _store(when, "warrant")


def marsoc_offenders(when: When) -> Selection:
    """How many offenders are managed under MARSOC?"""
    managed = live(
        table("offenders"), when.as_at, start="managed_from", end="managed_to"
    )
    marsoc = managed.filter(_.programme == "marsoc")
    return Selection(selected(marsoc, on="managed_from"))


def prisons(when: When) -> Selection:
    """How many prisons hold offenders whom the body manages?"""
    managed = live(
        table("offenders"), when.as_at, start="managed_from", end="managed_to"
    )
    held = managed.filter(managed.prison.notnull() & (managed.prison != ""))
    each = held.group_by("body", "prison").agg(
        reference=_.reference.min(), managed_from=_.managed_from.min()
    )
    return Selection(selected(each, on="managed_from"))


def vehicles_stopped(when: When) -> Selection:
    """How many vehicles has the operation stopped?"""
    return Selection(selected(_stops(when), on="stopped_on"))


def vehicles_seized(when: When) -> Selection:
    """How many of the stopped vehicles were seized?"""
    stops = _stops(when)
    seized = stops.filter(_.seized)
    return Selection(selected(seized, on="stopped_on"), selected(stops))


def vehicle_arrests(when: When) -> Selection:
    """How many people were arrested at vehicle stops?"""
    return _sum(when, "arrests")


def vehicle_assets_gbp(when: When) -> Selection:
    """How much was seized in criminal assets at vehicle stops?"""
    return _sum(when, "assets_gbp")


def warrants_sought(when: When) -> Selection:
    """How many warrants were sought from vehicle stops?"""
    return _sum(when, "warrants_sought")


def sex_offenders(when: When) -> Selection:
    """How many high-risk sex offenders did vehicle stops bring to light?"""
    return _sum(when, "sex_offenders")


def _events(when: When) -> Any:
    events = table("activity")
    return events.filter(events.event_on <= when.as_at)


def _store(when: When, event: str) -> Selection:
    events = _events(when)
    return Selection(selected(events.filter(events.event == event), on="event_on"))


def _stops(when: When) -> Any:
    stops = table("vehicle-stops")
    return stops.filter(stops.stopped_on <= when.as_at)


def _sum(when: When, column: str) -> Selection:
    stops = _stops(when)
    some = stops.filter(ibis.coalesce(stops[column], 0) != 0)
    return Selection(selected(some, weight=some[column], on="stopped_on"))
