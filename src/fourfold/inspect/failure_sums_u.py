"""Is the threat understood: analysts, profiles, requirements, lists and queues?"""

from typing import Any

import ibis
from ibis import _

from fourfold.inspect.failure_cases import QUARTER, Asked, cases, keeps
from fourfold.inspect.failure_sums_t import TOP_BANDS
from fourfold.measure.ages import DAYS_A_MONTH, days_between
from fourfold.measure.disruptions import disruptions_in
from fourfold.measure.selection import live
from fourfold.measure.staff import posts_as_at
from fourfold.measure.tables import table
from fourfold.measure.threats import active_threats, listed_threats
from fourfold.measure.work import profiles_as_at

CHECK_DAYS = 90
LINKED = 3


def filled(posts: Any, area: Any = "") -> Any:
    """Which posts have somebody at work in them?

    Held by somebody of whom it is not said whether they are at work: not known.
    """
    at_work = posts.held & posts.deployable.fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    known = ~posts.held | posts.deployable.notnull()
    return cases(posts, above=at_work, known=known, area=area)


def u01(asked: Asked) -> dict[str, Any]:
    """How many analysts' posts have an analyst at work in them?"""
    posts = posts_as_at(asked.as_at)
    return {"available": filled(posts.filter(_.purpose == "analysis"))}


def u02(asked: Asked) -> dict[str, Any]:
    """How old is each area's local profile, and who has read it?"""
    newest = profiles_as_at(asked.as_at)
    months = days_between(newest.seen, asked.as_at) / DAYS_A_MONTH
    given = table("profiles")
    said = given.select("readers", "readers_expected", "partners", of=given.reference)
    rows = newest.inner_join(said, newest.reference == said.of)
    expected = rows.readers_expected
    return {
        "age": cases(newest, above=months, area=newest.area),
        "readers": cases(
            rows,
            above=rows.readers,
            below=expected,
            known=rows.readers.notnull() & expected.notnull(),
            area=rows.area,
        ),
        "partners": cases(
            rows,
            above=rows.partners == 0,
            known=rows.partners.notnull(),
            area=rows.area,
        ),
    }


def u04(asked: Asked) -> dict[str, Any]:
    """Which threats were assessed without a look at sensitive intelligence?"""
    threats = active_threats(asked.as_at)
    checked = threats.sensitive_checked_on >= asked.before(CHECK_DAYS)
    later = threats.sensitive_checked_on > asked.as_at
    rows = threats.mutate(
        checked=checked.fill_null(False),  # noqa: FBT003 (ibis takes the value by place)
        sure=~later.fill_null(False) & _checks_are_logged(asked),  # noqa: FBT003 (ibis takes the value by place)
    )
    unit = asked.region.rocu
    own = rows.filter((_.body == unit) & _.band.isin(TOP_BANDS))
    forces = rows.filter(_.body.isin(asked.region.forces))
    theirs = forces.mutate(body=ibis.literal(unit))
    return {
        "own": cases(own, above=own.checked, known=own.sure),
        "forces": cases(theirs, above=theirs.checked, known=theirs.sure),
    }


def _checks_are_logged(asked: Asked) -> Any:
    threats = table("threats")
    ours = threats.filter(threats.body.isin(asked.region.bodies()))
    return ours.sensitive_checked_on.count().as_scalar() > 0


def u06(asked: Asked) -> dict[str, Any]:
    """Which intelligence reports wait untriaged, and how many days' intake wait?"""
    items = table("queue-items")
    reports = items.filter(
        (items.queue == "intelligence") & (items.received_on <= asked.as_at)
    )
    waits = reports.done_on.isnull() | (reports.done_on > asked.as_at)
    rows = reports.mutate(waits=waits)
    recent = rows.received_on > asked.before(QUARTER)
    intake = ibis.ifelse(recent, 1 / QUARTER, 0.0)
    untriaged = rows.triaged_on.isnull() | (rows.triaged_on > asked.as_at)
    old = rows.received_on < asked.before(1)
    return {
        "untriaged": cases(rows, above=rows.waits & untriaged & old),
        "days": cases(rows, above=rows.waits, below=intake, bad=rows.waits),
    }


def priorities_as_at(asked: Asked) -> Any:
    """Which lines of control strategies are in force?"""
    return live(table("priorities"), asked.as_at, start="dated_on", end="ends_on")


