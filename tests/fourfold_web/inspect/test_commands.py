"""The answers and the register from a terminal."""

import json

import pytest
from click.testing import CliRunner

from fourfold_web.inspect.commands import inspect_command, report_import_command
from tests.fourfold_web.inspect.conftest import REPORT

pytestmark = pytest.mark.django_db

KEYS = ["rule", "body", "answer", "value", "amber", "red", "covers", "rows", "finding"]


def test_answers_have_the_nine_keys_and_name_the_filed_finding(crowded, wider_group):
    asked = ["--as-at", "2022-06-01", "--body", "lincolnshire", "--json"]
    found = json.loads(CliRunner().invoke(inspect_command, asked).output)
    assert all(list(one) == KEYS for one in found)
    assert {one["body"] for one in found} == {"lincolnshire"}
    load = next(one for one in found if one["rule"] == "T06")
    assert (load["answer"], load["value"]) == ("still true", 12.0)
    assert load["finding"] == wider_group.reference
    assert load["rows"] == sorted(one.reference for one in crowded)


def test_the_counting_service_counts_what_no_officer_names(
    crowded, make_threat, officer
):
    make_threat(
        "lincolnshire",
        lro=officer("wold"),
        classification="official_sensitive",
        compartments=["juniper"],
    )
    asked = ["--as-at", "2022-06-01", "--body", "lincolnshire", "--json"]
    found = json.loads(CliRunner().invoke(inspect_command, asked).output)
    assert next(one for one in found if one["rule"] == "T06")["value"] == 13.0


def test_a_report_is_filed_from_a_terminal():
    asked = [str(REPORT), "--as", "quill", "--json"]
    found = json.loads(CliRunner().invoke(report_import_command, asked).output)
    assert [one["judgments"] for one in found] == [6]
    assert found[0]["report"].startswith("EM-RPT-")
