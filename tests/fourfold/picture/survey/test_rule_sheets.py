"""The examples of each sheet are its tests."""

import ibis
import pyarrow as pa
import pytest

from fourfold.picture.survey.could_serve import FACTS, RULES, VERDICTS, verdict_of
from fourfold.picture.survey.gates import GATES
from fourfold.picture.survey.levels import LEVELS, in_dbm, is_outside
from fourfold.picture.survey.neighbours import NEIGHBOURS, rule_for

LEVEL_EXAMPLES = [(key, e) for key, rule in LEVELS.items() for e in rule.examples]
NEIGHBOUR_EXAMPLES = [e for rule in NEIGHBOURS.values() for e in rule.examples]
VERDICT_EXAMPLES = [e for rule in RULES for e in rule.examples]


@pytest.mark.parametrize(("technology", "example"), LEVEL_EXAMPLES)
def test_a_level_or_code_is_read_as_the_sheet_says(engine, technology, example):
    given = {"technology": [technology], "level": [example["level"]]}
    rows = ibis.memtable(pa.table(given))
    level = in_dbm(rows.level, rows.technology)
    read = rows.select(dbm=level, outside=is_outside(level, rows.technology))
    found = engine.to_pyarrow(read).to_pylist()[0]
    assert found == {"dbm": example["dbm"], "outside": not example["inside"]}


def test_a_level_of_0_is_not_known(engine):
    rows = ibis.memtable(pa.table({"technology": ["4G"], "level": [0.0]}))
    read = rows.select(dbm=in_dbm(rows.level, rows.technology))
    assert engine.to_pyarrow(read)["dbm"].to_pylist() == [None]


@pytest.mark.parametrize("example", NEIGHBOUR_EXAMPLES)
def test_a_neighbour_falls_under_the_rule_that_the_sheet_says(engine, example):
    first, second, *_more = [*example["distances"], None, None]
    schema = pa.schema([("first", pa.float64()), ("second", pa.float64())])
    rows = pa.Table.from_pylist([{"first": first, "second": second}], schema=schema)
    rows = ibis.memtable(rows)
    rule = rows.select(rule=rule_for(rows["first"], rows["second"], 5000.0))
    assert engine.to_pyarrow(rule)["rule"].to_pylist() == [example["rule"]]


@pytest.mark.parametrize("example", VERDICT_EXAMPLES)
def test_facts_fall_under_the_verdict_that_the_sheet_says(example):
    assert verdict_of(example["facts"]).key == example["rule"]


def test_every_set_of_facts_has_a_verdict_of_the_three():
    for number in range(2 ** len(FACTS)):
        facts = {fact for bit, fact in enumerate(FACTS) if number >> bit & 1}
        assert verdict_of(facts).verdict in VERDICTS


def test_not_consistent_is_said_only_where_nothing_was_seen_in_enough_readings():
    seen = {"served", "heard", "weak", "resolved"}
    for number in range(2 ** len(FACTS)):
        facts = {fact for bit, fact in enumerate(FACTS) if number >> bit & 1}
        if verdict_of(facts).verdict == "not consistent":
            assert {"readings", "known"} <= facts
            assert not facts & (seen | {"old", "changed"})


def test_every_rule_uses_known_facts_and_words():
    for rule in RULES:
        assert {*rule.holds, *rule.fails} <= set(FACTS)
        assert rule.verdict in VERDICTS


def test_gates_that_leave_out_come_first():
    order = [gate.leaves_out for gate in GATES.values()]
    assert order == sorted(order, reverse=True)
