"""Which rows does a CASE/UCO report in JSON-LD hold?"""

from collections import Counter
from collections.abc import Callable

from fourfold.intake.handsets.addresses import address, imei_14
from fourfold.intake.handsets.case_graph import Graph, Thing, graph_of
from fourfold.intake.handsets.clock import Moment
from fourfold.intake.handsets.found import Found, Item, Items, Remark, Spoilt, spoilt
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting

MESSAGES = ("MessageFacet", "SMSMessageFacet", "EmailMessageFacet")
ATTACHED = ("Attached_To", "Attachment_Of")
IDENTIFIERS = {"IMEI": "imei", "IMSI": "imsi", "ICCID": "device", "MSISDN": "phone"}
OUT = ("outgoing", "sent", "out")
IN = ("incoming", "received", "in")


class _Report:
    """One report while it is read."""

    def __init__(self, graph: Graph, setting: Setting) -> None:
        self.graph = graph
        self.setting = setting
        self.threads: dict[str, str] = {}
        self.attached: dict[str, list[str]] = {}
        things = graph.things.values()
        handsets = [t for t in things if "MobileDeviceFacet" in t.facets]
        self.device = setting.device
        if len(handsets) == 1:
            self.device = _label(handsets[0]) or setting.device
        for thing in things:
            self._relate(thing)

    def _relate(self, thing: Thing) -> None:
        facet = thing.facets.get("MessageThreadFacet")
        if facet is not None:
            name = thing.text("displayName", "identifier") or thing.key
            for key in self.graph.refs(facet.get("message", facet.get("messages"))):
                self.threads[key] = name
        if thing.text("kindOfRelationship") in ATTACHED:
            for target in self.graph.refs(thing.own.get("target")):
                for source in self.graph.refs(thing.own.get("source")):
                    file = self.graph.things.get(source)
                    name = file.text("fileName", "filePath") if file else ""
                    self.attached.setdefault(target, []).append(name or source)

    def moment(self, thing: Thing, *names: str) -> Moment | Spoilt | None:
        """When, by the first of these properties; a fault where it cannot be read."""
        text = thing.text(*names)
        if not text:
            return None
        found = self.setting.clock.moment(text)
        if found is None:
            mend = "Write times in ISO form."
            return spoilt(
                thing.place, text, "a time that cannot be read", mend, names[0]
            )
        return found


def case_items(part: Part, setting: Setting) -> Items:
    """Which rows, faults and remarks does a CASE report give, in the graph's order?

    Raises:
        UnsafeFile, NotWellFormed: it cannot be read as a whole.

    Source:
        CASE 1.x and UCO 1.x: observable facets, and the community's example reports.
    """
    graph = graph_of(part)
    report = _Report(graph, setting)
    unread: Counter[str] = Counter()
    for thing in graph.things.values():
        makers = [make for facet, make in MAKERS.items() if facet in thing.facets]
        for make in dict.fromkeys(makers):
            yield from make(report, thing)
        if not makers and thing.facets:
            unread[next(iter(thing.facets))] += 1
    if unread:
        listed = ", ".join(f"{kind} {n:,}" for kind, n in sorted(unread.items()))
        yield Remark(f"{part.shown}: objects that give no rows: {listed}.")


def _message(report: _Report, thing: Thing) -> list[Item]:
    moment = report.moment(thing, "sentTime", "receivedTime")
    if isinstance(moment, Spoilt):
        return [moment]
    senders = report.graph.known(thing.says("from") or [])
    sender, name = senders[0] if senders else ("", "")
    to = [
        who
        for k in ("to", "cc", "bcc")
        for who, _ in report.graph.known(thing.says(k) or [])
    ]
    way = thing.text("messageType").lower()
    platform = report.graph.named(thing.says("application") or [])
    if "EmailMessageFacet" in thing.facets:
        platform = "email"
    elif not platform and "SMSMessageFacet" in thing.facets:
        platform = "SMS"
    values = {
        "item": thing.key,
        "device": report.device,
        "platform": platform,
        "thread": report.threads.get(
            thing.key, ", ".join(sorted({sender, *to} - {""}))
        ),
        "sent_at": moment and moment.at,
        "sent_local": moment and moment.local,
        "sender": sender,
        "sender_name": "" if name == sender else name,
        "recipients": to,
        "direction": "out" if way in OUT else "in" if way in IN else "",
        "subject": thing.text("subject"),
        "body": thing.text("messageText", "body"),
        "deleted": _deleted(thing),
        "attachments": report.attached.get(thing.key, []),
        "place_in_source": thing.key,
    }
    return [Found("messages", thing.place, values)]


