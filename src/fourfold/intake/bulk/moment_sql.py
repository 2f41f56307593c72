"""Which SQL makes the moments of a kind, and finds those that cannot be?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fourfold.intake.bulk.checks import Check
from fourfold.intake.bulk.moments import (
    HOME,
    Style,
    hours_never,
    local_sql,
)
from fourfold.intake.bulk.sql_text import quoted

MAIN = {
    "calls": ("start_at", "start_local"),
    "messages": ("sent_at", "sent_local"),
    "reads": ("at", ""),
    "survey": ("at", ""),
    "payments": ("at", ""),
    "locations": ("at", ""),
    "images": ("taken_at", "taken_local"),
}
"""The moment of an event: its instant, and its clock where the kind has one."""
OTHERS = {
    "cells": ("valid_from", "valid_to"),
    "vehicles": ("from_on", "until_on"),
    "identifiers": ("from_at", "until_at"),
}


@dataclass(frozen=True)
class Moment:
    """One moment of a row: its raw SQL, the style it is written in, its zone."""

    raw: str
    style: Style
    zone: str


Moments = Mapping[str, Moment]
"""Our column of an instant to how it is read; those that the file lacks are absent."""


@dataclass(frozen=True)
class _Made:
    at: str
    local: str
    read: str
    never: str = field(default="false")


def moment_columns(kind: str, moments: Moments) -> dict[str, str]:
    """SQL for each column of an instant or a clock that the file gives."""
    columns = {}
    at_name, local_name = MAIN.get(kind, ("", ""))
    for name, moment in moments.items():
        made = _made(moment)
        columns[name] = made.at
        if name == at_name and local_name:
            columns[local_name] = made.local
    return columns


def moment_checks(kind: str, moments: Moments, needed: tuple[str, ...]) -> list[Check]:
    """Which faults may a moment have: unreadable, empty, or skipped by the clocks?"""
    checks = []
    for name, moment in moments.items():
        made = _made(moment)
        style = moment.style.styles[0]
        wrong = f"{made.read} IS NULL AND tidy({moment.raw}) <> ''"
        says = f"Write it as {style}, like the others."
        checks.append(
            Check(name, moment.raw, wrong, "not a moment as others are", says)
        )
        if name in needed:
            empty = f"tidy({moment.raw}) = ''"
            checks.append(Check(name, moment.raw, empty, "empty", "Fill it in."))
        if made.never != "false":
            fault = f"an hour that the clocks of {moment.zone} skipped"
            says = "Ask the sender which zone the times are in, and name it."
            checks.append(Check(name, moment.raw, made.never, fault, says))
    return checks


def twice_sql(moment: Moment, hours: tuple[str, ...]) -> str:
    """SQL that is true where the clock showed the moment twice."""
    if moment.style.zoned or not hours:
        return "false"
    return f"date_trunc('hour', {_made(moment).read}) IN ({_listed(hours)})"


def _made(moment: Moment) -> _Made:
    read = local_sql(moment.raw, moment.style)
    if moment.style.zoned:
        return _Made(read, f"timezone({quoted(HOME)}, {read})", read)
    zone = quoted(moment.zone)
    at = f"timezone({zone}, {read})"
    local = read
    if moment.zone in ("UTC", "Etc/UTC", "GMT"):
        at = f"timezone('UTC', {read})"
        local = f"timezone({quoted(HOME)}, {at})"
    hours = hours_never(moment.zone)
    never = f"date_trunc('hour', {read}) IN ({_listed(hours)})" if hours else "false"
    return _Made(at, local, read, never)


def _listed(hours: tuple[str, ...]) -> str:
    return ", ".join(f"TIMESTAMP {quoted(hour)}" for hour in hours)
