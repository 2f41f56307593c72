"""What needs me today: what is mine, what waits for me, what was shared with us."""

import pytest

pytestmark = pytest.mark.django_db


def home(client_of, username):
    return client_of(username).get("/")


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_a_day_without_work_says_so(client_of):
    page = home(client_of, "dale").content.decode()
    assert "Nothing of yours is overdue." in page
    assert "Nothing waits for you." in page


def test_my_overdue_review_is_first_and_another_officers_is_not_there(
    client_of, make_threat, officer
):
    make_threat(
        "derbyshire", name="Alder", lro=officer("dale"), next_review_on="2022-05-01"
    )
    make_threat(
        "derbyshire", name="Birch", lro=officer("peak"), next_review_on="2022-05-01"
    )
    shown = home(client_of, "dale").context
    assert [one.name for one in shown["overdue"].rows] == ["Alder"]
    assert shown["body"] == {"active": 2, "overdue": 2, "unled": 0}


def test_what_i_may_grade_waits_for_me_and_my_own_claims_do_not(
    client_of, make_threat, make_disruption, officer
):
    threat = make_threat("nottinghamshire")
    theirs = make_disruption(threat, impact="", claimant=officer("trent"))
    mine = make_disruption(threat, impact="", claimant=officer("forest"))
    shown = home(client_of, "forest").context
    assert [one.reference for one in shown["to_grade"].rows] == [theirs.reference]
    assert [one.reference for one in shown["claims"].rows] == [mine.reference]
    assert home(client_of, "trent").context["to_grade"].count == 0


def test_a_threat_shared_with_my_body_has_arrived(client_of, make_threat):
    make_threat(
        "derbyshire",
        name="Alder",
        classification="official_sensitive",
        shared_with=["lincolnshire"],
    )
    assert "Alder" in home(client_of, "wold").content.decode()
    assert "Alder" not in home(client_of, "nene").content.decode()


@pytest.mark.parametrize("username", ["keys", "ledger"])
def test_who_reads_no_intelligence_has_a_home_without_any(
    client_of, make_threat, username
):
    make_threat("emsou", name="Alder")
    answer = home(client_of, username)
    assert answer.status_code == 200
    assert answer.context["body"]["active"] == 0
