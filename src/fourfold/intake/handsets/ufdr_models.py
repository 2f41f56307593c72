"""Which rows does one model of a UFDR report give?"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fourfold.intake.handsets.addresses import address
from fourfold.intake.handsets.clock import Clock, Moment
from fourfold.intake.handsets.found import Found, Item, spoilt
from fourfold.intake.handsets.ufdr_fields import (
    FROM,
    Element,
    Model,
    Party,
    deleted,
    field,
    inner,
    parties,
    position,
    seconds,
)

OUT, IN = "out", "in"
SENT = ("sent", "outgoing", "outbox", "draft", "drafts")
RECEIVED = ("inbox", "incoming", "received", "read", "unread")


@dataclass
class Handset:
    """What the report says of the handset itself."""

    label: str
    clock: Clock
    imei: str = ""
    imsi: str = ""
    number: str = ""
    unnumbered: int = 0

    def owner(self) -> str:
        """The phone's own number, or the handset where the report does not say it."""
        if not self.number:
            self.unnumbered += 1
        return self.number or self.label


@dataclass
class Chat:
    """The conversation that a message lies in."""

    platform: str = ""
    thread: str = ""
    participants: list[Party] = dataclasses.field(default_factory=list)


def rows_of_model(
    element: Element, line: int, handset: Handset, chat: Chat
) -> list[Item]:
    """Which rows and faults does a model give? None for a type that we do not read."""
    maker = MAKERS.get(element.get("type") or "")
    return maker(Model(element), line, handset, chat) if maker else []


def chat_of(element: Element) -> Chat:
    """Which conversation is it, as far as read when its first message comes?"""
    model = Model(element)
    people = parties(model, "Participants")
    names = [party.name or party.address for party in people if not party.owner]
    thread = field(model, "Name", "Id") or ", ".join(sorted(names))
    return Chat(field(model, "Source"), thread, people)


def _message(model: Model, line: int, handset: Handset, chat: Chat) -> list[Item]:
    moment, wrong = _when(model, line, handset.clock)
    if wrong:
        return [wrong]
    ends = _ends(model, handset, chat)
    platform = field(model, "SourceApplication") or chat.platform
    platform = platform or field(model, "Source") or model.type
    values = {
        "item": model.key or str(line),
        "device": handset.label,
        "platform": "email" if model.type == "Email" else platform,
        "thread": chat.thread or _pair(ends["sender"], ends["recipients"]),
        "sent_at": moment and moment.at,
        "sent_local": moment and moment.local,
        **ends,
        "subject": field(model, "Subject"),
        "body": field(model, "Body", "Snippet", "Summary"),
        "deleted": deleted(model),
        "attachments": _attachments(model),
    }
    rows: list[Item] = [Found("messages", line, values)]
    where = position(model)
    if where:
        rows.append(_place(line, handset, moment, where, f"shared in {platform}"))
    return rows


def _ends(model: Model, handset: Handset, chat: Chat) -> dict[str, Any]:
    """Who sent a message to whom, and whether it left or reached the handset."""
    told = parties(model, "From", "To", "Parties", "Cc", "Bcc")
    sender = next((party for party in told if party.role == FROM), None)
    to = [party for party in told if party is not sender and party.known]
    if sender and not to:
        to = [p for p in chat.participants if p.known and p.known != sender.known]
    folder = field(model, "Folder", "Status", "Direction").lower()
    direction = _direction(sender, to, folder)
    known = sender.known if sender else ""
    if not known and direction == OUT:
        known = handset.owner()
    recipients = [party.known for party in to]
    if direction == IN and not to:
        recipients = [handset.owner()]
    return {
        "sender": known,
        "sender_name": sender.name if sender else "",
        "recipients": recipients,
        "direction": direction,
    }


def _call(model: Model, line: int, handset: Handset, _chat: Chat) -> list[Item]:
    moment, wrong = _when(model, line, handset.clock)
    if wrong:
        return [wrong]
    told = parties(model, "Parties", "From", "To")
    way = field(model, "Direction", "Type").lower()
    outgoing = way in ("outgoing", "out") or any(
        p.owner and p.role == FROM for p in told
    )
    others = [party for party in told if not party.owner]
    owners = [party.known for party in told if party.owner and party.known]
    own = owners[0] if owners else handset.owner()
    asked = field(model, "Type", "Status").lower()
    lasted = seconds(field(model, "Duration"))
    if asked in ("missed", "rejected", "unanswered") and not lasted:
        lasted = 0
    side = "caller" if outgoing else "called"
    rows: list[Item] = []
    for other in others or [Party("", "", "", owner=False)]:
        ends = (own, other.known) if outgoing else (other.known, own)
        values = {
            "kind": "voicemail" if "voicemail" in asked else "voice",
            "caller": ends[0],
            "called": ends[1],
            "start_at": moment and moment.at,
            "start_local": moment and moment.local,
            "seconds": lasted,
            "subject": side,
            f"{side}_imei": handset.imei,
            f"{side}_imsi": handset.imsi,
        }
        rows.append(Found("calls", line, values))
    return rows


