"""Which rows does a UFDR handset report hold?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from zipfile import ZipInfo

from fourfold.intake.handsets.addresses import address, imei_14
from fourfold.intake.handsets.archive import Archive
from fourfold.intake.handsets.clock import zone_named
from fourfold.intake.handsets.found import Found, Items, Placed, Remark, spoilt
from fourfold.intake.handsets.images import picture_items
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting
from fourfold.intake.handsets.ufdr_fields import Element, local
from fourfold.intake.handsets.ufdr_models import Chat, Handset, chat_of, rows_of_model
from fourfold.intake.handsets.ufdr_xml import ReportItems

REPORT = "report.xml"
NAMES = {
    "imei": "imei",
    "imei1": "imei",
    "imei2": "imei",
    "deviceinfoimei": "imei",
    "imsi": "imsi",
    "deviceinfoimsi": "imsi",
    "iccid": "device",
    "deviceinfoiccid": "device",
    "msisdn": "phone",
    "deviceinfomsisdn": "phone",
    "phonenumber": "phone",
    "deviceinfophonenumber": "phone",
    "deviceinfoownphonenumber": "phone",
}
"""Facts of the section Device Info that identify a handset, SIM or number."""

PICTURES = (
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic",
    ".heif", ".avif",
)  # fmt: skip
VENDORS = ("deviceinfodetectedmanufacturer", "deviceinfodetectedphonevendor", "vendor")
MODELS = ("deviceinfodetectedmodel", "deviceinfodetectedphonemodel", "model")
MEND_MISSING = "Export the report again with its files."


@dataclass
class _Report:
    """One report while it is read: the handset, and pictures that its list names."""

    part: Part
    setting: Setting
    handset: Handset
    line: int = 0
    pictures: list[tuple[str, str, str]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    chat_element: Element | None = None
    chat: Chat = field(default_factory=Chat)


def report_member(archive: Archive) -> ZipInfo | None:
    """Which member of a zip is the report of a handset tool, if any?"""
    for member in archive.members:
        if PurePosixPath(member.filename).name.lower() != REPORT:
            continue
        if member.header_offset in archive.faults or member.filename.count("/") > 1:
            continue
        with archive.zip.open(member) as file:
            if is_ufdr_xml(file.read(1 << 16)):
                return member
    return None


def is_ufdr_xml(head: bytes) -> bool:
    """Does XML begin as the report of a UFDR does?"""
    return b"<project" in head and (
        b"pa.cellebrite.com" in head or b"<decodedData" in head or b"modelType" in head
    )


def ufdr_items(part: Part, setting: Setting) -> Items:
    """Which rows, faults and remarks does a report give, in its own order?

    Args:
        part: report.xml, alone or in its zip; pictures are read from the same zip.
        setting: device and zone to fall back on where the report says neither.

    Raises:
        UnsafeFile, Truncated, NotWellFormed: the report cannot be read.
    """
    handset = Handset(setting.device, setting.clock)
    report = _Report(part, setting, handset)
    reader = ReportItems(part.shown)
    with part.open() as stream:
        for name, element, outer in reader.items(stream):
            yield from _items(report, name, element, outer)
    yield from _pictures(report)
    yield from _remarks(report, reader.unread)


def _items(
    report: _Report, name: str, element: Element, outer: Element | None
) -> Items:
    if name == "metadata":
        yield from _device_info(report, element)
    elif name == "extractionInfo":
        report.facts.setdefault("extraction", element.get("deviceName") or "")
        _name_handset(report)
    elif name == "extraInfo":
        yield from _placed(element)
    elif name == "file":
        _note_picture(report, element)
    elif name != "caseInformation":
        report.line += 1
        yield from rows_of_model(
            element, report.line, report.handset, _chat(report, outer)
        )


def _chat(report: _Report, outer: Element | None) -> Chat:
    if outer is None:
        return Chat()
    if outer is not report.chat_element:
        report.chat_element, report.chat = outer, chat_of(outer)
    return report.chat


def _device_info(report: _Report, section: Element) -> Iterator[Found]:
    """The facts of the handset: its name, numbers and zone; later rows use them."""
    for item in section:
        name = "".join(filter(str.isalnum, (item.get("name") or ""))).lower()
        value = "".join(str(part) for part in item.itertext()).strip()
        if local(item) != "item" or not value:
            continue
        report.facts.setdefault(name, value)
        if "timezone" in name and not report.setting.clock.said:
            zone = zone_named(value)
            if zone is not None:
                report.setting.clock.zone, report.setting.clock.said = zone, True
        if name in NAMES:
            report.line += 1
            yield _identifier(report, NAMES[name], value, item.get("name") or "")
    _name_handset(report)


def _identifier(report: _Report, kind: str, value: str, called: str) -> Found:
    plain = {"imei": imei_14(value), "phone": address(value)}.get(kind) or value
    handset = report.handset
    if kind == "imei":
        handset.imei = handset.imei or plain
    elif kind == "imsi":
        handset.imsi = handset.imsi or value
    elif kind == "phone":
        handset.number = handset.number or plain
    values = {
        "person": "",
        "kind": kind,
        "identifier": plain,
        "reason": f"{called} in Device Info of {report.part.shown}",
    }
    return Found("identifiers", report.line, values)


def _name_handset(report: _Report) -> None:
    facts = report.facts
    vendor = next((facts[name] for name in VENDORS if name in facts), "")
    model = next((facts[name] for name in MODELS if name in facts), "")
    named = f"{vendor} {model}".strip() or facts.get("extraction", "")
    imei = report.handset.imei
    label = f"{named} {imei}".strip()
    report.handset.label = label if imei else f"{label} ({report.setting.device})"
    if not label:
        report.handset.label = report.setting.device


def _placed(extra: Element) -> Iterator[Placed]:
    places = []
    for node in extra.iter():
        if local(node) != "nodeInfo":
            continue
        said = [node.get("path") or node.get("name") or ""]
        said += [
            f"{word} {node.get(name)}"
            for word, name in (("table", "tableName"), ("offset", "offset"))
            if node.get(name)
        ]
        places.append(", ".join(filter(None, said)))
    item = extra.get("id")
    if item and any(places):
        yield Placed(item, "; ".join(dict.fromkeys(filter(None, places))))


def _note_picture(report: _Report, file: Element) -> None:
    facts = {}
    for item in file.iter():
        if local(item) == "item":
            text = "".join(str(part) for part in item.itertext()).strip()
            facts[(item.get("name") or "").lower()] = text
    where = facts.get("local path", "").replace("\\", "/")
    path = file.get("path") or where
    tagged = "image" in facts.get("tags", "").lower()
    if where and (tagged or is_picture_name(where)):
        report.pictures.append((where, path, facts.get("sha256", "").lower()))


def is_picture_name(name: str) -> bool:
    """Does a name end as those of pictures do?"""
    return PurePosixPath(name).suffix.lower() in PICTURES


def _pictures(report: _Report) -> Items:
    archive = report.part.archive
    if archive is None:
        if report.pictures:
            many = len(report.pictures)
            yield Remark(
                f"{report.part.shown}: {many:,} pictures are named in the report and "
                "were not given with it."
            )
        return
    base = (
        str(PurePosixPath(report.part.member.filename).parent)
        if report.part.member
        else ""
    )
    members = {
        member.filename.replace("\\", "/").lower(): member
        for member in archive.members
        if member.header_offset not in archive.faults
    }
    for where, path, sha256 in report.pictures:
        report.line += 1
        key = str(PurePosixPath(base, where)).lower()
        member = members.get(key) or members.get(where.lower())
        if member is None:
            fault = "named in the report and not in the zip"
            yield spoilt(report.line, where, fault, MEND_MISSING, "path")
            continue
        inside = Part(
            archive.file,
            path,
            report.line,
            member.file_size,
            archive=archive,
            member=member,
        )
        yield from picture_items(inside, report.setting, report.handset.label, sha256)


def _remarks(report: _Report, unread: Counter[str]) -> Iterator[Remark]:
    name = report.part.shown
    handset = report.handset
    if unread:
        listed = ", ".join(f"{kind} {n:,}" for kind, n in sorted(unread.items()))
        yield Remark(f"{name}: models that give no rows: {listed}.")
    if handset.unnumbered:
        yield Remark(
            f"{name}: the report does not say the phone's own number; in "
            f"{handset.unnumbered:,} rows '{handset.label}' stands in its place."
        )
