"""Are there people, money and kit: posts, financial investigators, devices, fleet?"""

from typing import Any

import ibis
from ibis import _

from fourfold.inspect.failure_cases import HALF_YEAR, YEAR, Asked, cases
from fourfold.inspect.failure_sums_t import TOP_BANDS
from fourfold.inspect.failure_sums_u import filled, priorities_as_at
from fourfold.measure.ages import days_between
from fourfold.measure.selection import live
from fourfold.measure.staff import posts_as_at
from fourfold.measure.tables import table
from fourfold.measure.work import plans_as_at

NAMED_DAYS = 28
DEVICE_DAYS = 28
TOP_RANKS = 3


def r01(asked: Asked) -> dict[str, Any]:
    """How many posts of each team have somebody at work in them?"""
    posts = posts_as_at(asked.as_at).filter(_.purpose == "soc_team")
    return {"filled": filled(posts, area=posts.team)}


def r04(asked: Asked) -> dict[str, Any]:
    """Which plans for top threats named no financial investigator in time?"""
    threats = table("threats")
    top = threats.filter(threats.band.isin(TOP_BANDS))
    plans = plans_as_at(asked.as_at)
    rows = plans.semi_join(top, plans.threat == top.reference)
    named = (
        rows.finance_lead.notnull()
        & (rows.finance_lead_on <= asked.as_at)
        & (days_between(rows.made_on, rows.finance_lead_on) <= NAMED_DAYS)
    ).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    due = named | (rows.made_on <= asked.before(NAMED_DAYS))
    dated = rows.finance_lead.isnull() | rows.finance_lead_on.notnull()
    return {"finance": cases(rows, above=named, below=due, known=dated)}


def r06(asked: Asked) -> dict[str, Any]:
    """How long do devices wait, and who is released meanwhile?"""
    items = table("queue-items")
    devices = items.filter(
        (items.queue == "device") & (items.received_on <= asked.as_at)
    )
    done = devices.done_on.between(*asked.last(YEAR))
    waits = devices.done_on.isnull() | (devices.done_on > asked.as_at)
    finished = devices.filter(done)
    top = devices.filter((done | waits) & devices.band.isin(TOP_BANDS))
    until = ibis.ifelse(top.done_on <= asked.as_at, top.done_on, asked.as_at)
    slow = days_between(top.received_on, until.fill_null(asked.as_at)) > DEVICE_DAYS
    waiting = devices.filter(waits)
    long = waiting.received_on < asked.before(HALF_YEAR)
    held = waiting.suspect_waiting.fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    return {
        "median": cases(
            finished, above=days_between(finished.received_on, finished.done_on)
        ),
        "top": cases(top, above=slow),
        "suspects": cases(waiting, above=held & long),
    }


def r11(asked: Asked) -> dict[str, Any]:
    """How many full-time posts are on each of the first three priorities?"""
    lines = priorities_as_at(asked)
    first = lines.filter(lines["rank"] <= TOP_RANKS)
    posts = posts_as_at(asked.as_at)
    investigate = posts.filter(_.purpose.isin(["soc_team", "investigation"]))
    kept = investigate.group_by("body").agg(
        all_fte=investigate.fte.sum(), themes=investigate.theme.count()
    )
    on = investigate.filter(_.held & _.theme.notnull())
    given = on.group_by("body", "theme").agg(fte=on.fte.sum())
    staffed = first.left_join(
        given, (first.body == given.body) & (first.theme == given.theme)
    ).select(first, given.fte)
    rows = staffed.left_join(kept, staffed.body == kept.body).select(
        staffed, kept.all_fte, kept.themes
    )
    fte = rows.fte.fill_null(0.0)
    known = rows.themes.fill_null(0) > 0
    few = fte < 2 * 1.0
    return {
        "posts": cases(rows, above=fte, known=known),
        "share": cases(
            rows, above=fte, below=rows.all_fte, area=rows.theme, known=known, bad=few
        ),
    }


def r15(asked: Asked) -> dict[str, Any]:
    """What kit is past its day, and which vehicles will no money replace?"""
    assets = live(table("assets"), asked.as_at, start="bought_on", end="retired_on")
    past = assets.replace_on < asked.as_at
    fleet = assets.filter(assets.kind == "vehicle")
    return {
        "past": cases(assets, above=past, known=assets.replace_on.notnull()),
        "capital": cases(
            fleet, above=~fleet.capital_line, known=fleet.capital_line.notnull()
        ),
    }
