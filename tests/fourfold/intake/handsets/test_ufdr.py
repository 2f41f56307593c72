"""Does a UFDR report give its rows, with who, when and where in the source?"""

import hashlib

import pytest

from fourfold.intake.errors import NotWellFormed, Truncated, UnsafeFile
from fourfold.intake.handsets.limits import most
from tests.fourfold.intake.handsets.made_material import (
    OWN,
    adds_up,
    field,
    jpeg,
    party,
    read,
    rows,
    sms,
    ufdr_xml,
    zip_of,
)

CHAT = (
    '<modelType type="Chat"><model type="Chat" id="c" deleted_state="Intact">'
    + field("Source", "WhatsApp")
    + field("Name", "Shop")
    + '<multiModelField name="Participants">'
    + party("447700900101@s.whatsapp.net", "Dez", owner=True)
    + party("447700900102@s.whatsapp.net", "Kez")
    + "</multiModelField><multiModelField name='Messages'>"
    + '<model type="InstantMessage" id="m1" deleted_state="Deleted">'
    + field("Body", "one &amp; two")
    + field("TimeStamp", "2023-05-12T20:15:00.000+00:00")
    + '<modelField name="From">'
    + party("447700900102@s.whatsapp.net", "Kez")
    + '</modelField><multiModelField name="Attachments"><model type="Attachment">'
    + field("Filename", "a.jpg")
    + "</model></multiModelField></model>"
    + '<model type="InstantMessage" id="m2" deleted_state="Intact">'
    + field("Body", "back")
    + field("TimeStamp", "12/05/2023 21:16:00(UTC+1)")
    + '<modelField name="From">'
    + party("447700900101@s.whatsapp.net", "Dez", owner=True)
    + "</modelField></model></multiModelField></model></modelType>"
)
PLACES = (
    '<extraInfos><extraInfo type="model" id="m1"><sourceInfo><nodeInfo id="1" '
    'path="/data/msgstore.db" tableName="messages" offset="0x10" /></sourceInfo>'
    "</extraInfo></extraInfos>"
)


def report(folder, xml, pictures=None):
    members = {"report.xml": xml, **(pictures or {})}
    return zip_of(folder / "phone.ufdr", members)


def test_a_chat_gives_sender_recipients_direction_deletion_and_place(tmp_path):
    reading = read(report(tmp_path, ufdr_xml(CHAT, facts=OWN, more=PLACES)))
    first, second = rows(reading)
    assert adds_up(reading)
    assert (first["sender"], first["sender_name"]) == ("+447700900102", "Kez")
    assert (first["recipients"], first["direction"]) == (["+447700900101"], "in")
    assert (first["body"], first["deleted"]) == ("one & two", True)
    assert first["attachments"] == ["a.jpg"]
    assert first["place_in_source"] == "/data/msgstore.db, table messages, offset 0x10"
    assert (second["direction"], second["recipients"]) == ("out", ["+447700900102"])
    assert second["sent_at"].isoformat() == "2023-05-12T20:16:00+00:00"
    assert second["sent_local"].isoformat() == "2023-05-12T21:16:00"
    assert {r["thread"] for r in (first, second)} == {"Shop"}
    assert {r["platform"] for r in (first, second)} == {"WhatsApp"}


