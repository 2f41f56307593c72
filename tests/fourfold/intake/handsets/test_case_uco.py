"""Is a CASE report read, whichever way its graph is written?"""

import json

import pytest

from fourfold.intake.errors import NotWellFormed, UnsafeFile
from tests.fourfold.intake.handsets.made_material import adds_up, read, rows

KEYS = {
    "id": "kb:m1",
    "from": {"@id": "kb:a1"},
    "to": [{"@id": "kb:a2"}],
}


def facet(kind, **values):
    said = {f"uco-observable:{name}": value for name, value in values.items()}
    return {"@type": f"uco-observable:{kind}", **said}


def thing(key, *facets, **more):
    return {
        "@id": key,
        "@type": "uco-observable:X",
        "uco-core:hasFacet": list(facets),
        **more,
    }


def instant(text):
    return {"@type": "xsd:dateTime", "@value": text}


GRAPH = [
    thing("kb:a1", facet("PhoneAccountFacet", phoneNumber="07700 900102")),
    thing(
        "kb:a2",
        facet("AccountFacet", accountIdentifier="447700900101@s.whatsapp.net"),
        facet("DigitalAccountFacet", displayName="Dez"),
    ),
    thing(
        "kb:app",
        {"@type": "uco-observable:ApplicationFacet", "uco-core:name": "WhatsApp"},
    ),
    thing(
        "kb:m1",
        facet(
            "MessageFacet",
            messageText="hello",
            application={"@id": "kb:app"},
            sentTime=instant("2023-05-12T20:15:00.25Z"),
            messageType="Incoming",
            allocationStatus="Deleted",
            **{"from": {"@id": "kb:a1"}, "to": [{"@id": "kb:a2"}]},
        ),
    ),
    thing(
        "kb:t",
        facet("MessageThreadFacet", displayName="Shop", message=[{"@id": "kb:m1"}]),
    ),
    thing(
        "kb:k",
        facet(
            "CallFacet",
            callType="outgoing",
            startTime=instant("2023-05-12T20:15:00Z"),
            duration=62,
            **{"from": {"@id": "kb:a2"}, "to": {"@id": "kb:a1"}},
        ),
    ),
    thing(
        "kb:phone",
        facet("DeviceFacet", model="L9"),
        facet("MobileDeviceFacet", IMEI="001010000000019"),
    ),
    thing("kb:sim", facet("SIMCardFacet", ICCID="8944", IMSI="001010123456789")),
    thing("kb:place", facet("LatLongCoordinatesFacet", latitude=52.6, longitude=-1.1)),
    thing("kb:file", facet("FileFacet", fileName="a.jpg")),
    {
        "@id": "kb:r",
        "@type": "uco-observable:ObservableRelationship",
        "uco-core:source": {"@id": "kb:file"},
        "uco-core:target": {"@id": "kb:m1"},
        "uco-core:kindOfRelationship": "Attached_To",
    },
]


def report(folder, graph, key="@graph"):
    path = folder / "report.jsonld"
    path.write_text(json.dumps({"@context": {}, key: graph}), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["@graph", "uco-core:object"])
def test_messages_calls_devices_and_places_are_read(tmp_path, key):
    reading = read(report(tmp_path, GRAPH, key))
    (message,) = rows(reading)
    assert adds_up(reading)
    assert (message["sender"], message["recipients"]) == (
        "+447700900102",
        ["+447700900101"],
    )
    assert (message["platform"], message["thread"]) == ("WhatsApp", "Shop")
    assert (message["direction"], message["deleted"]) == ("in", True)
    assert (message["body"], message["attachments"]) == ("hello", ["a.jpg"])
    assert message["device"] == "L9 00101000000001"
    (call,) = rows(reading, "calls")
    assert (call["caller"], call["called"], call["seconds"]) == (
        "+447700900101",
        "+447700900102",
        62,
    )
    assert [(r["lat"], r["lon"]) for r in rows(reading, "locations")] == [(52.6, -1.1)]
    found = {(r["kind"], r["identifier"]) for r in rows(reading, "identifiers")}
    assert found == {
        ("imei", "00101000000001"),
        ("imsi", "001010123456789"),
        ("device", "8944"),
    }


def test_a_place_off_the_earth_is_kept_back(tmp_path):
    wrong = thing("kb:p", facet("LatLongCoordinatesFacet", latitude=152.6, longitude=0))
    reading = read(report(tmp_path, [*GRAPH, wrong]))
    assert (reading.quarantined, reading.loaded) == (1, 6)
    assert adds_up(reading)


def test_half_a_report_and_one_nested_without_end_are_refused(tmp_path):
    path = report(tmp_path, GRAPH)
    read(path)
    text = path.read_text()
    path.write_text(text[: len(text) // 2])
    with pytest.raises(NotWellFormed):
        read(path)
    path.write_text('{"@graph": ' + "[" * 200_000)
    with pytest.raises(UnsafeFile):
        read(path)
