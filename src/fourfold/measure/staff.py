"""Which posts are established and filled, and what money and vehicles carry them?"""

from datetime import date
from typing import Any

import ibis
from ibis import _

from fourfold.measure.ages import months_since
from fourfold.measure.selection import Selection, When, live, selected
from fourfold.measure.tables import table


def posts_as_at(on: date) -> Any:
    """Which posts are established on a day, with `held`: does somebody hold it then?"""
    posts = live(table("posts"), on)
    begun = posts.filled_from.isnull() | (posts.filled_from <= on)
    still = posts.filled_to.isnull() | (posts.filled_to > on)
    return posts.mutate(held=posts.holder.notnull() & begun & still)


def posts_established(when: When) -> Selection:
    """How many posts has the team for serious and organised crime?"""
    team = posts_as_at(when.as_at).filter(_.purpose == "soc_team")
    return Selection(selected(team, on="opened_on"))


def posts_vacant(when: When) -> Selection:
    """How many of that team's posts does nobody hold?"""
    team = posts_as_at(when.as_at).filter(_.purpose == "soc_team")
    return Selection(selected(team.filter(~_.held)), selected(team))


def fraud_posts(when: When) -> Selection:
    """How many full-time posts, parts added up, are held on fraud alone?"""
    held = posts_as_at(when.as_at).filter((_.theme == "fraud") & _.held)
    return Selection(selected(held, weight=held.fte, on="filled_from"))


def fixed_term_posts(when: When) -> Selection:
    """How many established posts hang on fixed-term money?"""
    posts = posts_as_at(when.as_at)
    fixed = posts.filter(_.funding == "fixed_term")
    return Selection(selected(fixed), selected(posts))


def fleet_with_capital_funds(when: When) -> Selection:
    """How many vehicles in use will capital money replace?"""
    fleet = live(
        table("assets"), when.as_at, start="bought_on", end="retired_on"
    ).filter(_.kind == "vehicle")
    return Selection(selected(fleet.filter(_.capital_line)), selected(fleet))


def agreement_age_months(when: When) -> Selection:
    """How long ago was the collaboration agreement that waited longest reviewed?"""
    signed = live(table("agreements"), when.as_at, start="signed_on", end="ends_on")
    agreements = signed.filter(_.kind == "collaboration")
    seen = ibis.coalesce(agreements.reviewed_on, agreements.signed_on)
    aged = agreements.mutate(seen=seen)
    rows = selected(aged, weight=months_since(aged.seen, when.as_at), on="seen")
    return Selection(rows, needs=rows)
