"""The home page names evidence that waits, to those alone for whom it waits."""

import pytest

from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.picture.runs import bulk_search as searches
from tests.fourfold_web.intake.evidence.given import dropped
from tests.fourfold_web.picture.runs.test_bulk_search import ASKED

pytestmark = pytest.mark.django_db


def home(client_of, username) -> str:
    return client_of(username).get("/").content.decode()


@pytest.fixture
def kept_back(officer, acting, tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"
    with acting("peak"):
        file = dropped(officer("peak"), tmp_path, name="chat.txt", authority=None)
    assert file.state == EvidenceFile.KEPT_BACK
    return file


def test_evidence_of_mine_that_waits_is_named_with_what_it_waits_for(
    kept_back, client_of
):
    page = home(client_of, "peak")
    assert "1 file of evidence waits" in page
    assert f"{kept_back.reference} chat.txt" in page
    assert "kept back: no authority" in page


@pytest.mark.parametrize("username", ["lime", "lamb"])
def test_evidence_of_somebody_else_is_not_mine(kept_back, client_of, username):
    page = home(client_of, username)
    assert "evidence wait" not in page
    assert kept_back.reference not in page


def test_a_search_in_bulk_waits_for_who_may_decide_and_nobody_else(
    officer, acting, client_of
):
    with acting("peak"):
        search = searches.ask_to_search(actor=officer("peak"), **ASKED)
    assert f"{search.reference}</a>, asked by" in home(client_of, "lime")
    for username in ("peak", "lamb", "dale"):
        page = home(client_of, username)
        assert search.reference not in page
        assert "bulk vehicle search" not in page