def _call(report: _Report, thing: Thing) -> list[Item]:
    moment = report.moment(thing, "startTime")
    if isinstance(moment, Spoilt):
        return [moment]
    callers = [who for who, _ in report.graph.known(thing.says("from") or [])]
    called = [who for who, _ in report.graph.known(thing.says("to") or [])]
    way = thing.text("callType").lower()
    lasted = thing.text("duration").split(".")[0]
    side = "caller" if way in OUT else "called" if way in IN else ""
    return [
        Found(
            "calls",
            thing.place,
            {
                "kind": "voice",
                "caller": callers[0] if callers else "",
                "called": other,
                "start_at": moment and moment.at,
                "start_local": moment and moment.local,
                "seconds": int(lasted) if lasted.isdigit() else None,
                "subject": side,
            },
        )
        for other in called or [""]
    ]


def _contact(report: _Report, thing: Thing) -> list[Item]:
    facet = thing.facets["ContactFacet"]
    name = thing.text("contactName", "displayName", "name")
    name = name or f"{thing.text('firstName')} {thing.text('lastName')}".strip()
    values = [
        facet[key]
        for key in ("contactPhone", "contactEmail", "contactAccount")
        if key in facet
    ]
    known = [who for value in values for who, _ in report.graph.known(value)]
    return [
        Found(
            "contacts",
            thing.place,
            {
                "device": report.device,
                "name": name,
                "identifier": who,
                "deleted": _deleted(thing),
            },
        )
        for who in known or [""]
    ]


def _identity(report: _Report, thing: Thing) -> list[Item]:
    rows: list[Item] = []
    for facet in thing.facets.values():
        for name, kind in IDENTIFIERS.items():
            value = next(
                (str(v) for k, v in facet.items() if k.upper() == name and v), ""
            )
            plain = {"imei": imei_14(value), "phone": address(value)}.get(kind) or value
            if plain:
                reason = f"{name} of {_label(thing) or report.device}"
                values = {"person": "", "kind": kind, "identifier": plain}
                rows.append(
                    Found("identifiers", thing.place, {**values, "reason": reason})
                )
    return rows


def _location(report: _Report, thing: Thing) -> list[Item]:
    try:
        lat, lon = float(thing.text("latitude")), float(thing.text("longitude"))
    except ValueError:
        mend = "Write degrees as decimals."
        return [spoilt(thing.place, thing.key, "no position that can be read", mend)]
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        shown = f"{lat}, {lon}"
        return [spoilt(thing.place, shown, "no place on Earth", "Check the report.")]
    moment = report.moment(thing, "startTime", "observableCreatedTime")
    if isinstance(moment, Spoilt):
        return [moment]
    values = {
        "device": report.device,
        "at": moment and moment.at,
        "lat": lat,
        "lon": lon,
        "what": thing.text("locationType", "name").lower() or "location",
    }
    return [Found("locations", thing.place, values)]


def _deleted(thing: Thing) -> bool | None:
    state = thing.text("allocationStatus").lower()
    return None if not state else state not in ("intact", "allocated")


def _label(thing: Thing) -> str:
    said = thing.text("manufacturer"), thing.text("model"), imei_14(thing.text("IMEI"))
    return " ".join(filter(None, said))


Maker = Callable[[_Report, Thing], list[Item]]
MAKERS: dict[str, Maker] = {
    **dict.fromkeys(MESSAGES, _message),
    "CallFacet": _call,
    "ContactFacet": _contact,
    "MobileDeviceFacet": _identity,
    "SIMCardFacet": _identity,
    "MobileAccountFacet": _identity,
    "LatLongCoordinatesFacet": _location,
}
"""Facets that give rows, and how."""
