"""A delivery comes in whole or not at all, and each row is accounted for."""

import hashlib
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.intake.errors import EmptyFile
from fourfold_web.act.models import Disruption
from fourfold_web.base.audit import NotAllowed, acting_as
from fourfold_web.base.models import Entry, Officer
from fourfold_web.intake.mending import CannotMend
from fourfold_web.intake.models import Delivery, QuarantinedRow
from fourfold_web.intake.services import load_delivery, mend_row
from fourfold_web.picture.models import Threat
from tests.fourfold_web.intake.conftest import (
    DISRUPTION,
    OFFICER,
    THREAT,
    write_csv,
)

pytestmark = pytest.mark.django_db

COUNTS = ("rows", "loaded", "changed", "unchanged", "quarantined")


def counts(answer: dict[str, Any]) -> tuple[int, ...]:
    return tuple(answer[name] for name in COUNTS)


def test_new_rows_are_loaded_and_the_same_file_again_changes_nothing(delivered, acting):
    rows = [THREAT, THREAT | {"ref": "T2"}]
    first, again = delivered("threats", rows), delivered("threats", rows)
    assert counts(first) == (2, 2, 0, 0, 0)
    assert counts(again) == (2, 0, 0, 2, 0)
    assert first["sha256"] == again["sha256"]
    assert first["delivery"] != again["delivery"]
    with acting("service-loader"):
        assert Threat.objects.count() == 2
        assert Delivery.objects.count() == 2


def test_the_answer_has_these_keys_and_no_others(delivered):
    answer = delivered("threats", [THREAT | {"soc": "perhaps"}])
    assert list(answer) == [
        "delivery",
        "sha256",
        "rows",
        "loaded",
        "unchanged",
        "changed",
        "quarantined",
        "faults",
    ]
    assert list(answer["faults"][0]) == ["line", "field", "value", "fault", "mend"]


def test_a_row_becomes_its_record_with_what_it_names(delivered, acting):
    delivered("officers", [OFFICER])
    delivered("threats", [THREAT | {"lro": "1201", "tags": "county_line", "tier": "2"}])
    delivered("disruptions", [DISRUPTION | {"bodies": "emsou", "claimant": "1201"}])
    with acting("service-loader"):
        made = Disruption.objects.select_related("threat__lro").get()
    assert made.threat.source_key == "T1"
    assert made.threat.lro.name == "Dale, P"
    assert (made.threat.tags, made.threat.tier) == (["county_line"], 2)
    assert (made.bodies, made.impact, made.unit) == (["emsou"], "minor", "")
    assert made.reference.startswith("EM-DIS-")


def test_a_row_of_another_body_is_named_with_that_body(delivered, acting):
    delivered("threats", [THREAT], body="leicestershire")
    own = delivered("disruptions", [DISRUPTION], body="emsou")
    assert own["faults"][0]["field"] == "threat"
    named = [DISRUPTION | {"threat": "leicestershire/T1"}]
    assert counts(delivered("disruptions", named, body="emsou")) == (1, 1, 0, 0, 0)


def test_a_delivered_officer_cannot_sign_in(delivered):
    delivered("officers", [OFFICER])
    made = Officer.objects.get(source_key="1201", body="derbyshire")
    assert not made.has_usable_password()
    assert made.roles() == []


def test_a_changed_row_is_changed_and_the_log_says_what_it_was(delivered, acting):
    delivered("threats", [THREAT, THREAT | {"ref": "T2"}])
    answer = delivered(
        "threats", [THREAT | {"phase": "Closed"}, THREAT | {"ref": "T2"}]
    )
    assert counts(answer) == (2, 0, 1, 1, 0)
    with acting("service-loader"):
        made = Entry.objects.get(about=answer["delivery"]).made
        assert Threat.objects.get(source_key="T1").phase == "Closed"
    changed = next(line for line in made if line["kind"] == "threat")
    assert changed["before"] == {"phase": "Active"}
    assert changed["after"] == {"phase": "Closed"}


def test_what_changed_behind_a_compartment_is_logged_behind_it(delivered, acting):
    walled = THREAT | {
        "compartments": "juniper",
        "classification": "official_sensitive",
    }
    delivered("threats", [walled], body="leicestershire")
    delivered("threats", [walled | {"name": "Group Yew"}], body="leicestershire")
    with acting("fenn"):
        assert "Group Yew" in str([line.made for line in Entry.objects.all()])
    with acting("soar"):
        assert Entry.objects.exists()
        assert "Group Yew" not in str([line.made for line in Entry.objects.all()])


def test_a_reference_to_nothing_is_kept_back_with_its_mend(delivered, acting):
    delivered("threats", [THREAT])
    answer = delivered(
        "disruptions", [DISRUPTION, DISRUPTION | {"ref": "D2", "threat": "T9"}]
    )
    assert counts(answer) == (2, 1, 0, 0, 1)
    (fault,) = answer["faults"]
    assert (fault["line"], fault["field"], fault["value"]) == (3, "threat", "T9")
    assert fault["fault"] == "not among the threats of Derbyshire"
    with acting("service-loader"):
        assert QuarantinedRow.objects.get().key == "D2"


