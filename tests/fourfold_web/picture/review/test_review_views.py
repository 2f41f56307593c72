"""The reviewer's queue: risk first, privilege locked, tags, and who may open what."""

import pytest

from fourfold_web.base.audit import NotAllowed, acting_as
from fourfold_web.base.models import Entry, Look, Officer
from fourfold_web.intake.evidence.queries import see_file
from fourfold_web.picture.review import services
from fourfold_web.picture.review.models import ReviewedMessage
from tests.fourfold_web.intake.evidence.given import CHAT
from tests.fourfold_web.picture.runs.given import read_chat

pytestmark = pytest.mark.slow

LAWYER = "28/03/2022, 10:00 - Blue: my solicitor says say nothing in interview\n"


@pytest.fixture
def peak(own_database, tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"
    return Officer.objects.get(username="peak")


@pytest.fixture
def chat(peak, tmp_path):
    return read_chat(peak, tmp_path, words=CHAT + LAWYER)


@pytest.fixture
def client_for(client):
    def sign_in(username):
        officer = Officer.objects.get(username=username)
        client.force_login(officer, "fourfold_web.base.sign_in.OfficerBackend")
        return client

    return sign_in


def page(client, address):
    return client.get(address).content.decode()


def test_a_reviewer_reads_risk_first_tags_and_goes_on_until_all_is_read(
    chat, peak, client_for
):
    queue = f"/messages/review/{chat.reference}/"
    client = client_for("peak")
    listed = page(client, "/messages/review/")
    assert chat.reference in listed
    first = page(client, queue)
    assert "Read first (level" in first
    assert "kill myself" in first
    lines = []
    for _ in range(5):
        shown = client.get(queue).context
        lines.append(shown["message"].line)
        client.post(queue, {"line": lines[-1], "tags": ["drugs"], "note": "Seen"})
    assert len(set(lines)) == 5
    assert "All messages are reviewed" in page(client, queue)
    assert "5 messages" in page(client, f"{queue}log/?tag=drugs")
    with acting_as(peak):
        reviewed = ReviewedMessage.objects.filter(state="seen")
        assert {tuple(one.tags) for one in reviewed} == {("drugs",)}
        log = Entry.objects.filter(event="message.reviewed")
        assert log.count() == 5
        assert Look.objects.filter(about__startswith=chat.reference).count() >= 5


def test_what_may_be_privileged_is_locked_before_anybody_reads_it(
    chat, peak, client_for
):
    with acting_as(peak):
        locked = ReviewedMessage.objects.get(state="set_aside")
    client = client_for("peak")
    queue = f"/messages/review/{chat.reference}/"
    assert client.get(f"{queue}?line={locked.line}").status_code == 404
    around = page(client, queue)
    assert "Set aside as privileged" in around
    assert "solicitor" not in around
    assert "solicitor" not in page(client, f"{queue}log/?sort=line")
    aside = f"/messages/set-aside/{locked.reference}/"
    assert client.post(aside, {"reason": "curious"}).status_code == 403
    with acting_as(peak), pytest.raises(services.Locked):
        services.review(
            actor=peak, file=see_file(peak, chat.reference), line=locked.line
        )
    with acting_as(peak), pytest.raises(NotAllowed):
        services.open_set_aside(actor=peak, message=locked, reason="curious")


def test_the_independent_reviewer_opens_it_with_a_reason_and_decides(
    chat, peak, client_for
):
    with acting_as(peak):
        locked = ReviewedMessage.objects.get(state="set_aside")
    bench = client_for("bench")
    assert locked.reference in page(bench, "/messages/set-aside/?sort=line")
    aside = f"/messages/set-aside/{locked.reference}/"
    assert "say nothing" not in page(bench, aside)
    assert "Enter why do you need" in bench.post(aside, {"reason": ""}).content.decode()
    opened = bench.post(aside, {"reason": "Independent review"}).content.decode()
    assert "say nothing in interview" in opened
    bench.post(aside, {"release": "yes", "note": "No advice is repeated"})
    with acting_as(peak):
        locked.refresh_from_db()
        assert (locked.state, locked.released_by.username) == ("seen", "bench")
    queue = f"/messages/review/{chat.reference}/"
    assert "solicitor" in page(client_for("peak"), f"{queue}?line={locked.line}")


def test_an_unknown_tag_or_line_changes_nothing(chat, peak, client_for):
    client = client_for("peak")
    queue = f"/messages/review/{chat.reference}/"
    said = client.post(queue, {"line": 1, "tags": ["gossip"]}).content.decode()
    assert "choose one from the list" in said
    assert client.post(queue, {"line": 999}).status_code == 404
    assert client.get(f"{queue}?line=999").status_code == 404
    with acting_as(peak):
        assert not ReviewedMessage.objects.filter(state="seen").exists()


def test_another_force_finds_no_queue(chat, client_for):
    client = client_for("lamb")
    assert chat.reference not in page(client, "/messages/review/")
    assert client.get(f"/messages/review/{chat.reference}/").status_code == 404
