"""The pages of evidence and authorities: what comes in, what is kept back, who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold_web.base.audit import NotAllowed
from fourfold_web.base.models import Entry, Look
from fourfold_web.intake.evidence import services, store
from fourfold_web.intake.evidence.models import Authority, EvidenceFile, Job
from tests.fourfold_web.intake.evidence.given import CHAT, authority_of, dropped

pytestmark = pytest.mark.django_db

CALLS = b"""Call Type,A Number,B Number,Date,Time,Duration (s)
VOICE,07700900001,07700900100,01/03/2022,08:13:38,466
VOICE,07700900002,07700900100,13/03/2022,09:00:00,12
"""
AUTHORITY = {
    "power": "ipa_communications",
    "number": "OCDA-1",
    "granted_by": "OCDA",
    "from_on_day": "1",
    "from_on_month": "3",
    "from_on_year": "2022",
    "purpose": "Supply",
    "permitted_use": "This investigation",
    "classification": "official_sensitive",
}


def drop(client, *files, **said):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    form = {
        "dropped": uploads,
        "kind": "calls",
        "why": "Who rang whom",
        "classification": "official_sensitive",
    }
    return client.post("/evidence/new/", form | said)


def page(client, address):
    return client.get(address).content.decode()


def test_a_file_without_its_authority_is_kept_back_until_one_is_recorded(
    client_of, acting
):
    peak = client_of("peak")
    answer = drop(peak, ("calls.csv", CALLS))
    with acting("peak"):
        file = EvidenceFile.objects.get()
    assert file.state == "kept_back"
    assert answer.url == f"/evidence/{file.reference}/"
    assert "It is kept back and can be asked nothing" in page(peak, answer.url)
    refused = peak.post(f"{answer.url}confirm/", {})
    assert "is kept back: no authority is recorded" in refused.content.decode()

    peak.post("/evidence/authorities/record/", AUTHORITY)
    with acting("peak"):
        authority = Authority.objects.get()
    given = peak.post(f"{answer.url}authority/", {"authority": authority.pk})
    assert given.url == f"{answer.url}confirm/"
    confirm = page(peak, given.url)
    assert "A Number" in confirm
    assert "07700900001" in confirm
    assert peak.post(given.url, {}).url == answer.url
    with acting("peak"):
        file.refresh_from_db()
        assert file.state == "reading"
        assert Job.objects.get().about == file.reference
        events = Entry.objects.filter(about=file.reference).order_by("seq")
        assert [line.event for line in events] == [
            "evidence.received",
            "evidence.authorised",
            "evidence.confirmed",
        ]


def test_an_authority_of_another_kind_of_power_does_not_cover_it(client_of, officer):
    peak = client_of("peak")
    peak.post("/evidence/authorities/record/", AUTHORITY | {"power": "poca_production"})
    authority = Authority.objects.using("default").values_list("pk", flat=True)
    from fourfold_web.base.audit import acting_as

    with acting_as(officer("peak")):
        number = authority.get()
    answer = drop(peak, ("calls.csv", CALLS), authority=number)
    assert "does not cover calls and cells" in answer.content.decode()


def test_several_files_come_in_together_or_not_at_all(client_of, acting, monkeypatch):
    peak = client_of("peak")
    drop(peak, ("one.csv", CALLS), ("two.csv", CALLS.replace(b"466", b"467")))
    with acting("peak"):
        assert {f.name for f in EvidenceFile.objects.all()} == {"one.csv", "two.csv"}
    taken, keep = [], services.store.keep_bytes

    def full(path, name):
        taken.append(name)
        if len(taken) == 2:
            raise store.NoRoomForEvidence(file=name, said="disk full", folder="x")
        return keep(path, name)

    monkeypatch.setattr(services.store, "keep_bytes", full)
    assert drop(peak, ("three.csv", CALLS), ("four.csv", CALLS)).status_code == 507
    with acting("peak"):
        assert EvidenceFile.objects.count() == 2


def test_files_that_are_too_much_are_not_written_and_the_form_says_so(
    client_of, settings, home
):
    settings.FOURFOLD_LARGEST_EVIDENCE = len(CALLS) + 10
    refused = drop(client_of("peak"), ("one.csv", CALLS), ("two.csv", CALLS))
    assert "GB or smaller in all" in refused.content.decode()
    assert not list((home / "evidence").rglob("*.csv"))


def test_nothing_of_somebody_without_the_right_reaches_the_disk(client_of, home):
    assert drop(client_of("dale"), ("one.csv", CALLS)).status_code == 403
    assert not [one for one in (home / "evidence").rglob("*") if one.is_file()]


def test_nothing_of_a_stranger_reaches_the_disk(client, home):
    assert drop(client, ("one.csv", CALLS)).status_code == 302
    assert not [one for one in (home / "evidence").rglob("*") if one.is_file()]


def test_no_file_no_kind_no_reason_is_said_beside_each(client_of):
    said = client_of("peak").post("/evidence/new/", {}).content.decode()
    for words in (
        "Choose files.",
        "Choose kind of evidence.",
        "Enter what it is needed",
    ):
        assert words in said


def test_the_same_bytes_lie_on_the_disk_once(officer, acting, tmp_path, home):
    peak = officer("peak")
    with acting("peak"):
        first, second = dropped(peak, tmp_path), dropped(peak, tmp_path)
    assert first.sha256 == second.sha256
    assert len(list((home / "evidence" / first.sha256).rglob("*.txt"))) == 1


def test_a_name_cannot_lead_out_of_its_folder(officer, acting, tmp_path, home):
    peak = officer("peak")
    with acting("peak"):
        file = dropped(peak, tmp_path, name="../../../etc/passwd")
    place = store.bytes_of(file.sha256, file.name)
    assert place.resolve().is_relative_to((home / "evidence").resolve())
    assert place.read_text() == CHAT


def test_who_may_not_analyse_takes_nothing_in(officer, acting, tmp_path):
    dale = officer("dale")
    with acting("dale"), pytest.raises(NotAllowed, match="analyse"):
        authority_of(dale)


def test_a_layout_is_chosen_from_the_list_and_a_zone_must_exist(client_of, acting):
    peak = client_of("peak")
    peak.post("/evidence/authorities/record/", AUTHORITY)
    with acting("peak"):
        authority = Authority.objects.get()
    confirm = drop(peak, ("calls.csv", CALLS), authority=authority.pk).url
    wrong = peak.post(confirm, {"layout": "/etc/x.toml", "zone": "Mars/Phobos"})
    said = wrong.content.decode()
    assert "Layout: choose one from the list." in said
    assert "use a name such as Europe/London" in said
    assert peak.post(confirm, {"column_caller": "No such heading"}).status_code == 200


def test_opening_a_file_is_a_look_and_the_list_says_how_many_wait(
    client_of, officer, acting, tmp_path
):
    with acting("peak"):
        file = dropped(officer("peak"), tmp_path)
    peak = client_of("peak")
    assert "1 file, 1 of them not read yet" in page(peak, "/evidence/?sort=name")
    page(peak, f"/evidence/{file.reference}/")
    with acting("peak"):
        assert Look.objects.filter(about=file.reference, kind="record").count() == 1


def test_another_forces_evidence_is_not_in_the_list_and_the_regional_unit_sees_it(
    client_of, officer, acting, tmp_path
):
    with acting("peak"):
        file = dropped(officer("peak"), tmp_path)
    assert file.reference not in page(client_of("lamb"), "/evidence/?sort=name")
    assert file.reference in page(client_of("marsh"), "/evidence/?sort=name")


def test_the_list_goes_out_as_a_file_for_those_who_may_export(
    client_of, officer, acting, tmp_path
):
    with acting("peak"):
        file = dropped(officer("peak"), tmp_path)
    sent = client_of("peak").get("/evidence/", {"format": "csv"})
    rows = b"".join(sent).decode("utf-8-sig").splitlines()
    assert rows[0] == "OFFICIAL-SENSITIVE"
    assert file.sha256 in rows[2]
    assert client_of("ash").get("/evidence/", {"format": "csv"}).status_code == 403
