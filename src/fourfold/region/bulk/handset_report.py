"""What would a handset tool report of the phone that runs the invented drug line?"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape, quoteattr

from fourfold.region.bulk.handset_words import (
    BROADCASTS,
    CREW,
    CUSTOMERS,
    GROUP,
    HOLDER,
    ORDERS,
    RUNNER,
    SEARCHES,
    SUPPLIER,
)

SPACE = "http://pa.cellebrite.com/report/2.0"
BEGINS = datetime(2023, 5, 10, 8, 0, 0)  # noqa: DTZ001 (written with its own offset)
STAMP = (2023, 5, 20, 12, 0, 0)
IMEI, IMSI, ICCID = "001010000000019", "001010123456789", "8944010000000000019"
"""Of the numbering plan's test ranges: no handset or SIM has them."""

STORE = "/data/com.whatsapp/msgstore.db"
FACTS = (
    ("DeviceInfoDetectedManufacturer", "Lumo"),
    ("DeviceInfoDetectedModel", "L9"),
    ("IMEI", IMEI),
    ("IMSI", IMSI),
    ("ICCID", ICCID),
    ("MSISDN", HOLDER),
    ("TimeZone", "(UTC+00:00) London (Europe/London)"),
)
PLACES = (
    ("Location", 52.6361, -1.1398, "journey"),
    ("Location", 53.0702, -0.8065, "journey"),
    ("WirelessNetwork", 52.6418, -1.1290, "FLAT9-2G"),
)


def write_report(path: Path, pictures: Sequence[Path], chance: Random) -> None:
    """Write the report and its pictures as one zip, the same bytes for a seed."""
    with zipfile.ZipFile(path, "w") as archive:
        text = "".join(_report(pictures, chance))
        _put(archive, "report.xml", text.encode())
        for picture in pictures:
            _put(archive, f"files/Image/{picture.name}", picture.read_bytes())


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, STAMP)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, data)


def _report(pictures: Sequence[Path], chance: Random) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<project name="Holder" xmlns="{SPACE}">\n'
    yield '<sourceExtractions><extractionInfo id="0" name="Logical" deviceName="L9" />'
    yield '</sourceExtractions>\n<metadata section="Device Info">\n'
    for name, value in FACTS:
        yield f'<item name="{name}" sourceExtraction="0">{escape(value)}</item>\n'
    yield "</metadata>\n<taggedFiles>\n"
    yield from map(_file, pictures)
    yield "</taggedFiles>\n<decodedData>\n"
    yield from _chats()
    yield from _texts(chance)
    yield from _calls(chance)
    yield from _contacts()
    yield from _places()
    yield from _searches()
    yield '<modelType type="Cookie"><model type="Cookie" id="cookie-1" /></modelType>\n'
    yield "</decodedData>\n<extraInfos>\n"
    for n in range(len(GROUP)):
        place = f'path="{STORE}" tableName="messages" offset="0x{4096 + 96 * n:X}"'
        node = f'<nodeInfo id="n{n}" name="msgstore.db" {place} />'
        yield f'<extraInfo type="model" id="chat-{n}"><sourceInfo>{node}'
        yield "</sourceInfo></extraInfo>\n"
    yield "</extraInfos>\n</project>\n"


def _file(picture: Path) -> str:
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    facts = {
        "Local Path": f"files\\Image\\{picture.name}",
        "SHA256": digest,
        "Tags": "Image",
    }
    items = "".join(
        f"<item name={quoteattr(name)}>{escape(value)}</item>"
        for name, value in facts.items()
    )
    path = quoteattr(f"/sdcard/DCIM/Camera/{picture.name}")
    section = f'<metadata section="File">{items}</metadata>'
    return (
        f'<file id="f-{picture.stem}" path={path} deleted="Intact">{section}</file>\n'
    )


def _field(name: str, value: str) -> str:
    return f'<field name="{name}"><value>{escape(value)}</value></field>'


def _party(number: str, role: str = "", *, whatsapp: bool = False) -> str:
    shown = f"44{number[1:]}@s.whatsapp.net" if whatsapp else number
    fields = _field("Identifier", shown) + _field("Name", CREW.get(number, ""))
    fields += _field("Role", role) if role else ""
    fields += _field("IsPhoneOwner", str(number == HOLDER))
    return f'<model type="Party">{fields}</model>'


def _time(at: datetime) -> str:
    return _field("TimeStamp", f"{at - timedelta(hours=1):%Y-%m-%dT%H:%M:%S}.000+00:00")


