"""Is it governed: meetings, bids, money, agreements, measures, promises, areas?"""

from typing import Any

import ibis

from fourfold.inspect.failure_cases import (
    HALF_YEAR,
    QUARTER,
    Asked,
    cases,
    with_region,
)
from fourfold.measure.ages import DAYS_A_MONTH, days_between
from fourfold.measure.disruptions import disruptions_in
from fourfold.measure.selection import When, live
from fourfold.measure.tables import table
from fourfold.measure.threats import active_threats

DATA_DAYS = 45


def g01(asked: Asked) -> dict[str, Any]:
    """Which planned meetings were cancelled, and who stayed away?"""
    meetings = table("meetings")
    planned = meetings.filter(meetings.planned_on.between(*asked.last(HALF_YEAR)))
    regional = planned.filter(planned.level == "regional")
    seats = _seats(planned)
    regional_seats = seats.filter(seats.level == "regional")
    return {
        "cancelled": with_region(_cancelled(planned), _cancelled(regional)),
        "attended": with_region(_attended(seats), _attended(regional_seats)),
        "away": with_region(_away(seats), _away(regional_seats)),
    }


def _cancelled(meetings: Any) -> Any:
    said = meetings.state.isin(["held", "cancelled"])
    return cases(meetings, above=meetings.state == "cancelled", known=said)


def _seats(meetings: Any) -> Any:
    held = meetings.filter(meetings.state == "held").select(
        "level", "name", "planned_on", of=meetings.reference
    )
    asked = table("attendance")
    seats = asked.inner_join(held, asked.meeting == held.of)
    return seats.mutate(
        seat=seats.invited + ibis.literal(" ") + seats.unit.fill_null("")
    )


def _attended(seats: Any) -> Any:
    return cases(seats, above=seats.attended, known=seats.attended.notnull())


def _away(seats: Any) -> Any:
    order = ibis.window(
        group_by=[seats.body, seats.name, seats.seat], order_by=seats.planned_on
    )
    before = seats.attended.lag().over(order)
    twice = seats.mutate(twice=(~seats.attended & ~before).fill_null(False))  # noqa: FBT003 (ibis takes the value by place)
    return cases(twice, above=twice.twice, known=twice.attended.notnull())


def g02(asked: Asked) -> dict[str, Any]:
    """Which forces put no bids to the unit, and are bids only of familiar crime?"""
    bids = table("bids")
    unit, forces = asked.region.rocu, asked.region.forces
    to_unit = bids.filter((bids.asked == unit) & bids.bidder.isin(forces))
    put = to_unit.mutate(body=to_unit.asked)
    half = put.filter(put.made_on.between(*asked.last(HALF_YEAR)))
    quarter = put.filter(put.made_on.between(*asked.last(QUARTER)))
    other = ~half.theme.isin(["drugs", "firearms"])
    return {
        "none_in_half": cases(half, area=half.bidder),
        "none_in_quarter": cases(quarter, area=quarter.bidder),
        "other": cases(half, above=other),
    }


def g04(asked: Asked) -> dict[str, Any]:
    """For how many months is core money confirmed, and how many posts hang on less?"""
    funding = table("funding")
    core = funding.filter(
        (funding.kind == "core")
        & (funding.confirmed_from <= asked.as_at)
        & (funding.confirmed_to >= asked.as_at)
    )
    lines = core.group_by("body", "line").agg(
        confirmed_to=core.confirmed_to.max(),
        reference=core.reference.argmax(core.confirmed_to),
    )
    months = days_between(asked.as_at, lines.confirmed_to) / DAYS_A_MONTH
    posts = live(table("posts"), asked.as_at)
    return {
        "months": cases(lines, above=months),
        "fixed": cases(
            posts, above=posts.funding == "fixed_term", known=posts.funding.notnull()
        ),
    }


def g06(asked: Asked) -> dict[str, Any]:
    """How long ago was each collaboration agreement reviewed?"""
    signed = live(table("agreements"), asked.as_at, start="signed_on", end="ends_on")
    rows = signed.filter(signed.kind == "collaboration")
    seen = ibis.coalesce(rows.reviewed_on, rows.signed_on)
    months = days_between(seen, asked.as_at) / DAYS_A_MONTH
    past = (rows.review_due_on < asked.as_at) & (seen < rows.review_due_on)
    return {
        "age": cases(rows, above=months, known=seen <= asked.as_at),
        "past_due": cases(rows, above=past),
    }


def g08(asked: Asked) -> dict[str, Any]:
    """Which measures of serious and organised crime have no fresh data?"""
    kept = live(table("performance"), asked.as_at, start="started_on", end="ended_on")
    own = kept.filter(kept.level == "regional")
    beyond = kept.filter(kept.p.isin(["prevent", "protect", "prepare"]))
    own_beyond = beyond.filter(beyond.level == "regional")
    return {
        "fresh": with_region(_fresh(kept, asked), _fresh(own, asked)),
        "beyond_pursue": with_region(
            cases(beyond, area=beyond.p), cases(own_beyond, area=own_beyond.p)
        ),
    }


def _fresh(rows: Any, asked: Asked) -> Any:
    fresh = rows.data_on >= asked.before(DATA_DAYS)
    sure = ~(rows.data_on > asked.as_at).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    return cases(rows, above=fresh, known=sure)


def g11(asked: Asked) -> dict[str, Any]:
    """Which earlier recommendations are overdue, come back, or closed unproven?"""
    tracker = table("recommendations")
    rows = tracker.filter(tracker.published_on <= asked.as_at)
    done = (rows.completed_on <= asked.as_at) | (
        rows.completed_on.isnull() & (rows.state == "complete")
    )
    marked = rows.mutate(done=done.fill_null(False))  # noqa: FBT003 (ibis takes the value by place)
    owed = marked.filter(~marked.done & marked.due_on.notnull())
    days = days_between(owed.due_on, asked.as_at)
    themed = rows.filter(rows.theme.notnull() & (rows.theme != ""))
    back = themed.group_by("body", "theme").agg(reports=themed.report.nunique())
    seen = themed.inner_join(back, ["body", "theme"])
    closed = marked.filter(marked.done)
    return {
        "overdue": cases(owed, above=days),
        "returned": cases(seen, above=seen.reports > 1),
        "unproven": cases(
            closed, above=closed.evidence.isnull() | (closed.evidence == "")
        ),
    }


def g13(asked: Asked) -> dict[str, Any]:
    """How far apart are areas of one body in disruptions for each active threat?"""
    threats = active_threats(asked.as_at)
    mapped = threats.filter(threats.area.notnull() & (threats.area != ""))
    led = disruptions_in("led", When(*asked.last(HALF_YEAR), asked.as_at))
    home = mapped.select(of=mapped.reference, home=mapped.area)
    tied = led.left_join(home, led.threat == home.of)
    placed = tied.mutate(place=ibis.coalesce(tied.area, tied.home))
    done = placed.filter(placed.place.notnull() & (placed.place != ""))
    disrupted = cases(done, below=0, area=done.place, bad=done.body.isnull())
    held = cases(mapped, above=0, area=mapped.area, bad=mapped.body.notnull())
    return {"spread": disrupted.union(held)}
