"""Which canonical row does a raw row give, and what is wrong with it?"""

from datetime import UTC, date, datetime

import pytest

from fourfold.intake.cells import Formula, RawRow
from fourfold.intake.check import DATE_ORDER, PAST_DATES, RANGES, row_check
from fourfold.intake.kinds import KINDS
from fourfold.intake.layout_book import canonical

from .made_rows import THREAT, threat

TODAY = date(2022, 6, 1)
FIELDS = {rule.key: rule.fields for rule in (*PAST_DATES, *RANGES)} | {
    rule.key: (rule.earlier, rule.later) for rule in DATE_ORDER
}


def checked(kind_="threats", given=THREAT, /, **changed):
    """The row and the faults of THREAT, or other cells, with some cells changed."""
    layout = canonical(KINDS[kind_], "derbyshire")
    cells = [(given | changed).get(name) for name in layout.columns]
    return row_check(layout, TODAY)(RawRow(7, cells))


def fault_of(field, cell, kind="threats", given=THREAT):
    """The one fault of the whole row in which one cell was changed."""
    assert not checked(kind, given)[1]
    faults = checked(kind, given, **{field: cell})[1]
    assert [(f.line, f.field) for f in faults] == [(7, field)]
    return faults[0]


def test_a_whole_row_becomes_its_canonical_row():
    assert checked() == (threat(), [])


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("name", "  Op\u00a0Copper   Kettle ", "Op Copper Kettle"),
        ("ref", "T\u20131", "T-1"),
        ("kind", "Organised crime group", "ocg"),
        ("kind", "ORGANISED CRIME GROUPS", "ocg"),
        ("classification", "official-sensitive", "official_sensitive"),
        ("tags", "County lines; prison-based", ["county_line", "prison"]),
        ("tags", "County line|Prison|county_line", ["county_line", "prison"]),
        ("tags", "Cuckooing", ["Cuckooing"]),
        ("tags", "", []),
        ("tags", "N/K", None),
        ("tags", ["prison"], ["prison"]),
        ("compartments", "SYCAMORE, Juniper", ["sycamore", "juniper"]),
        ("shared_with", "Leicestershire Police; EMSOU", ["leicestershire", "emsou"]),
        ("tier", "3", 3),
        ("tier", 3.0, 3),
        ("score", "1,234.5", 1234.5),
        ("lro", "N/K", None),
        ("lro", "–", None),
        ("lro", "emsou/1234", "emsou/1234"),
        ("closed_on", "not known", None),
        ("closed_on", "1 Jul 2021", date(2021, 7, 1)),
        ("closed_on", datetime(2021, 7, 1, 9, tzinfo=UTC), date(2021, 7, 1)),
        ("national_ref", 101, "101"),
    ],
)
def test_a_cell_is_read_as_its_field_asks(field, cell, value):
    row, faults = checked(**{field: cell})
    assert (row[field], faults) == (value, [])


@pytest.mark.parametrize(
    ("field", "cell", "fault", "mend"),
    [
        ("name", "", "no value", "Give one"),
        ("name", "N/K", "no value", "Give one"),
        ("name", "=HYPERLINK(1)", "a formula", "Paste the cells as values"),
        ("name", Formula.CELL, "a formula", "Paste the cells as values"),
        ("name", "x" * 20_001, "longer than 20,000", "Shorten"),
        ("name", ["a", "b"], "more than one value", "Give one"),
        ("ref", "T" * 101, "not a reference", "Give one reference"),
        ("kind", "OCG group", "not in the list threat_kind", "Use one of: Organised"),
        (
            "theme",
            "Ilegal drug",
            "not in the list theme",
            "Did you mean 'Illegal drugs'",
        ),
        (
            "tags",
            "county lyne",
            "not in the list threat_tag",
            "Did you mean 'County line'",
        ),
        ("tier", "6", "out of range", "1 to 5"),
        ("tier", "2.5", "not a whole number", "whole number"),
        ("tier", "two", "not a number", "Write digits"),
        ("score", "1,5", "not a number", "Write digits"),
        ("score", "-1", "below zero", "from 0"),
        ("score", "1e400", "not a number", "Write digits"),
        ("opened_on", "31/02/2021", "there is no 31 February", "a day that the month"),
        ("opened_on", "03/25/2021", "there is no month 25", "never read first"),
        ("opened_on", "02/06/2022", "after today, 2022-06-01", "opened already"),
        ("closed_on", "28/02/2021", "before opened_on, 2021-03-01", "Nothing closes"),
        ("classification", "Secret", "not in the list classification", "OFFICIAL"),
        ("classification", "N/K", "the marking is not stated", "State it"),
        ("compartments", "N/K", "the marking is not stated", "State it"),
        ("shared_with", "Leicestershir", "not a body", "Did you mean 'leicestershire'"),
    ],
)
def test_a_faulty_cell_says_why_and_how_to_mend_it(field, cell, fault, mend):
    found = fault_of(field, cell)
    assert found.fault.startswith(fault)
    assert mend in found.mend


def test_money_is_read_with_its_pound_sign_and_commas():
    stop = {
        "ref": "V-1",
        "operation": "Op Hazel",
        "stopped_on": "2021-03-01",
        "seized": "y",
        "arrests": "2",
    }
    row, faults = checked("vehicle-stops", stop, assets_gbp="£1,234.50")
    assert (row["assets_gbp"], row["seized"], faults) == (1234.5, True, [])
    assert fault_of("seized", "maybe", "vehicle-stops", stop).mend == "Write Yes or No."


def test_all_faults_of_a_row_are_named():
    faults = checked(name="", theme="x", tier="9", opened_on="soon")[1]
    assert {f.field for f in faults} == {"name", "theme", "tier", "opened_on"}


def test_a_field_that_bodies_may_lack_is_empty_and_not_a_fault():
    row, faults = checked(tier=None, lro="", assessed_on="")
    assert (row["tier"], row["lro"], row["assessed_on"], faults) == (
        None,
        None,
        None,
        [],
    )


@pytest.mark.parametrize("rule", DATE_ORDER, ids=lambda rule: rule.key)
def test_each_rule_of_order_keeps_its_examples(rule):
    for example in rule.examples:
        assert rule.fits(example["earlier"], example["later"]) is example["fits"]


@pytest.mark.parametrize("rule", PAST_DATES, ids=lambda rule: rule.key)
def test_each_rule_of_past_dates_keeps_its_examples(rule):
    for example in rule.examples:
        assert rule.applies(example["kind"], example["field"]) is example["applies"]


@pytest.mark.parametrize("rule", RANGES, ids=lambda rule: rule.key)
def test_each_range_keeps_its_examples(rule):
    for example in rule.examples:
        assert rule.fits(example["value"]) is example["fits"]


@pytest.mark.parametrize("key", FIELDS)
def test_each_rule_speaks_of_fields_that_some_kind_has(key):
    known = {name for kind in KINDS.values() for name in kind.fields}
    assert set(FIELDS[key]) <= known
