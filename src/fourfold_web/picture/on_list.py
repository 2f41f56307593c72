"""Which threats are live, and which would the inspectorate's filter take?

Built from the same rows of the sheet `extracts` as the measures, so that a list on a
page and a figure cannot disagree.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from fourfold.picture.extracts import Filter, failed_filters, filters
from fourfold_web.picture.models import Threat

CLOSED = "closed"

Tests = dict[str, Callable[[str, tuple[Any, ...]], Q]]

TESTS: Tests = {
    "is": lambda column, value: Q(**{column: value[0]}),
    "is_not": lambda column, value: Q(**{column: None}) | ~Q(**{column: value[0]}),
    "one_of": lambda column, value: Q(**{f"{column}__in": value}),
    "not_contains": lambda column, value: ~Q(**{f"{column}__icontains": value[0]}),
}


def live(on: date) -> Q:
    """Which threats were held on a day?"""
    return Q(opened_on__lte=on) & _not_yet("closed_on", on)


def active(on: date) -> Q:
    """Which threats were held, and in no closed phase, on a day?"""
    phase = Q(closed_on__gt=on) | ~Q(phase__icontains=CLOSED)
    return live(on) & phase


def listed(on: date) -> Q:
    """Which threats were on the national list on a day, by the extract's filter?"""
    numbered = ~Q(national_ref="")
    since = Q(listed_on=None) | Q(listed_on__lte=on)
    dated = live(on) & numbered & since & _not_yet("delisted_on", on)
    for rule in filters("national_list"):
        dated &= _extract(rule, on)
    return dated


def unlisted(on: date) -> Q:
    """Which active threats were missing from the national list on a day?"""
    return active(on) & ~listed(on)


def why_unlisted(threat: Threat, on: date) -> str:
    """Why is a live threat not on the national list? Empty: it is, or is not live."""
    if not threat.is_live(on):
        return ""
    if not threat.national_ref:
        return "it has no national reference."
    if threat.listed_on is not None and threat.listed_on > on:
        return "it goes onto it later."
    if threat.delisted_on is not None and threat.delisted_on <= on:
        return "it was taken off."
    record = {r.column: getattr(threat, r.column) for r in filters("national_list")}
    if threat.closed_on is not None:
        record["phase"] = "active then"
    failed = failed_filters(record, "national_list", (on, on))
    return (
        f"the inspectorate's filter leaves it out. {failed[0].says}" if failed else ""
    )


def _not_yet(column: str, on: date) -> Q:
    return Q(**{column: None}) | Q(**{f"{column}__gt": on})


def _extract(rule: Filter, on: date) -> Q:
    held = TESTS[rule.test](rule.column, rule.value)
    if rule.column == "phase":
        held |= Q(closed_on__gt=on)
    return held
