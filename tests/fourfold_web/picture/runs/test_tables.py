"""What stands in a table of results: times in the zone that its heading says."""

from datetime import UTC, datetime

import pyarrow as pa
from django.http import QueryDict
from django.utils.html import strip_tags

from fourfold.base.analysis import Column, Shown
from fourfold_web.picture.runs.tables import headings_of, plain_rows, table_page

SUMMER = datetime(2022, 5, 18, 19, 55, 25, tzinfo=UTC)
NUMBERS = [f"+4477009002{n:02d}" for n in range(9)]
ROWS = pa.table(
    {
        "sent_at": pa.array([SUMMER], pa.timestamp("us", tz="UTC")),
        "first_at": pa.array([SUMMER], pa.timestamp("us", tz="UTC")),
        "local": pa.array([SUMMER.replace(tzinfo=None)], pa.timestamp("us")),
        "last_seen": ["2022-05-18T20:55:25+01:00"],
        "shared": [NUMBERS],
        "change": [-0.0000001],
    }
)
COLUMNS = (
    Column("sent_at", "Sent (UTC)"),
    Column("first_at", "First"),
    Column("local", "By the clock"),
    Column("last_seen", "Last seen"),
    Column("shared", "Contacts"),
    Column("change", "Change", "nats"),
)
SHOWN = Shown("times", "1 of 1 rows.", COLUMNS, ROWS)


def test_an_instant_stands_in_the_zone_that_its_heading_says():
    page = table_page(SHOWN, QueryDict(""))
    assert [heading.words for heading in page.headings] == [
        "Sent (UTC)",
        "First (UTC)",
        "By the clock",
        "Last seen",
        "Contacts",
        "Change (nats)",
    ]
    (row,) = page.cells
    assert [cell.html for cell in row[:4]] == [
        "18/05/2022 19:55:25",
        "18/05/2022 19:55:25",
        "18/05/2022 19:55:25",
        "18/05/2022 20:55:25 BST",
    ]
    assert all(cell.nowrap for cell in row[:4])


def test_what_goes_out_says_the_same():
    assert headings_of(SHOWN)[:2] == ["Sent (UTC)", "First (UTC)"]
    (row,) = plain_rows(SHOWN, ROWS)
    assert row[0] == row[1] == datetime.fromisoformat("2022-05-18T19:55:25")
    assert row[4] == NUMBERS


def test_a_long_list_is_folded_and_nothing_has_no_minus():
    (row,) = table_page(SHOWN, QueryDict("")).cells
    assert strip_tags(row[4].html).startswith(", ".join(NUMBERS[:6]))
    assert "<summary>3 more</summary>" in row[4].html
    assert NUMBERS[8] in row[4].html
    assert row[5].html == "0"


def test_a_sentence_is_given_room_and_its_signs_do_nothing():
    says = "<b>used a cell</b>, " * 5
    column = (Column("reason", "Why"),)
    shown = Shown("why", "1 row.", column, pa.table({"reason": [says]}))
    ((cell,),) = table_page(shown, QueryDict("")).cells
    assert cell.html.startswith('<div class="ff-sentence">')
    assert "<b>" not in cell.html
    assert "&lt;b&gt;used a cell" in cell.html
