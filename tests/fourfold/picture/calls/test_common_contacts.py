"""Which contacts are shared, and are hubs left out by name?"""

import pytest

from fourfold.base.analysis import WrongParameter
from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, call

SHARED = [
    *(call(BEGINS, target, "pal") for target in ("a", "b", "c")),
    *(call(BEGINS, "b", "two") for _n in range(3)),
    call(BEGINS, "two", "a"),
    call(BEGINS, "a", "own"),
    call(BEGINS, "a", "b"),
    *(call(BEGINS, f"x{n}", "hub") for n in range(5)),
    call(BEGINS, "a", "hub"),
    call(BEGINS, "b", "hub"),
]
ASKED = {"targets": ("a", "b", "c"), "hub_limit": 4}


def test_contacts_of_most_targets_come_first_and_an_own_contact_does_not():
    rows = picked(ask("common", SHARED, **ASKED), "contact", "targets", "events")
    assert rows == [("pal", 3, 3), ("two", 2, 4)]


def test_a_hub_is_left_out_and_named():
    result = ask("common", SHARED, **ASKED)
    hubs = result.findings.tables[2].rows.to_pylist()
    assert [(hub["contact"], hub["others"]) for hub in hubs] == [("hub", 5)]
    assert "no targets: hub." in result.findings.answers[-1].text
    wider = ask("common", SHARED, **ASKED | {"hub_limit": 5})
    assert "hub" in {contact for (contact,) in picked(wider, "contact")}


def test_how_each_target_is_in_touch_stands_in_a_table_of_its_own():
    ties = ask("common", SHARED, **ASKED).findings.tables[1].rows.to_pylist()
    two = {(t["target"], t["out"], t["back"]) for t in ties if t["contact"] == "two"}
    assert two == {("b", 3, 0), ("a", 0, 1)}


def test_without_targets_nothing_is_run():
    with pytest.raises(WrongParameter, match="targets must be given"):
        ask("common", SHARED)


def test_nothing_shared_is_said():
    result = ask("common", SHARED[:1], **ASKED)
    assert result.records() == []
    assert "No contact is shared" in result.findings.answers[0].text
