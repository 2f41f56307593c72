"""Which SQL makes the moments of a kind, and finds those that cannot be?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fourfold.intake.bulk.checks import Check
from fourfold.intake.bulk.moments import (
    HOME,
    UTC_NAMES,
    Style,
    clock_sql,
    hours_never,
    in_letters,
    instant_sql,
    local_sql,
    within_hours,
)
from fourfold.intake.bulk.sql_text import named, quoted

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
    "stops": ("stopped_on",),
}


@dataclass(frozen=True)
class Moment:
    """One moment of a row: its raw SQL, the style it is written in, its zone."""

    raw: str
    style: Style
    zone: str


EARLIEST = "1900-01-01"
"""A moment before it is a year that was written in two figures."""
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
        made = _made(name, moment)
        columns[name] = made.at
        if name == at_name and local_name:
            columns[local_name] = made.local
    return columns


def moment_checks(moments: Moments, needed: tuple[str, ...]) -> list[Check]:
    """Which faults may a moment have: unreadable, empty, or skipped by the clocks?"""
    checks = []
    for name, moment in moments.items():
        made = _made(name, moment)
        style = in_letters(moment.style.styles[0])
        wrong = f"{made.read} IS NULL AND {moment.raw} <> ''"
        says = f"Write it as {style}, like the others."
        checks.append(
            Check(name, moment.raw, wrong, "not a moment as others are", says)
        )
        if name in needed:
            empty = f"{moment.raw} = ''"
            checks.append(Check(name, moment.raw, empty, "empty", "Fill it in."))
        early = f"{made.read} < TIMESTAMP {quoted(EARLIEST)}"
        says = "Write the year in four figures."
        checks.append(Check(name, moment.raw, early, "a year long past", says))
        if made.never != "false":
            fault = f"an hour that the clocks of {moment.zone} skipped"
            says = "Ask the sender which zone the times are in, and name it."
            checks.append(Check(name, moment.raw, made.never, fault, says))
    return checks


def moment_name(column: str) -> str:
    """Under which name does the source give a moment that has been read?"""
    return named(f"m_{column}")


def moments_read(moments: Moments) -> list[str]:
    """SQL that reads each moment once, so that nothing else need read it again."""
    return [
        f"{local_sql(moment.raw, moment.style)} AS {moment_name(name)}"
        for name, moment in moments.items()
    ]


def _made(name: str, moment: Moment) -> _Made:
    read = moment_name(name)
    if moment.style.zoned:
        return _Made(read, clock_sql(read, HOME), read)
    at = instant_sql(read, moment.zone)
    local = clock_sql(at, HOME) if moment.zone in UTC_NAMES else read
    hours = hours_never(moment.zone)
    never = within_hours(read, hours) if hours else "false"
    return _Made(at, local, read, never)
