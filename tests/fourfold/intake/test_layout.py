"""Does a layout say what it should, and are all its faults named at once?"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from fourfold.intake.errors import LayoutFault
from fourfold.intake.layout import layout_of, read_layout
from fourfold.intake.layout_book import every_layout

GUIDE = Path(__file__).parents[3] / "docs/how-to/bring-in-a-new-extract.md"

SHEET: dict[str, Any] = {
    "says": "Officers, one row each.",
    "kind": "officers",
    "body": "derbyshire",
    "format": "csv",
    "columns": {"ref": "Collar", "name": "Name"},
}


def test_a_sheet_with_the_least_it_needs_is_accepted():
    layout = layout_of(SHEET, "derbyshire/officers")
    assert layout.columns["ref"].headings == ("Collar",)
    assert (layout.header_rows, layout.data_row, layout.delimiter) == ((1,), 2, ",")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "oficers"}, "did you mean 'officers'"),
        ({"format": "xls"}, "format is 'xls'"),
        ({"encoding": "utf-9"}, "encoding is 'utf-9'"),
        ({"delimeter": ";"}, "unknown key delimeter (did you mean 'delimiter'?)"),
        ({"delimiter": "::"}, "delimiter must be one character"),
        ({"data_row": "2"}, "data_row is of another type"),
        ({"data_row": 1}, "data_row must come after header_rows"),
        ({"header_rows": [0]}, "header_rows must be row numbers"),
        ({"dates": ["mm/dd"]}, "'mm/dd' is not a style of date"),
        ({"true": ["X"], "false": ["x"]}, "'x' is both true and false"),
        ({"columns": {"ref": "Collar"}}, "nothing gives the field name"),
        ({"columns": SHEET["columns"] | {"rnk": "R"}}, "did you mean 'rank'"),
        ({"columns": SHEET["columns"] | {"rank": 3}}, "must name its column"),
        (
            {"columns": SHEET["columns"] | {"rank": {"colum": "R"}}},
            "columns.rank.colum",
        ),
        ({"footer": {"begins": ["Total"]}}, "unknown key footer.begins"),
        ({"codes": {"rank": {"Sgt": 3}}}, "codes.rank must map words to words"),
    ],
)
def test_one_wrong_thing_in_a_sheet_is_named(change, says):
    with pytest.raises(LayoutFault) as caught:
        layout_of(SHEET | change, "derbyshire/officers")
    assert says in str(caught.value)


def test_all_faults_of_a_sheet_are_named_at_once():
    with pytest.raises(LayoutFault) as caught:
        layout_of(SHEET | {"format": "doc", "data_row": 1, "dates": ["x"]}, "x")
    assert caught.value.facts["count"] == 3


def test_a_code_map_that_leads_nowhere_is_a_fault():
    wrong = {"kind": "profiles", "columns": {"ref": "R", "title": "T", "dated_on": "D"}}
    sheet = SHEET | wrong | {"codes": {"kind": {"SOC": "lokal"}}}
    sheet["columns"]["kind"] = "K"
    with pytest.raises(
        LayoutFault, match="there is no 'lokal' \\(did you mean 'local'"
    ):
        layout_of(sheet, "x")


def test_the_sheet_in_the_guide_is_a_whole_layout():
    sheet = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    layout = layout_of(tomllib.loads(sheet[1]), "derbyshire/threats")
    assert layout.columns["opened_on"].dates == ("dd-Mon-yy",)
    assert layout.columns["kind"].headings == ("Threat kind", "Type of threat")


def test_a_file_that_is_not_toml_is_one_clear_fault(tmp_path):
    sheet = tmp_path / "officers.toml"
    sheet.write_text("says = ", encoding="utf-8")
    with pytest.raises(LayoutFault, match="1 found"):
        read_layout(sheet)


def test_every_layout_of_the_book_is_without_faults():
    names = [layout.name for layout in every_layout()]
    assert len(names) == len(set(names))