def _chats() -> Iterator[str]:
    people = "".join(_party(n, whatsapp=True) for n in (HOLDER, RUNNER, SUPPLIER))
    yield '<modelType type="Chat"><model type="Chat" id="chat" deleted_state="Intact">'
    yield _field("Source", "WhatsApp") + _field("Name", "Shop")
    yield f'<multiModelField name="Participants">{people}</multiModelField>'
    yield '<multiModelField name="Messages">\n'
    for n, (sender, body) in enumerate(GROUP):
        state = "Deleted" if n in (5, 6) else "Intact"
        yield f'<model type="InstantMessage" id="chat-{n}" deleted_state="{state}">'
        yield _field("Body", body) + _time(BEGINS + timedelta(minutes=n * 47))
        yield f'<modelField name="From">{_party(sender, whatsapp=True)}</modelField>'
        yield "</model>\n"
    yield "</multiModelField></model></modelType>\n"


def _texts(chance: Random) -> Iterator[str]:
    yield '<modelType type="SMS">\n'
    for day, body in enumerate(BROADCASTS):
        for n, customer in enumerate(chance.sample(CUSTOMERS, len(CUSTOMERS))):
            at = BEGINS + timedelta(days=day, hours=2, seconds=n * 4)
            yield _sms(f"sms-{day}-{n}", at, body, customer, "out")
    for n, customer in enumerate(CUSTOMERS[:12]):
        for turn, (way, body) in enumerate(ORDERS[2 * (n % 4) :][:2]):
            at = BEGINS + timedelta(days=n % 3, hours=3 + n % 5, minutes=9 * turn + n)
            yield _sms(f"order-{n}-{turn}", at, body, customer, way)
    yield "</modelType>\n"


def _sms(key: str, at: datetime, body: str, other: str, way: str) -> str:
    role, folder = ("To", "Sent") if way == "out" else ("From", "Inbox")
    return (
        f'<model type="SMS" id="{key}" deleted_state="Intact">'
        f"{_field('Folder', folder)}{_field('Body', body)}{_time(at)}"
        f'<multiModelField name="Parties">{_party(other, role)}</multiModelField>'
        "</model>\n"
    )


def _calls(chance: Random) -> Iterator[str]:
    yield '<modelType type="Call">\n'
    for n in range(40):
        other = chance.choice((RUNNER, SUPPLIER, *CUSTOMERS[:10]))
        way = "Outgoing" if other in CREW and n % 2 else "Incoming"
        at = BEGINS + timedelta(hours=n * 2, minutes=chance.randrange(60))
        lasted = 0 if n % 7 == 0 else chance.randrange(8, 140)
        yield (
            f'<model type="Call" id="call-{n}" deleted_state="Intact">'
            f"{_field('Direction', way)}{_time(at)}"
            f"{_field('Duration', f'00:{lasted // 60:02}:{lasted % 60:02}')}"
            f'<multiModelField name="Parties">'
            f"{_party(other, 'To' if way == 'Outgoing' else 'From')}"
            f"</multiModelField></model>\n"
        )
    yield "</modelType>\n"


def _contacts() -> Iterator[str]:
    yield '<modelType type="Contact">\n'
    for n, (number, name) in enumerate(CREW.items()):
        entry = f'<model type="PhoneNumber">{_field("Value", number)}</model>'
        yield f'<model type="Contact" id="contact-{n}" deleted_state="Intact">'
        yield _field("Name", name)
        yield f'<multiModelField name="Entries">{entry}</multiModelField></model>\n'
    yield "</modelType>\n"


def _places() -> Iterator[str]:
    for n, (kind, lat, lon, name) in enumerate(PLACES):
        where = _field("Latitude", str(lat)) + _field("Longitude", str(lon))
        called = _field("SSId" if kind == "WirelessNetwork" else "Category", name)
        yield f'<modelType type="{kind}"><model type="{kind}" id="place-{n}">'
        yield called + _time(BEGINS + timedelta(hours=6 * n))
        yield f'<modelField name="Position"><model type="Coordinate">{where}</model>'
        yield "</modelField></model></modelType>\n"


def _searches() -> Iterator[str]:
    yield '<modelType type="SearchedItem">\n'
    for n, words in enumerate(SEARCHES):
        at = BEGINS + timedelta(days=1, hours=n)
        yield f'<model type="SearchedItem" id="search-{n}" deleted_state="Intact">'
        yield _field("Source", "Browser") + _field("Value", words) + _time(at)
        yield "</model>\n"
    yield "</modelType>\n"
