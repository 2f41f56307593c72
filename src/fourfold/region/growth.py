"""Which further rows make the region several times as large, years before its own?"""

from datetime import date

from fourfold.region.rows import TODAY, Row, Rows, days

GROWING = (
    "threats",
    "members",
    "plans",
    "plan-actions",
    "disruptions",
    "activity",
    "queue-items",
)
YEAR = 364
"""Days that a year is moved by: weekdays stay the same."""
FIRST_YEARS_BACK, SPAN = 2, 9
NAMES_ANOTHER = {
    "members": ("threat",),
    "plans": ("threat",),
    "plan-actions": ("plan",),
    "disruptions": ("threat",),
    "activity": ("threat", "disruption"),
}


def grown(rows: Rows, scale: int) -> Rows:
    """Which rows are these, with `scale - 1` more years of the kinds that grow?

    Each further year is the region's own, moved 2 to 10 years back: its threats and
    plans are closed, its queues empty, its references end in the year's number. Nothing
    of it lies after June 2020, so no figure of the measured year changes.
    """
    larger = dict(rows)
    for number in range(2, scale + 1):
        back = YEAR * (FIRST_YEARS_BACK + (number - 2) % SPAN)
        for kind in GROWING:
            larger[kind] = larger[kind] + [
                _moved(kind, row, number, back) for row in rows[kind]
            ]
    return larger


def _moved(kind: str, row: Row, number: int, back: int) -> Row:
    shift = days(back)
    made = {
        name: value - shift if isinstance(value, date) else value
        for name, value in row.items()
    }
    made["ref"] = f"{row['ref']}-{number}"
    for name in NAMES_ANOTHER.get(kind, ()):
        if row[name] is not None:
            made[name] = f"{row[name]}-{number}"
    if "operation" in made:
        made["operation"] = None
    if kind in ENDS:
        ENDS[kind](made, TODAY - days(30) - shift)
    if "born_on" in made:
        made["born_on"] = row["born_on"]
    return made


def _end_threat(made: Row, end: date) -> None:
    if made["closed_on"] is None:
        made["closed_on"] = max(end, made["opened_on"])
        made["phase"] = "Closed - disrupted"
    made["next_review_on"] = None
    if made["national_ref"] is not None:
        made["national_ref"] += made["ref"][made["ref"].rindex("-") :]


def _end_member(made: Row, end: date) -> None:
    made["until"] = made["until"] or max(end, made["since"])


def _end_plan(made: Row, end: date) -> None:
    made["closed_on"] = made["closed_on"] or max(end, made["made_on"])


def _end_action(made: Row, end: date) -> None:
    if made["done_on"] is None:
        made["done_on"] = max(end, made["set_on"])


def _end_item(made: Row, end: date) -> None:
    if made["done_on"] is None:
        made["done_on"] = max(end, made["received_on"])


ENDS = {
    "threats": _end_threat,
    "members": _end_member,
    "plans": _end_plan,
    "plan-actions": _end_action,
    "queue-items": _end_item,
}
