"""A search of plate reads in bulk waits for somebody else's word."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.exceptions import ValidationError

from fourfold.picture.analyses import analysis
from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Entry
from fourfold_web.intake.evidence import store
from fourfold_web.picture.runs import bulk_search as searches
from fourfold_web.picture.runs import services
from fourfold_web.picture.runs.forms import AskForm
from fourfold_web.picture.runs.models import BulkSearch
from fourfold_web.picture.runs.parameters import PREFIX
from tests.fourfold_web.intake.evidence.given import dropped

pytestmark = pytest.mark.django_db

ASKED = {
    "purpose": "Vehicles of organised drug supply",
    "proportionality": "Each list alone found too few",
    "lists": "Own markers; the national list",
    "from_on": date(2022, 3, 1),
    "until_on": date(2022, 3, 31),
    "classification": "official_sensitive",
}


@pytest.fixture
def search(officer, acting):
    with acting("peak"):
        return searches.ask_to_search(actor=officer("peak"), **ASKED)


def test_somebody_with_the_right_approves_it_and_it_is_written_down(
    search, client_of, acting
):
    address = f"/vehicles/bulk-search/{search.reference}/"
    lime = client_of("lime")
    assert "Your decision" in lime.get(address).content.decode()
    assert "Enter why." in lime.post(address, {"approve": "yes"}).content.decode()
    lime.post(
        address, {"approve": "yes", "why": "Needed, and no wider than it must be"}
    )
    with acting("lime"):
        search.refresh_from_db()
        assert (search.state, search.decided_by.username) == ("approved", "lime")
        line = Entry.objects.get(event="bulk_search.decided")
        assert line.reason.startswith("Needed")
    again = lime.post(address, {"approve": "no", "why": "Changed my mind"})
    assert again.status_code == 409


def test_who_asked_cannot_decide_even_with_the_right(search, officer, acting):
    lime = officer("lime")
    with acting("peak"):
        BulkSearch.objects.filter(pk=search.pk)
    search.made_by = lime
    with acting("lime"), pytest.raises(searches.OwnSearch):
        searches.decide_search(actor=lime, search=search, approve=True, why="Mine")


def test_the_database_refuses_a_decision_of_ones_own(search, officer):
    search.decided_by = officer("peak")
    with pytest.raises(ValidationError, match="Somebody else must decide"):
        search.validate_constraints()


@pytest.mark.parametrize("username", ["peak", "dale"])
def test_without_the_right_nobody_decides(search, client_of, username):
    address = f"/vehicles/bulk-search/{search.reference}/"
    client = client_of(username)
    assert "Your decision" not in client.get(address).content.decode()
    sent = client.post(address, {"approve": "yes", "why": "Please"})
    assert sent.status_code == 403


def test_another_forces_officer_does_not_find_it(search, client_of):
    address = f"/vehicles/bulk-search/{search.reference}/"
    assert client_of("lamb").get(address).status_code == 404


@pytest.fixture
def plates(officer, acting, tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"
    with acting("peak"):
        file = dropped(officer("peak"), tmp_path, kind="reads", name="reads.csv")
    file.state, file.found = "read", {"reads": 1}
    return file


def test_reads_are_not_searched_in_bulk_before_it_is_approved(
    search, plates, officer, acting
):
    question = replace(
        analysis("messages.urgent"),
        key="vehicles.bulk-search",
        takes=("reads",),
        parameters=(),
    )
    said = {"analysis": question, "files": [plates], "given": {}, "why": "Markers"}
    peak = officer("peak")
    with acting("peak"):
        for under in (None, search):
            with pytest.raises(services.SearchNotApproved):
                services.ask(actor=peak, under=under, **said)
    with acting("lime"):
        searches.decide_search(
            actor=officer("lime"), search=search, approve=True, why="Needed"
        )
    with acting("peak"):
        run = services.ask(actor=peak, under=search, **said)
    assert (run.state, run.under_id) == ("queued", search.pk)


def test_who_may_not_analyse_cannot_ask(officer, acting):
    dale = officer("dale")
    with acting("dale"), pytest.raises(NotAllowed):
        searches.ask_to_search(actor=dale, **ASKED)


@pytest.fixture
def listed(plates):
    """The file with two vehicles: one on the force's list, one on another's."""
    plates.found, plates.reading = {"vehicles": 2}, "read"
    folder = store.rows_folder(plates.sha256, "read")
    folder.mkdir(parents=True)
    rows = pa.table({"list": ["Own markers", "Partner list", ""]})
    pq.write_table(rows, folder / "vehicles.parquet")
    return plates


@pytest.fixture
def approved(search, officer, acting):
    with acting("lime"):
        return searches.decide_search(
            actor=officer("lime"), search=search, approve=True, why="Needed"
        )


def ask(officer, search, file, **given):
    return services.ask(
        actor=officer("peak"),
        analysis=analysis("vehicles.bulk-search"),
        files=[file],
        given=given,
        why="Markers",
        under=search,
    )


TYPED = {
    "legal_basis": "ANPR/2022/7",
    "necessity": "The vehicles move daily and patrols miss them",
    "expires_on": date(2022, 12, 31),
}


def test_a_list_that_was_not_approved_is_not_searched(
    approved, listed, officer, acting
):
    with acting("peak"), pytest.raises(searches.OtherLists, match="'Partner list'"):
        ask(officer, approved, listed, **TYPED)


def test_what_was_approved_is_what_runs_whatever_was_typed(
    approved, listed, officer, acting
):
    approved.lists = "own markers and the PARTNER LIST"
    typed = {"purpose": "Something else", "from_on": date(2021, 1, 1), **TYPED}
    with acting("peak"):
        run = ask(officer, approved, listed, **typed)
    said = run.parameters
    assert said["purpose"] == ASKED["purpose"]
    assert (said["from_on"], said["to_on"]) == ("2022-03-01", "2022-03-31")
    assert said["authorised_by"] == str(approved.decided_by)
    assert said["asked_by"] == str(officer("peak"))


def test_nobody_types_what_the_request_says(approved, listed, officer, acting):
    asked = analysis("vehicles.bulk-search")
    with acting("peak"):
        form = AskForm(None, analysis=asked, files=[listed], officer=officer("peak"))
        boxes = {
            box.name.removeprefix(PREFIX) for box in [*form.settings(), *form.usual()]
        }
    assert boxes == {one.name for one in asked.parameters} - {*searches.APPROVED_SAYS}
    assert {"necessity", "legal_basis", "expires_on"} <= boxes
