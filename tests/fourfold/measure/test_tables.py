"""Are the canonical tables those of the kinds, and do references join?"""

from datetime import date

import ibis
import pytest

from fourfold.intake.kinds import KINDS, UnknownKind
from fourfold.measure.tables import (
    ANCHORS,
    Dated,
    duckdb_tables,
    postgres_sql,
    schema,
    table,
    with_references,
)

OFFICER = {"body": "derbyshire", "ref": "D1", "name": "Holt, S"}
THREAT = {"body": "derbyshire", "ref": "T1", "lro": "D1", "tags": ["county_line"]}


def test_a_table_has_the_body_the_fields_in_order_and_the_reference() -> None:
    names = schema("plan-actions").names
    fields = tuple(KINDS["plan-actions"].fields)
    assert names == ("body", *fields, "reference")
    assert table("plan-actions").get_name() == "reporting.plan_actions"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_an_empty_table_when_nothing_is_given(kind: str) -> None:
    assert duckdb_tables({}).run(table(kind)) == []


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="exports"):
        duckdb_tables({"exports": [{"body": "derbyshire"}]})


def test_a_reference_is_made_of_body_code_and_number_and_a_given_one_stays() -> None:
    given = THREAT | {"ref": "T2", "reference": "EM-THR-0042"}
    rows = with_references({"threats": [THREAT, given]})["threats"]
    assert [row["reference"] for row in rows] == ["DERBYSHIRE-THR-0001", "EM-THR-0042"]


def test_a_row_named_by_its_own_body_is_joined_by_reference() -> None:
    rows = with_references({"officers": [OFFICER], "threats": [THREAT]})
    assert rows["threats"][0]["lro"] == "DERBYSHIRE-OFF-0001"
    assert THREAT["lro"] == "D1"


def test_a_row_of_another_body_is_named_with_its_slug() -> None:
    theirs = {"body": "emsou", "ref": "X", "threat": "derbyshire/T1"}
    own = {"body": "emsou", "ref": "Y", "threat": "T1"}
    rows = with_references({"threats": [THREAT], "disruptions": [theirs, own]})
    named = [row["threat"] for row in rows["disruptions"]]
    assert named == ["DERBYSHIRE-THR-0001", "T1"]


def test_lists_dates_and_unknowns_come_back_as_they_went_in() -> None:
    row = THREAT | {"opened_on": date(2021, 1, 4)}
    found = duckdb_tables({"threats": [row]}).run(table("threats"))[0]
    assert found["tags"] == ["county_line"]
    assert found["opened_on"] == date(2021, 1, 4)
    assert found["closed_on"] is None


def test_a_dated_question_is_asked_of_its_own_days() -> None:
    threats = table("threats")
    quarter_before = ibis.literal(ANCHORS[0]) - ibis.interval(days=0)
    asked = threats.filter(threats.opened_on < quarter_before).select("ref")
    rows = [
        {"body": "emsou", "ref": "old", "opened_on": date(2021, 1, 1)},
        {"body": "emsou", "ref": "new", "opened_on": date(2022, 1, 1)},
    ]
    run = duckdb_tables({"threats": rows}).run
    assert run(Dated(asked, (date(2021, 6, 1),))) == [{"ref": "old"}]
    assert len(run(Dated(asked, (date(2022, 6, 1),)))) == 2


def test_a_postgresql_statement_carries_the_days_asked_for() -> None:
    threats = table("threats")
    asked = threats.filter(threats.opened_on < ANCHORS[1])
    question = Dated(asked, (date(2021, 6, 1), date(2024, 2, 29)))
    statement = postgres_sql(question)
    assert "MAKE_DATE(2024, 2, 29)" in statement
    assert '"reporting"."threats"' in statement
    assert "4000" not in statement