def _contact(model: Model, line: int, handset: Handset, _chat: Chat) -> list[Item]:
    name = field(model, "Name")
    entries = [field(one, "Value") for one in inner(model, "Entries")]
    return [
        Found(
            "contacts",
            line,
            {
                "device": handset.label,
                "name": name,
                "identifier": address(value),
                "deleted": deleted(model),
            },
        )
        for value in [value for value in entries if value] or [""]
    ]


def _account(model: Model, line: int, handset: Handset, _chat: Chat) -> list[Item]:
    source = field(model, "ServiceType", "Source") or "an account"
    entries = [field(one, "Value") for one in inner(model, "Entries")]
    values = [field(model, "Username"), *entries]
    return [
        Found(
            "identifiers",
            line,
            {
                "person": "",
                "kind": "phone" if address(value).startswith("+") else "account",
                "identifier": address(value),
                "reason": f"{source} account on {handset.label}",
            },
        )
        for value in dict.fromkeys(value for value in values if value)
    ]


def _location(model: Model, line: int, handset: Handset, _chat: Chat) -> list[Item]:
    where = position(model)
    if where is None:
        return []
    moment, wrong = _when(model, line, handset.clock)
    if wrong:
        return [wrong]
    what = {
        "CellTower": "cell tower",
        "WirelessNetwork": f"wireless network {field(model, 'SSId', 'BSSId')}".strip(),
    }.get(model.type, field(model, "Category", "Source", "Type").lower())
    return [_place(line, handset, moment, where, what or "location")]


def _search(model: Model, line: int, handset: Handset, _chat: Chat) -> list[Item]:
    moment, wrong = _when(model, line, handset.clock)
    if wrong:
        return [wrong]
    source = field(model, "Source")
    values = {
        "item": model.key or str(line),
        "device": handset.label,
        "platform": f"search in {source}" if source else "search",
        "thread": source,
        "sent_at": moment and moment.at,
        "sent_local": moment and moment.local,
        "sender": handset.owner(),
        "direction": OUT,
        "body": field(model, "Value"),
        "deleted": deleted(model),
    }
    return [Found("messages", line, values)]


def _place(
    line: int,
    handset: Handset,
    moment: Moment | None,
    where: tuple[float, float],
    what: str,
) -> Found:
    values = {
        "device": handset.label,
        "at": moment and moment.at,
        "lat": where[0],
        "lon": where[1],
        "what": what,
    }
    return Found("locations", line, values)


def _when(model: Model, line: int, clock: Clock) -> tuple[Moment | None, Item | None]:
    text = field(model, "TimeStamp", "StartTime", "LastConnection", "Timestamp")
    if not text:
        return None, None
    moment = clock.moment(text)
    if moment is None:
        mend = "Export the report again with dates in ISO form."
        return None, spoilt(line, text, "a time that cannot be read", mend, "TimeStamp")
    return moment, None


def _direction(sender: Party | None, to: list[Party], folder: str) -> str:
    if sender and sender.owner:
        return OUT
    if any(party.owner for party in to):
        return IN
    if folder in SENT:
        return OUT
    return IN if folder in RECEIVED else ""


def _pair(sender: str, recipients: list[str]) -> str:
    return ", ".join(sorted({sender, *recipients} - {""}))


def _attachments(model: Model) -> list[str]:
    named = (
        field(one, "Filename", "Title", "URL")
        for one in inner(model, "Attachment", "Attachments")
    )
    return [name for name in named if name]


Maker = Callable[[Model, int, Handset, Chat], list[Item]]
MAKERS: dict[str, Maker] = {
    "InstantMessage": _message,
    "SMS": _message,
    "MMS": _message,
    "Email": _message,
    "Call": _call,
    "Contact": _contact,
    "UserAccount": _account,
    "Location": _location,
    "CellTower": _location,
    "WirelessNetwork": _location,
    "SearchedItem": _search,
}
"""Model types that give rows, and how."""