def u08(asked: Asked) -> dict[str, Any]:
    """Which stated priorities get hardly any of the work?"""
    led = disruptions_in("led", asked.year)
    by_theme = led.group_by("body", "theme").agg(n=led.count())
    totals = led.group_by("body").agg(total=led.count())
    lines = priorities_as_at(asked)
    done = lines.left_join(
        by_theme, (lines.body == by_theme.body) & (lines.theme == by_theme.theme)
    ).select(lines, by_theme.n)
    rows = done.left_join(totals, done.body == totals.body).select(done, totals.total)
    operations = live(table("operations"), asked.as_at)
    idle = rows.anti_join(
        operations, (rows.body == operations.body) & (rows.theme == operations.theme)
    )
    count, total = rows.n.fill_null(0), rows.total.fill_null(0)
    limit = 0.05
    return {
        "share": cases(
            rows, above=count, below=total, area=rows.theme, bad=count < limit * total
        ),
        "idle": cases(
            rows,
            above=rows.reference.isin(idle.reference),
            known=keeps(rows, "operations"),
        ),
    }


def u09(asked: Asked) -> dict[str, Any]:
    """Which priorities has nobody asked intelligence about, or heard nothing on?"""
    lines = priorities_as_at(asked)
    asks = live(table("requirements"), asked.as_at)
    same = (asks.body == lines.body) & (
        (asks.priority == lines.reference)
        | (asks.priority.isnull() & (asks.theme == lines.theme))
    )
    met = lines.inner_join(asks, same, rname="{name}_of_ask").select(
        lines.reference, asks.submitted_on, asks.community_on
    )
    newest = met.group_by("reference").agg(
        submitted_on=met.submitted_on.max(),
        community_on=met.community_on.max(),
        asked=met.count(),
    )
    joined = lines.left_join(newest, "reference", rname="{name}_met")
    since = asked.before(CHECK_DAYS)
    silent = joined.submitted_on.isnull() | (joined.submitted_on < since)
    no_community = joined.community_on.isnull() | (joined.community_on < since)
    sure = ~(joined.submitted_on > asked.as_at).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    heard = ~(joined.community_on > asked.as_at).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    return {
        "unasked": cases(joined, above=joined.asked.isnull()),
        "silent": cases(joined, above=silent, known=sure),
        "community": cases(joined, above=no_community, known=heard),
    }


def u12(asked: Asked) -> dict[str, Any]:
    """How old is the control strategy, and was it refreshed half-way?"""
    lines = priorities_as_at(asked)
    newest = lines.group_by("body").agg(
        dated_on=lines.dated_on.max(),
        refreshed_on=lines.refreshed_on.max(),
        reference=lines.reference.argmax(lines.dated_on),
    )
    days = days_between(newest.dated_on, asked.as_at)
    fresh = newest.refreshed_on >= newest.dated_on
    half_way = days > QUARTER * 2
    sure = ~(newest.refreshed_on > asked.as_at).fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    stale = half_way & ~fresh.fill_null(False)  # noqa: FBT003 (ibis takes the value by place)
    return {
        "age": cases(newest, above=days),
        "refresh": cases(newest, above=stale, known=sure),
    }


def u17(asked: Asked) -> dict[str, Any]:
    """Which kinds of threat are never used, which county lines wrongly typed?"""
    threats = active_threats(asked.as_at)
    members = table("members")
    now = live(members, asked.as_at, start="since", end="until")
    linked = now.group_by("threat").agg(people=now.person.nunique())
    lines = threats.filter(threats.tags.contains("county_line"))
    rows = lines.left_join(linked, lines.reference == linked.threat)
    mistyped = (rows.kind != "ocg") & (rows.people.fill_null(0) >= LINKED)
    return {
        "unused": cases(threats, area=threats.kind),
        "mistyped": cases(rows, above=mistyped),
    }


def u18(asked: Asked) -> dict[str, Any]:
    """Which active threats are off the national list, and how few are on it?"""
    active = active_threats(asked.as_at)
    listed = listed_threats(asked.as_at)
    off = ~active.reference.isin(listed.reference)
    return {
        "unlisted": cases(active, above=off),
        "per_million": cases(listed, bad=listed.body.isnull()),
    }
