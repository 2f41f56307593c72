"""A terminal shows whole columns, as many as fit, and names the others."""

import io

import pyarrow as pa
import pytest
from rich.console import Console

from fourfold.base.analysis import Column, Shown
from fourfold.picture.printed import ROWS, result_table

NAMES = ("number", "events", "empty", "reason", "cell")
HEADINGS = ("Number", "Events", "Remark", "Why", "Cell used")


def shown(rows: int = 2) -> Shown:
    columns = tuple(map(Column, NAMES, HEADINGS))
    table = pa.table(
        {
            "number": ["+447700900101"] * rows,
            "events": [1234] * rows,
            "empty": [None] * rows,
            "reason": ["A sentence that the answers above have said already."] * rows,
            "cell": ["234-15-4101-700"] * rows,
        }
    )
    return Shown("calls", "Two calls.", columns, table)


def printed(table: Shown, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(result_table(table, width))
    return " ".join(out.getvalue().split())


def test_what_fits_is_whole_and_sentences_and_empty_columns_are_left_out():
    text = printed(shown(), 80)
    assert text.count("234-15-4101-700") == 2
    assert "Remark" not in text
    assert "Not shown: Why. --out or --json gives everything." in text


@pytest.mark.parametrize("width", [20, 30])
def test_a_narrow_terminal_has_fewer_columns_and_names_the_rest(width):
    text = printed(shown(), width)
    assert "+447700900101" in text
    assert "234-15" not in text
    assert "Cell used" in text


def test_rows_that_are_left_out_are_counted():
    text = printed(shown(ROWS + 5), 80)
    assert "5 rows more. Not shown: Why." in text


def test_an_empty_table_has_its_caption():
    assert "Two calls." in printed(shown(0), 80)
