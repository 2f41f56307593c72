"""How many threats does each body hold, where are they listed, and who leads them?"""

from datetime import date
from typing import Any

import ibis
from ibis import _

from fourfold.measure.selection import Selection, When, live, selected
from fourfold.measure.tables import table
from fourfold.picture.extracts import in_extract

NEW_DAYS = 28


def threats_as_at(on: date) -> Any:
    """Which threats were held on a day, each with the phase it was in then?

    The phase is sent as it is now; one closed only later was not closed then.
    """
    threats = table("threats")
    later = threats.closed_on.notnull() & (threats.closed_on > on)
    phase = ibis.ifelse(later, "active then", threats.phase)
    return live(threats.mutate(phase=phase), on)


def active_threats(on: date) -> Any:
    """Which threats were live and in no closed phase on a day?"""
    return threats_as_at(on).filter(~_.phase.lower().contains("closed"))


def listed_threats(on: date) -> Any:
    """Which threats did the inspectorate's filter find on the list on a day?"""
    held = threats_as_at(on)
    numbered = held.filter(held.national_ref.notnull() & (held.national_ref != ""))
    listed = numbered.filter(_.listed_on.isnull() | (_.listed_on <= on))
    still = listed.filter(_.delisted_on.isnull() | (_.delisted_on > on))
    return in_extract(still, "national_list", (on, on))


def unlisted_threats(on: date) -> Any:
    """Which active threats did the list lack on a day?"""
    return active_threats(on).anti_join(listed_threats(on), "reference")


def threats_active(when: When) -> Selection:
    """How many threats are active?"""
    return Selection(selected(active_threats(when.as_at), on="opened_on"))


def threats_on_list(when: When) -> Selection:
    """How many threats are on the national list?"""
    return Selection(selected(listed_threats(when.as_at), on="listed_on"))


def ocgs_on_list(when: When) -> Selection:
    """How many of the listed threats are organised crime groups?"""
    listed = listed_threats(when.as_at)
    groups = listed.filter(_.kind == "ocg")
    return Selection(selected(groups, on="listed_on"), selected(listed))


def drug_firearm_ocgs_on_list(when: When) -> Selection:
    """How many of the listed groups deal in drugs or firearms?"""
    groups = listed_threats(when.as_at).filter(_.kind == "ocg")
    armed = groups.filter(_.theme.isin(["drugs", "firearms"]))
    return Selection(selected(armed, on="listed_on"), selected(groups))


def threats_off_list(when: When) -> Selection:
    """How many of the active threats are not on the national list?"""
    off = selected(unlisted_threats(when.as_at), on="opened_on")
    return Selection(off, selected(active_threats(when.as_at)))


def county_lines_as_vulnerabilities(when: When) -> Selection:
    """How many listed threats are county lines held as vulnerabilities?"""
    listed = listed_threats(when.as_at)
    lines = listed.filter((_.kind == "vulnerability") & _.tags.contains("county_line"))
    return Selection(selected(lines, on="listed_on"), selected(listed))


def ocgs_with_lead_officer(when: When) -> Selection:
    """How many active groups have a lead responsible officer?"""
    groups = active_threats(when.as_at).filter(_.kind == "ocg")
    return Selection(selected(groups.filter(_.lro.notnull())), selected(groups))


def ocgs_with_intelligence_officer(when: When) -> Selection:
    """How many active groups have an intelligence officer beside the lead?"""
    groups = active_threats(when.as_at).filter(_.kind == "ocg")
    beside = groups.filter(_.intelligence_officer.notnull())
    return Selection(selected(beside), selected(groups))


def lead_officers(when: When) -> Selection:
    """How many officers lead at least one active threat?"""
    return Selection(_lead_officers(when.as_at))


def threats_per_lead_officer(when: When) -> Selection:
    """How many active threats has each lead officer, on average?"""
    led = active_threats(when.as_at).filter(_.lro.notnull())
    return Selection(selected(led), _lead_officers(when.as_at))


def lead_officers_new_28_days(when: When) -> Selection:
    """How many lead officers of active threats were appointed in the last 28 days?"""
    leads = _lead_officers(when.as_at)
    posts = live(table("training"), when.as_at, start="appointed_on", end="ended_on")
    new = posts.filter(_.appointed_on > when.before(NEW_DAYS))
    return Selection(
        leads.semi_join(
            new, (leads.body == new.body) & (leads.reference == new.officer)
        ),
        leads,
    )


def _lead_officers(on: date) -> Any:
    led = active_threats(on).filter(_.lro.notnull())
    one = led.group_by("body", "lro").agg(on=_.lro_since.min())
    return one.select(
        body=one.body,
        reference=one.lro,
        weight=ibis.literal(1.0, type="float64"),
        on=one.on,
    )
