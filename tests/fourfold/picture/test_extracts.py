"""Do the inspectorate's filters take what they say, on tables and on single records?"""

from datetime import date

import pytest

from fourfold.base.errors import SheetFault
from fourfold.measure.tables import duckdb_tables, table
from fourfold.picture.extracts import FILTERS, failed_filters, filters, in_extract

PERIOD = (date(2021, 6, 1), date(2022, 5, 31))
LISTED = {
    "body": "derbyshire",
    "type": "tactical",
    "moderation": "moderated",
    "soc": "soc",
    "tier": None,
    "phase": "Active",
}
LED = {
    "body": "derbyshire",
    "role": "lead",
    "recorded_on": date(2022, 1, 1),
    "impact": "minor",
}
KINDS = {"national_list": ("threats", LISTED), "led": ("disruptions", LED)}
KINDS["supported"] = ("disruptions", LED | {"role": "support"})
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.key}-{n}")
    for rule in FILTERS
    for n, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_of_the_sheet_holds_or_does_not(rule, example) -> None:
    kind, good = KINDS[rule.extract]
    record = good | {rule.column: example.get("given")}
    kept_out_by = () if example["holds"] else (rule,)
    assert failed_filters(record, rule.extract, PERIOD) == kept_out_by
    run = duckdb_tables({kind: [record]}).run
    found = run(in_extract(table(kind), rule.extract, PERIOD))
    assert len(found) == (1 if example["holds"] else 0)


def test_each_filter_has_examples_of_both_sides() -> None:
    for rule in FILTERS:
        assert {example["holds"] for example in rule.examples} == {True, False}


def test_an_unknown_extract_is_an_error_of_ours() -> None:
    with pytest.raises(SheetFault, match="no extract exports"):
        filters("exports")
