"""How is one file going to be read: which column is which, in which words?"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourfold.base.protected import named_in
from fourfold.intake.bulk.columns import NEEDED, Said
from fourfold.intake.bulk.errors import NoSuchColumn, NotRecognised, UnreadDates
from fourfold.intake.bulk.given_table import GivenTable, given_table, meant_heading
from fourfold.intake.bulk.headings import fields_of, our_field, taken_for
from fourfold.intake.bulk.layout import BulkLayout, bulk_layout, fitting
from fourfold.intake.bulk.moment_sql import MAIN, OTHERS, Moment
from fourfold.intake.bulk.moments import (
    HOME,
    Style,
    said_style,
    style_of,
    unread,
    zone_called,
)
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.sql_text import named, quoted
from fourfold.intake.bulk.unfold import Unfold, unfold_of
from fourfold.intake.evidence import evidence_kind
from fourfold.intake.nearest import did_you_mean

SIDES = {"caller", "called"}
FROM_ONE_SIDE = {"other_number"}
ONE_SIDE = {"subject_number", "other_number", "direction"}
MOMENT_PARTS = ("date", "time")
NOT_READ = (
    "{file} has a column '{heading}'. What the law protects is no input: it was not"
    " read."
)
NO_ZONE = "{file} names no time zone: its times are taken as the clock in London."
UNSAID = {
    "calls": (
        "kind",
        "{file} does not say what each event is: all are taken as voice calls.",
    ),
    "survey": (
        "serving",
        "{file} does not say which cell served: each whose identity was read is taken"
        " as serving.",
    ),
}
VOTES = 60
"""Of those, so many vote one by one where some are spoilt (chosen)."""
CLOCK = re.compile(r"\d{1,2}[:.]\d{2}([:.]\d{2})?( ?[AaPp][Mm])?")
DECIDES = 500
"""Values of a column that are looked at to settle the style of its moments."""


@dataclass(frozen=True)
class ReadingPlan:
    """Everything that is settled before the rows of a file are read.

    `taken`: our field to their heading. `said`: what the SQL is made from. `notes`:
    what was taken for granted. `doubt`: a style that fits the sample as well as the one
    chosen; the whole column decides. `unfold`: how one line makes several rows.
    """

    table: GivenTable
    layout: str
    taken: Mapping[str, str]
    said: Said
    footer: tuple[str, ...]
    notes: tuple[str, ...]
    doubt: Mapping[str, Moment]
    unfold: Unfold | None = None


def reading_plan(
    kind: str, path: Path, options: ReadingOptions, scratch: Path
) -> ReadingPlan:
    """How is a file of a kind read, given what an officer said of it?

    Raises:
        FileRefused: it is no table of that kind; the error says what would help.
        UnknownBulkLayout, UnknownZone: nobody knows the layout or zone that was named.
    """
    evidence_kind(kind)
    layout = bulk_layout(kind, options.layout) if options.layout else None
    table = given_table(
        path,
        kind,
        scratch,
        names=layout.names if layout else (),
        delimiter=layout.delimiter if layout else "",
    )
    layout = layout or fitting(kind, table.headings)
    taken = _taken(kind, table, options, layout)
    notes = [*table.notes, *_protected(table, taken.values())]
    raw = {field: _raw(table, heading) for field, heading in taken.items()}
    raw |= {f: quoted(text) for f, text in (layout.constants if layout else {}).items()}
    notes += _settle_subject(kind, table, raw)
    unfold, raw = unfold_of(
        layout.unfold if layout else (), raw, lambda heading: _column(table, heading)
    )
    _insist(kind, table, raw)
    zone = options.zone or (layout.zone if layout else "")
    moments, doubt, said = _moments(kind, table, taken, (options, layout), zone or HOME)
    notes += [note.format(file=table.name) for note in said]
    if zone or all(moment.style.zoned for moment in moments.values()):
        notes += _unsaid(kind, table.name, raw)
    else:
        notes += [NO_ZONE.format(file=table.name), *_unsaid(kind, table.name, raw)]
    for field in (*MOMENT_PARTS, "start", "sent"):
        raw.pop(field, None)
    words = layout.words if layout else {}
    return ReadingPlan(
        table=table,
        layout=layout.key if layout else "",
        taken=taken,
        said=Said(kind, raw, words, moments),
        footer=layout.footer if layout else (),
        notes=tuple(notes),
        doubt=doubt,
        unfold=unfold,
    )


def _protected(table: GivenTable, read: Collection[str]) -> list[str]:
    """Which columns name what the law protects, and are not read for that?"""
    named = [h for h in table.headings if h not in read and named_in(h)]
    return [NOT_READ.format(file=table.name, heading=heading) for heading in named]


def _unsaid(kind: str, name: str, raw: Mapping[str, str]) -> list[str]:
    """What does a file leave unsaid that is taken for granted?"""
    field, note = UNSAID.get(kind, ("", ""))
    return [note.format(file=name)] if field and field not in raw else []


def _raw(table: GivenTable, heading: str) -> str:
    return named(f"c{table.headings.index(heading)}")


def _column(table: GivenTable, heading: str) -> str | None:
    """SQL of the column that a layout names; `None` when the file has no such."""
    meant = meant_heading(heading, table.headings)
    return _raw(table, meant) if meant else None


def _taken(
    kind: str, table: GivenTable, options: ReadingOptions, layout: BulkLayout | None
) -> dict[str, str]:
    """Which heading stands for which field? What was said goes before what we guess."""
    if options.columns:
        said = _said_columns(kind, table, options.columns)
        guessed = taken_for(kind, [h for h in table.headings if h not in said.values()])
        other = SIDES if FROM_ONE_SIDE & set(said) else ONE_SIDE
        settled = bool((SIDES | FROM_ONE_SIDE) & set(said))
        return {
            **{f: h for f, h in guessed.items() if not (settled and f in other)},
            **said,
        }
    if layout:
        found = {
            field: meant_heading(heading, table.headings)
            for field, heading in layout.columns.items()
        }
        return {field: heading for field, heading in found.items() if heading}
    return taken_for(kind, table.headings)


def _said_columns(
    kind: str, table: GivenTable, columns: Mapping[str, str]
) -> dict[str, str]:
    said, faults = {}, []
    ours = _ours(kind)
    for our, their in columns.items():
        field, heading = our_field(kind, our), meant_heading(their, table.headings)
        if field is None:
            faults.append(f"there is no field '{our}'{did_you_mean(our, ours)}")
        if heading is None:
            hint = did_you_mean(their, table.headings)
            faults.append(f"there is no column '{their}'{hint}")
        if field and heading:
            said[_moment_field(kind, field)] = heading
    if faults:
        raise NoSuchColumn(
            file=table.name,
            faults="; ".join(faults),
            present=", ".join(table.headings),
            ours=", ".join(ours),
        )
    return said


def _moment_field(kind: str, field: str) -> str:
    """`start_at` and `start_local` both mean the moment of a call."""
    at, local = MAIN.get(kind, ("", ""))
    whole = _whole_field(kind)
    return whole if field and field in (at, local) else field


def _whole_field(kind: str) -> str:
    return {"calls": "start", "messages": "sent"}.get(kind, "at")


def _ours(kind: str) -> list[str]:
    columns = [
        c.name for c in evidence_kind(kind).columns if c.name not in ("input", "line")
    ]
    return list(dict.fromkeys([*fields_of(kind), *columns]))


def _settle_subject(kind: str, table: GivenTable, raw: dict[str, str]) -> list[str]:
    """A file that tells only of the other side is named after its subject."""
    if kind != "calls" or "other_number" not in raw or "subject_number" in raw:
        return []
    if "caller" in raw or "called" in raw:
        return []
    raw["subject_number"] = quoted(table.path.stem)
    return [
        f"{table.name} does not name its own number: it is called"
        f" {table.path.stem} here."
    ]


def _insist(kind: str, table: GivenTable, raw: Mapping[str, str]) -> None:
    """Say at once everything that the kind cannot do without and the file lacks."""
    whole = _whole_field(kind)
    has_moment = bool({whole, *MOMENT_PARTS} & set(raw))
    lacks = []
    for name in NEEDED.get(kind, ()):
        if name == MAIN.get(kind, ("",))[0]:
            lacks += [] if has_moment else [f"{whole} (or date and time)"]
        elif name == "caller":
            sides = set(raw) >= SIDES or set(raw) >= FROM_ONE_SIDE
            lacks += (
                [] if sides else ["caller and called (or other_number and direction)"]
            )
        elif name == "cell":
            lacks += [] if {"cell", "cid", "eci", "nci"} & set(raw) else ["cell"]
        elif name not in raw:
            lacks.append(name)
    if lacks:
        raise NotRecognised(
            file=table.name,
            kind=kind,
            lacks=", ".join(lacks),
            present=", ".join(table.headings),
            ours=", ".join(_ours(kind)),
        )


def _moments(
    kind: str,
    table: GivenTable,
    taken: Mapping[str, str],
    known: tuple[ReadingOptions, BulkLayout | None],
    zone: str,
) -> tuple[dict[str, Moment], dict[str, Moment], list[str]]:
    """How is each moment read, which may be read otherwise, and what is unsure?"""
    zone_called(zone)
    options, layout = known
    moments: dict[str, Moment] = {}
    doubt: dict[str, Moment] = {}
    notes: list[str] = []
    for column, headings in _moment_headings(kind, table, taken).items():
        raw = _joined([_raw(table, heading) for heading in headings])
        style = _style(table, headings, options, layout)
        if style.month_first:
            style = _by_spread(style, _values(table.spread, table, headings))
        moments[column] = Moment(raw, style, zone)
        if style.month_first:
            doubt[column] = Moment(raw, Style(style.month_first), zone)
            notes.append("Days of {file} are read before months: 3/4 is 3 April.")
        if style.styles[0].startswith("%m"):
            notes.append("Months of {file} stand before days: 3/4 is 4 March.")
    return moments, doubt, notes


def _moment_headings(
    kind: str, table: GivenTable, taken: Mapping[str, str]
) -> dict[str, list[str]]:
    """Under which headings does each moment stand: one, or a day's and a clock's?"""
    found = {}
    at, whole = MAIN.get(kind, ("", ""))[0], _whole_field(kind)
    parts = [taken[part] for part in MOMENT_PARTS if part in taken]
    if at and whole in taken and parts and _only_clocks(table, taken[whole]):
        found[at] = [taken.get("date", parts[0]), taken[whole]]
    elif at and whole in taken and len(parts) < len(MOMENT_PARTS):
        found[at] = [taken[whole]]
    elif at and parts:
        found[at] = parts
    for column in OTHERS.get(kind, ()):
        if column in taken:
            found[column] = [taken[column]]
    return found


def _only_clocks(table: GivenTable, heading: str) -> bool:
    """Are all values of a column times of day, without a day?"""
    at = table.headings.index(heading)
    values = {row[at] for row in table.sample if row[at]}
    return bool(values) and all(CLOCK.fullmatch(value) for value in values)


def _joined(raw: list[str]) -> str:
    if len(raw) == 1:
        return f"{raw[0]}"
    day, clock = raw
    return (
        f"CASE WHEN {day} = '' THEN '' ELSE"
        f" regexp_replace({day}, '[ T]00:00(:00)?$', '') || ' ' ||"
        f" {clock} END"
    )


def _style(
    table: GivenTable,
    headings: list[str],
    options: ReadingOptions,
    layout: BulkLayout | None,
) -> Style:
    if options.dates:
        return said_style(options.dates)
    if layout and layout.dates:
        return Style(layout.dates)
    sample = _values(table.sample, table, headings)[:DECIDES]
    if not sample:
        return said_style("iso")
    found = style_of(sample)
    if found is None:
        found = _style_of_most(sample)
    if found is None:
        seen = json.dumps(list(dict.fromkeys(sample))[:3], ensure_ascii=False)
        raise UnreadDates(file=table.name, seen=seen)
    return found


def _values(
    rows: Sequence[Sequence[str]], table: GivenTable, headings: list[str]
) -> list[str]:
    """The moments of some rows as text; a day and a clock in two columns are one."""
    at = [table.headings.index(heading) for heading in headings]
    values = [" ".join(row[n] for n in at).strip() for row in rows]
    return [value.replace(" 00:00:00 ", " ") for value in values if value]


def _by_spread(style: Style, values: list[str]) -> Style:
    """Does the rest of the file say whether days or months stand first?"""
    days, months = style, Style(style.month_first)
    unread_days, unread_months = unread(values, days), unread(values, months)
    if not unread_days and unread_months:
        return Style(style.styles)
    if unread_days and not unread_months:
        return months
    return style


def _style_of_most(sample: list[str]) -> Style | None:
    """A few spoilt values must not hide how all others are written."""
    votes: dict[tuple[str, ...], list[str]] = {}
    distinct = list(dict.fromkeys(sample))[:VOTES]
    for value in distinct:
        one = style_of([value])
        if one:
            votes.setdefault(one.styles[:1], []).append(value)
    best = max(votes.values(), key=len, default=[])
    if len(best) * 2 < len(distinct):
        return None
    return style_of(best)


def plan_json(plan: ReadingPlan) -> dict[str, Any]:
    """What an officer confirms, as plain values."""
    return {
        "layout": plan.layout,
        "delimiter": plan.table.delimiter,
        "above": plan.table.above,
        "headings": list(plan.table.headings),
        "columns": dict(plan.taken),
        "dates": {name: list(m.style.styles) for name, m in plan.said.moments.items()},
        "zone": next((m.zone for m in plan.said.moments.values()), ""),
        "unsure": sorted(plan.doubt),
        "notes": list(plan.notes),
        "sample": [list(row) for row in plan.table.sample[:5]],
    }