def test_nobody_grades_their_own_disruption_by_file(delivered):
    delivered("officers", [OFFICER])
    delivered("threats", [THREAT])
    both = DISRUPTION | {"claimant": "1201", "grader": "1201"}
    answer = delivered("disruptions", [both])
    assert (answer["quarantined"], answer["faults"][0]["field"]) == (1, "grader")


def test_a_later_delivery_mends_what_an_earlier_one_kept_back(delivered, acting):
    delivered("disruptions", [DISRUPTION])
    delivered("threats", [THREAT])
    delivered("disruptions", [DISRUPTION])
    with acting("service-loader"):
        assert QuarantinedRow.objects.get().state == QuarantinedRow.MENDED
        assert Disruption.objects.count() == 1


def test_the_same_faulty_row_again_waits_once(delivered, acting):
    for _ in range(2):
        answer = delivered("threats", [THREAT | {"soc": "perhaps"}, {"name": "no ref"}])
        assert counts(answer) == (2, 0, 0, 0, 2)
    with acting("service-loader"):
        states = [row.state for row in QuarantinedRow.objects.order_by("pk")]
    assert states == ["replaced", "replaced", "open", "open"]


def test_a_dry_run_says_the_same_and_writes_nothing(delivered, acting, home):
    delivered("threats", [THREAT])
    rows = [THREAT | {"name": "Other"}, THREAT | {"ref": "T2"}, THREAT | {"soc": "?"}]
    before = _everything(acting)
    dry = delivered("threats", rows[:2], dry_run=True)
    assert _everything(acting) == before
    assert dry["delivery"] is None
    wet = delivered("threats", rows[:2])
    assert counts(dry) == counts(wet) == (2, 1, 1, 0, 0)


def _everything(acting) -> list[int]:
    with acting("service-loader"), connection.cursor() as cursor:
        cursor.execute("SELECT last FROM base_counter ORDER BY code")
        return [
            *(last for (last,) in cursor.fetchall()),
            Entry.objects.count(),
            Delivery.objects.count(),
            Threat.objects.count(),
        ]


def test_the_file_is_kept_as_it_came(delivered, home, tmp_path):
    answer = delivered("threats", [THREAT])
    kept = (home / "files" / answer["sha256"]).read_bytes()
    assert kept == (tmp_path / "threats.csv").read_bytes()
    assert hashlib.sha256(kept).hexdigest() == answer["sha256"]


def test_a_file_that_cannot_be_read_leaves_no_trace(officer, acting, tmp_path, home):
    empty = tmp_path / "threats.csv"
    empty.write_bytes(b"")
    with acting("service-loader"), pytest.raises(EmptyFile):
        load_delivery(
            actor=officer("service-loader"),
            path=empty,
            kind="threats",
            body="derbyshire",
        )
    with acting("service-loader"):
        assert not Delivery.objects.exists()
        assert not Entry.objects.exists()
    assert not (home / "files").exists()


def test_an_officer_imports_for_their_own_body(delivered):
    assert (
        delivered("threats", [THREAT], body="lincolnshire", actor="lamb")["loaded"] == 1
    )


