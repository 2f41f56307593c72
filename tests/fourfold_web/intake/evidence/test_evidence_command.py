"""Evidence comes in from a disk as from a page: all of it, or none."""

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Entry
from fourfold_web.desk.cli import OneLineErrors
from fourfold_web.intake.evidence import store
from fourfold_web.intake.evidence.commands import add_command
from fourfold_web.intake.evidence.models import EvidenceFile
from tests.fourfold_web.intake.evidence.given import CHAT, authority_of

pytestmark = pytest.mark.django_db

GROUP = OneLineErrors(
    "fourfold",
    commands={"evidence": click.Group("evidence", commands={"add": add_command})},
)


@pytest.fixture
def chat(tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"
    path = tmp_path / "WhatsApp Chat with Red.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


def add(*files: Any, who: str = "peak", more: Any = ()) -> Result:
    words = ["evidence", "add", *map(str, files), "--as", who, "--kind", "handset"]
    return CliRunner().invoke(GROUP, [*words, "--why", "Who supplied whom", *more])


def held(officer) -> list[EvidenceFile]:
    with acting_as(officer):
        return list(EvidenceFile.objects.order_by("pk"))


def nothing_lies_about() -> bool:
    return not any(store.incoming_folder().iterdir())


def test_a_file_is_kept_under_its_authority_and_stays_where_it_was(
    chat, officer, acting
):
    peak = officer("peak")
    with acting("peak"):
        authority_of(peak, number="PACE-22-0118")
    done = add(chat, more=["--authority", "PACE-22-0118", "--json"])
    (row,) = json.loads(done.stdout)
    (file,) = held(peak)
    assert (row["reference"], row["state"]) == (file.reference, "to be confirmed")
    assert store.bytes_of(file.sha256, file.name).read_text("utf-8") == CHAT
    assert chat.read_text("utf-8") == CHAT
    assert nothing_lies_about()
    with acting("peak"):
        assert Entry.objects.filter(event="evidence.received").count() == 1


def test_without_an_authority_it_is_kept_back(chat, officer):
    done = add(chat)
    assert "kept back: no authority" in done.stdout
    (file,) = held(officer("peak"))
    assert file.state == EvidenceFile.KEPT_BACK


@pytest.mark.parametrize(
    ("who", "more", "says"),
    [
        ("dale", (), "You may not do this"),
        ("nobody", (), "No officer signs in as 'nobody'"),
        ("peak", ("--authority", "X-1"), "There is no authority 'X-1'"),
        ("peak", ("--compartment", "juniper"), "belongs to no compartment"),
        ("peak", ("--classification", "cosmic"), "--classification is one of"),
    ],
)
def test_who_may_not_or_what_is_not_there_brings_nothing_in(
    chat, officer, who, more, says
):
    done = add(chat, who=who, more=more)
    assert done.exit_code in (1, 2)
    assert says in done.output
    assert held(officer("peak")) == []
    assert nothing_lies_about()


def test_another_forces_authority_is_not_there(chat, officer, acting):
    with acting("lamb"):
        authority_of(officer("lamb"), number="LINCS-7")
    assert "There is no authority" in add(chat, more=["--authority", "LINCS-7"]).output
