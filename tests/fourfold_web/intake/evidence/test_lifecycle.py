"""A file of evidence from the drop to its rows, on a real server and a real process."""

import pytest

from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Entry, Officer
from fourfold_web.intake.evidence import services
from fourfold_web.intake.evidence.models import EvidenceFile, Job
from fourfold_web.intake.evidence.working import carry_out
from tests.fourfold_web.intake.evidence.given import dropped

pytestmark = pytest.mark.slow


@pytest.fixture
def peak(own_database):
    return Officer.objects.get(username="peak")


def read(actor, tmp_path, **said):
    with acting_as(actor):
        file = dropped(actor, tmp_path, **said)
        services.confirm_file(actor=actor, file=file, options={})
        job = Job.objects.get(about=file.reference)
    carry_out(job.pk)
    with acting_as(actor):
        return EvidenceFile.objects.get(pk=file.pk)


def test_a_chat_is_read_into_messages_by_a_worker(peak, tmp_path):
    file = read(peak, tmp_path)
    assert (file.state, file.refused) == ("read", "")
    assert (file.rows, file.loaded) == (5, 5)
    assert file.found["messages"] == 5
    with acting_as(peak):
        job = Job.objects.get(about=file.reference)
        events = Entry.objects.filter(about=file.reference).order_by("seq")
        assert job.ended_at is not None
        assert [line.event for line in events] == [
            "evidence.received",
            "evidence.confirmed",
            "evidence.read",
        ]


def test_what_cannot_be_read_says_why_and_can_be_confirmed_again(peak, tmp_path):
    file = read(peak, tmp_path, words=b"\x89PNG but not a picture", name="x.bin")
    assert file.state == "refused"
    assert file.refused