@pytest.mark.parametrize(
    ("actor", "body"),
    [("lamb", "derbyshire"), ("wold", "lincolnshire"), ("keys", "emsou")],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_an_officer_without_the_right_for_the_body_cannot(
    delivered, acting, actor, body, dry_run
):
    with pytest.raises(NotAllowed):
        delivered("threats", [THREAT], body=body, actor=actor, dry_run=dry_run)
    with acting("service-loader"):
        assert not Threat.objects.exists()


def test_an_officer_outside_a_compartment_cannot_bring_a_row_into_it(delivered, acting):
    walled = THREAT | {"compartments": "sycamore", "name": "Group Holly"}
    answer = delivered("threats", [walled], body="lincolnshire", actor="lamb")
    assert (answer["quarantined"], answer["faults"][0]["field"]) == (1, "compartments")
    with acting("lamb"):
        assert "Holly" not in str(QuarantinedRow.objects.values())


def test_a_row_whose_key_a_hidden_record_holds_is_kept_back(delivered, acting):
    hidden = THREAT | {"compartments": "sycamore"}
    delivered("threats", [hidden], body="lincolnshire")
    rows = [THREAT | {"name": "Taken over"}, THREAT | {"ref": "T2"}]
    answer = delivered("threats", rows, body="lincolnshire", actor="lamb")
    assert counts(answer) == (2, 1, 0, 0, 1)
    with acting("service-loader"):
        assert Threat.objects.get(source_key="T1").name == "Group Alder"


def test_a_faulty_row_behind_a_compartment_waits_behind_it(delivered, acting):
    walled = THREAT | {"compartments": "juniper", "soc": "perhaps", "name": "Group Yew"}
    delivered("threats", [walled], body="leicestershire")
    with acting("fenn"):
        assert QuarantinedRow.objects.get().row["name"] == "Group Yew"
    for outside in ("soar", "holt", "dale"):
        with acting(outside):
            assert not QuarantinedRow.objects.exists()


def test_what_names_a_record_behind_a_compartment_waits_behind_it(delivered, acting):
    walled = THREAT | {"compartments": "juniper"}
    delivered("threats", [walled], body="leicestershire")
    delivered("activity", [LOCAL | {"event": "perhaps"}], body="leicestershire")
    with acting("soar"):
        assert not QuarantinedRow.objects.exists()
    with acting("fenn"):
        assert QuarantinedRow.objects.count() == 1


LOCAL = {
    "ref": "A1",
    "store": "North team",
    "event": "arrest",
    "event_on": "2022-03-01",
    "threat": "T1",
}


def test_another_force_sees_neither_delivery_nor_kept_back_row(delivered, acting):
    delivered("threats", [THREAT, THREAT | {"ref": "T2", "soc": "perhaps"}])
    with acting("lamb"):
        assert Threat.objects.count() == 1
        assert not Delivery.objects.exists()
        assert not QuarantinedRow.objects.exists()
        assert not Entry.objects.exists()


def test_a_kept_back_row_is_mended_and_loaded(delivered, officer, acting):
    long = "Group Rowan " + "and what is known of it " * 40
    delivered("threats", [THREAT | {"soc": "perhaps", "name": long}])
    with acting("service-loader"):
        row = QuarantinedRow.objects.get()
        loader = officer("service-loader")
        (fault,) = mend_row(actor=loader, row=row, texts={"soc": "maybe"})
        assert (fault.field, fault.value) == ("soc", "maybe")
        assert mend_row(actor=loader, row=row, texts={"soc": "SOC"}) == []
        made = Threat.objects.get()
        assert (made.soc, made.name) == ("soc", long.strip())
        assert QuarantinedRow.objects.get().state == QuarantinedRow.MENDED
        assert Entry.objects.filter(event="row.mended", about=row.reference).exists()
        with pytest.raises(CannotMend):
            mend_row(actor=loader, row=row, texts={"soc": "SOC"})


def test_a_mended_row_still_has_to_name_what_is_there(delivered, officer, acting):
    delivered("disruptions", [DISRUPTION])
    with acting("service-loader"):
        row = QuarantinedRow.objects.get()
        loader = officer("service-loader")
        (fault,) = mend_row(actor=loader, row=row, texts={"threat": "T8"})
        assert fault.field == "threat"
        assert not Disruption.objects.exists()


def test_an_officer_of_another_body_cannot_mend(delivered, officer, acting):
    delivered("threats", [THREAT | {"soc": "perhaps"}])
    with acting("service-loader"):
        row = QuarantinedRow.objects.select_related("of", "body").get()
        with pytest.raises(NotAllowed):
            mend_row(actor=officer("lamb"), row=row, texts={"soc": "SOC"})


GOOD = st.fixed_dictionaries(
    {"ref": st.sampled_from("abcdef"), "name": st.sampled_from(["Ash", "Elm"])}
)
FAULTY = st.fixed_dictionaries(
    {"ref": st.sampled_from("abcdef"), "soc": st.just("perhaps")}
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deliveries=st.lists(st.lists(GOOD | FAULTY, min_size=1), min_size=1, max_size=3))
def test_rows_always_add_up_and_a_second_time_changes_nothing(
    delivered, acting, deliveries
):
    for rows in deliveries:
        printed = [THREAT | row for row in rows]
        for answer in (
            (first := delivered("threats", printed)),
            (again := delivered("threats", printed)),
        ):
            assert answer["rows"] == len(rows) == sum(counts(answer)[1:])
        assert (again["loaded"], again["changed"]) == (0, 0)
        assert again["quarantined"] == first["quarantined"]
        with acting("service-loader"):
            keys = {row["ref"] for row in rows if "soc" not in row}
            loaded = Threat.objects.filter(source_key__in=keys)
            assert loaded.count() == len(keys)


def test_a_formula_cell_says_nothing_when_its_row_is_mended(delivered, acting):
    delivered("threats", [THREAT | {"name": "=1+1"}])
    with acting("service-loader"):
        assert QuarantinedRow.objects.get().row["name"] == ""


def test_acting_as_another_officer_does_not_lend_their_rights(officer, tmp_path):
    path = write_csv(tmp_path / "threats.csv", [THREAT])
    with acting_as(officer("service-loader")), pytest.raises(NotAllowed):
        load_delivery(
            actor=officer("wold"), path=path, kind="threats", body="derbyshire"
        )