def test_a_report_without_its_zip_is_read_too(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(ufdr_xml(CHAT, facts=OWN))
    assert len(rows(read(path))) == 2


def test_facts_of_the_device_become_identifiers_and_name_the_handset(tmp_path):
    reading = read(report(tmp_path, ufdr_xml(CHAT, facts=OWN)))
    found = {(r["kind"], r["identifier"]) for r in rows(reading, "identifiers")}
    assert found == {("phone", "+447700900101"), ("imei", "00101000000001")}
    assert {r["device"] for r in rows(reading)} == {"00101000000001"}


CALL = (
    '<modelType type="Call"><model type="Call" id="k">'
    + field("Direction", "Outgoing")
    + field("TimeStamp", "2023-05-12T20:15:00+00:00")
    + field("Duration", "00:01:05")
    + f'<multiModelField name="Parties">{party("07700900103", "", "To")}'
    + "</multiModelField></model></modelType>"
)


def test_a_call_stands_between_the_phone_s_own_number_and_the_other(tmp_path):
    found = rows(read(report(tmp_path, ufdr_xml(CALL, facts=OWN))), "calls")
    assert [(r["caller"], r["called"], r["seconds"]) for r in found] == [
        ("+447700900101", "+447700900103", 65)
    ]
    assert (found[0]["subject"], found[0]["caller_imei"]) == (
        "caller",
        "00101000000001",
    )


def test_without_an_own_number_the_handset_stands_in_its_place_and_it_is_said(tmp_path):
    reading = read(report(tmp_path, ufdr_xml(CALL)))
    assert rows(reading, "calls")[0]["caller"] == "phone"
    assert any("does not say the phone's own number" in n for n in reading.notes)


def test_contacts_searches_networks_and_accounts_give_rows_and_the_rest_is_named(
    tmp_path,
):
    models = (
        '<modelType type="Contact"><model type="Contact" id="1">'
        + field("Name", "Kez")
        + '<multiModelField name="Entries"><model type="PhoneNumber">'
        + field("Value", "07700 900102")
        + '</model><model type="EmailAddress">'
        + field("Value", "Kez@Example.com")
        + "</model></multiModelField></model></modelType>"
        + '<modelType type="SearchedItem"><model type="SearchedItem" id="2">'
        + field("Value", "train times")
        + "</model></modelType>"
        + '<modelType type="WirelessNetwork"><model type="WirelessNetwork" id="3">'
        + field("SSId", "FLAT9")
        + '<modelField name="Position"><model type="Coordinate">'
        + field("Latitude", "52.6")
        + field("Longitude", "-1.1")
        + "</model></modelField></model></modelType>"
        + '<modelType type="UserAccount"><model type="UserAccount" id="4">'
        + field("Username", "dez_9")
        + "</model></modelType>"
        + '<modelType type="Cookie"><model type="Cookie" id="5"/></modelType>'
    )
    reading = read(report(tmp_path, ufdr_xml(models, facts=OWN)))
    contacts = [r["identifier"] for r in rows(reading, "contacts")]
    assert contacts == ["+447700900102", "kez@example.com"]
    assert [r["body"] for r in rows(reading)] == ["train times"]
    assert [r["what"] for r in rows(reading, "locations")] == ["wireless network FLAT9"]
    assert "dez_9" in {r["identifier"] for r in rows(reading, "identifiers")}
    assert any("Cookie 1" in note for note in reading.notes)
    assert adds_up(reading)


def tagged(data, *, digest=""):
    said = '<item name="Local Path">files\\Image\\a.jpg</item>'
    said += '<item name="Tags">Image</item>'
    if digest:
        said += f'<item name="SHA256">{digest}</item>'
    return (
        '<file path="/sdcard/DCIM/a.jpg" id="f"><metadata section="File">'
        f"{said}</metadata></file>"
    )


def test_a_tagged_picture_is_read_from_the_zip_and_its_digest_checked(tmp_path):
    data = jpeg()
    files = tagged(data, digest=hashlib.sha256(data).hexdigest())
    pictures = {"files/Image/a.jpg": data}
    good = read(report(tmp_path, ufdr_xml(files=files), pictures), kind="images")
    assert [r["path"] for r in rows(good, "images")] == ["/sdcard/DCIM/a.jpg"]
    bad = ufdr_xml(files=tagged(data, digest="0" * 64))
    reading = read(report(tmp_path, bad, pictures), kind="images")
    assert (reading.quarantined, reading.faults[0].fault.field) == (1, "sha256")
    assert adds_up(reading)
    missing = read(report(tmp_path, ufdr_xml(files=files)), kind="images")
    assert "not in the zip" in missing.faults[0].fault.fault


def test_a_time_that_cannot_be_read_keeps_back_its_message_alone(tmp_path):
    models = f'<modelType type="SMS">{sms("1", "a")}{sms("2", "b", "soon")}</modelType>'
    reading = read(report(tmp_path, ufdr_xml(models, facts=OWN)))
    assert [r["body"] for r in rows(reading)] == ["a"]
    assert [(f.fault.field, f.fault.value) for f in reading.faults] == [
        ("TimeStamp", "soon")
    ]
    assert adds_up(reading)


@pytest.mark.parametrize(
    ("zone", "at"),
    [("", "2023-05-12T19:15:00+00:00"), ("Europe/Paris", "2023-05-12T18:15:00+00:00")],
)
def test_a_time_without_zone_is_read_in_the_zone_asked_for_else_london(
    tmp_path, zone, at
):
    models = f'<modelType type="SMS">{sms("1", "a", "2023-05-12T20:15:00")}</modelType>'
    reading = read(report(tmp_path, ufdr_xml(models, facts=OWN)), zone=zone)
    assert rows(reading)[0]["sent_at"].isoformat() == at
    assert any("name no zone" in note for note in reading.notes) is (zone == "")


def test_the_zone_that_the_report_names_is_taken_before_london(tmp_path):
    facts = OWN + '<item name="TimeZone">(UTC+01:00) Paris (Europe/Paris)</item>'
    models = f'<modelType type="SMS">{sms("1", "a", "2023-05-12T20:15:00")}</modelType>'
    found = rows(read(report(tmp_path, ufdr_xml(models, facts=facts))))
    assert found[0]["sent_at"].isoformat() == "2023-05-12T18:15:00+00:00"


GOOD = ufdr_xml(f'<modelType type="SMS">{sms("1", "a")}</modelType>', facts=OWN)
BOMB = '<!DOCTYPE project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<project'


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda xml: xml.replace("<project", BOMB, 1), UnsafeFile),
        (lambda xml: xml[: len(xml) // 2], Truncated),
        (lambda xml: xml.replace("</decodedData>", "</other>"), NotWellFormed),
        (
            lambda xml: xml.replace("<decodedData>", "<decodedData>" + "<a>" * 90),
            UnsafeFile,
        ),
    ],
)
def test_a_report_that_is_hostile_or_broken_is_refused_whole(tmp_path, wrong, error):
    assert read(report(tmp_path, GOOD)).loaded == 3
    with pytest.raises(error):
        read(report(tmp_path, wrong(GOOD)))
    assert not list((tmp_path / "out").glob(".reading*"))


def test_an_item_with_endless_inner_parts_stops_before_it_fills_memory(tmp_path):
    inner = "<x/>" * (most("xml_open") + 10)
    models = f'<modelType type="Odd"><model type="Odd">{inner}</model></modelType>'
    with pytest.raises(UnsafeFile, match="elements"):
        read(report(tmp_path, ufdr_xml(models)))


def test_many_messages_do_not_pile_up(tmp_path):
    many = "".join(sms(str(n), f"message {n}") for n in range(3_000))
    reading = read(
        report(tmp_path, ufdr_xml(f'<modelType type="SMS">{many}</modelType>'))
    )
    assert len(rows(reading)) == 3_000
