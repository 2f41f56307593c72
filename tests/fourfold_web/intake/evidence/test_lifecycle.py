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


CALLS = """\
from,to,date time,seconds,imei
07700900001,07700900002,27/03/2022 14:30:00,60,
07700900001,07700900002,31/04/2022 14:30:00,60,
07700900001,07700900003,28/03/2022 14:30:00,=1+1,352099119001213
"""


def test_every_fault_goes_out_in_the_words_of_officers(peak, tmp_path, client):
    file = read(peak, tmp_path, kind="calls", name="calls.csv", words=CALLS)
    assert (file.state, file.loaded, file.quarantined) == ("read", 1, 2)
    client.force_login(peak, "fourfold_web.base.sign_in.OfficerBackend")
    page = client.get(f"/evidence/{file.reference}/")
    assert "Write it as DD/MM/YYYY HH:MM:SS" in page.content.decode()
    address = f"/evidence/{file.reference}/faults.csv"
    assert address in page.content.decode()
    sent = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    marking, headings, *faults = sent.splitlines()
    assert marking == "OFFICIAL-SENSITIVE"
    assert headings == "Line,Field,Value,What is wrong,How to mend it"
    assert [line.split(",")[:2] for line in faults] == [
        ["3", "Start at"],
        ["4", "IMEI"],
        ["4", "Seconds"],
    ]
    assert "'=1+1" in sent
    for ending in ("faults.xlsx", "faults.csv"):
        assert client.get(f"/evidence/{file.reference}/{ending}").status_code == 200
    assert client.get(f"/evidence/{file.reference}/faults.exe").status_code == 404
    stranger = Officer.objects.get(username="lamb")
    client.force_login(stranger, "fourfold_web.base.sign_in.OfficerBackend")
    assert client.get(address).status_code == 404


def test_what_has_no_faults_has_no_file_of_them(peak, tmp_path, client):
    file = read(peak, tmp_path)
    client.force_login(peak, "fourfold_web.base.sign_in.OfficerBackend")
    address = f"/evidence/{file.reference}/faults.csv"
    assert address not in client.get(f"/evidence/{file.reference}/").content.decode()
    assert client.get(address).status_code == 404
