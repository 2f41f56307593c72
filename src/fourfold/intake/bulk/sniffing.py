"""What do the first rows of a file look like, for an officer to confirm?"""

import tempfile
from pathlib import Path
from typing import Any

from fourfold.intake.bulk.errors import NotRecognised, UnreadDates
from fourfold.intake.bulk.given_table import given_table
from fourfold.intake.bulk.headings import fields_of, taken_for
from fourfold.intake.bulk.layout import layout_book
from fourfold.intake.bulk.options import ReadingOptions
from fourfold.intake.bulk.plan import plan_json, reading_plan

SHOWN_ROWS = 5


def sniffed(path: Path, kind: str) -> dict[str, Any]:
    """What was taken for what, and what is unsure, as plain values?

    Args:
        path: a file of rows.
        kind: the kind of evidence that it is said to hold.

    Returns:
        layout, delimiter, above, headings, columns (our field to their heading), dates
        (strptime styles), zone, unsure (moments that may be read month first), notes,
        sample (rows of text), fields (name and says of all that may be named), layouts
        (keys), and trouble: "" or why it cannot be read as it is.

    Raises:
        FileRefused: it is no table at all.
    """
    with tempfile.TemporaryDirectory(prefix="fourfold-sniff-") as folder:
        scratch = Path(folder)
        try:
            found = plan_json(reading_plan(kind, path, ReadingOptions(), scratch))
            trouble = ""
        except (NotRecognised, UnreadDates) as error:
            found, trouble = _unplanned(path, kind, scratch), str(error)
    fields = [{"name": h.field, "says": h.says} for h in fields_of(kind).values()]
    return found | {
        "fields": fields,
        "layouts": list(layout_book(kind)),
        "trouble": trouble,
    }


def _unplanned(path: Path, kind: str, scratch: Path) -> dict[str, Any]:
    table = given_table(path, kind, scratch)
    return {
        "layout": "",
        "delimiter": table.delimiter,
        "above": table.above,
        "headings": list(table.headings),
        "columns": taken_for(kind, table.headings),
        "dates": {},
        "zone": "",
        "unsure": [],
        "notes": list(table.notes),
        "sample": [list(row) for row in table.sample[:SHOWN_ROWS]],
    }
