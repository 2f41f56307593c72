"""Which messages does a text export of a WhatsApp chat hold?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from fourfold.intake.handsets.addresses import MARKS, address, is_number
from fourfold.intake.handsets.chat_dates import Order, chat_time, date_order
from fourfold.intake.handsets.chat_notices import is_notice, said_by
from fourfold.intake.handsets.found import Found, Items, Remark, Spoilt, spoilt
from fourfold.intake.handsets.limits import fits
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting
from fourfold.intake.handsets.text_part import encoding_of, lines_of

PLATFORM = "WhatsApp"
LEFT_OUT = "left out of the export"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_TIME = (
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[ \u202f\u00a0]?[APap]\.?[ \u202f\u00a0]?[Mm]\.?)?"
)
OPENING = re.compile(
    rf"(?:\[(?P<date>{_DATE}),? (?P<time>{_TIME})\]"
    rf"|(?P<date_2>{_DATE}),? (?P<time_2>{_TIME}) [-\u2013]) (?P<rest>.*)",
    re.DOTALL,
)
CHAT_NAME = re.compile(r"WhatsApp Chat (?:with|-) (.+)", re.IGNORECASE)
LONGEST_NAME = 100


@dataclass
class _Message:
    """One message while its lines are gathered."""

    line: int
    date: str
    time: str
    sender: str
    lines: list[str] = field(default_factory=list)
    size: int = 0

    def take(self, text: str) -> None:
        self.size += len(text) + 1
        if fits("body_characters", self.size):
            self.lines.append(text)


def is_whatsapp(head: str) -> bool:
    """Does a text begin as an export of a WhatsApp chat does?"""
    lines = [plain(line) for line in head.splitlines()[:50]]
    return any(OPENING.fullmatch(line) for line in lines)


def whatsapp_items(part: Part, setting: Setting) -> Items:
    """Which messages, faults and remarks does one exported chat give?

    The order of day and month is decided from the whole file. The export does not say
    whose handset it came from, so no message has a direction; the recipient is known
    only where the chat has two people. A text that belongs to no message is a fault.

    Raises:
        DatesDisagree: its dates cannot be told.
        LineTooLong, NulByte: it is no chat.
    """
    encoding = encoding_of(part)
    if encoding == "windows-1252":
        yield Remark(f"{part.shown}: not UTF-8; read as windows-1252.")
    scan = _Scan(part, encoding)
    order = date_order(scan.dates(), part.shown, setting.dates)
    if order.because:
        yield Remark(f"{part.shown}: dates were read with {order.because}.")
    thread = _thread(part)
    yield from scan.strays
    notices = 0
    for message in _messages(part, encoding):
        row = _row(message, order, setting)
        if isinstance(row, Spoilt):
            yield row
            continue
        others = scan.senders - {message.sender}
        row["recipients"] = [address(n) for n in others] if scan.two_people else []
        row["thread"] = thread
        if not message.sender:
            notices += 1
            row["recipients"] = []
        yield Found("messages", message.line, row)
    if notices:
        yield Remark(f"{part.shown}: {notices:,} lines are the app's own notices.")


class _Scan:
    """The first look over a chat: its dates, who speaks, and lines before it begins."""

    def __init__(self, part: Part, encoding: str) -> None:
        self.part = part
        self.encoding = encoding
        self.senders: set[str] = set()
        self.strays: list[Spoilt] = []

    @property
    def two_people(self) -> bool:
        return len(self.senders) == 2

    def dates(self) -> Iterator[tuple[int, str]]:
        begun = False
        for line, text in lines_of(self.part, self.encoding):
            found = OPENING.fullmatch(plain(text))
            if found:
                begun = True
                sender, words = _split(found["rest"])
                if sender and said_by(words).kind != "notice":
                    self.senders.add(sender)
                yield line, found["date"] or found["date_2"]
            elif not begun and text.strip():
                fault = "a line before the first message"
                self.strays.append(spoilt(line, text, fault, "Check the export."))


def _messages(part: Part, encoding: str) -> Iterator[_Message]:
    message: _Message | None = None
    for line, text in lines_of(part, encoding):
        found = OPENING.fullmatch(plain(text))
        if not found:
            if message is not None:
                message.take(text)
            continue
        if message is not None:
            yield message
        sender, words = _split(found["rest"])
        message = _Message(
            line,
            found["date"] or found["date_2"],
            found["time"] or found["time_2"],
            sender,
        )
        message.take(words)
    if message is not None:
        yield message


def plain(text: str) -> str:
    """A line without marks of reading direction at its start and before its time."""
    return text.lstrip("\u200e\u200f\u202a\u202b\u202c\ufeff ")


def _split(rest: str) -> tuple[str, str]:
    name, colon, words = rest.partition(": ")
    if not colon and rest.endswith(":"):
        name, colon, words = rest[:-1], ":", ""
    name = MARKS.sub("", name).strip().removeprefix("~").strip()
    if not colon or len(name) > LONGEST_NAME or is_notice(name):
        return "", rest
    return name, words


def _row(
    message: _Message, order: Order, setting: Setting
) -> dict[str, object] | Spoilt:
    body = "\n".join(message.lines).strip("\n")
    local = chat_time(message.date, message.time, order.order)
    if local is None:
        shown = f"{message.date}, {message.time}"
        mend = f"The chat writes {order.order}; correct the date or time."
        return spoilt(message.line, shown, "there is no such time", mend, "sent_at")
    if not fits("body_characters", message.size):
        fault = f"a message of {message.size:,} characters"
        return spoilt(message.line, body, fault, "Check the export.", "body")
    return _values(message, body, local, setting)


def _values(
    message: _Message, body: str, local: datetime, setting: Setting
) -> dict[str, object]:
    moment = setting.clock.from_local(local)
    said = said_by(body)
    attachments = [said.attached] if said.attached else []
    if said.kind == "omitted":
        attachments, body = [LEFT_OUT], ""
    elif said.kind == "attached":
        body = "\n".join(body.splitlines()[1:])
    sender = "" if said.kind == "notice" else message.sender
    if not sender:
        message.sender = ""
    return {
        "item": str(message.line),
        "device": setting.device,
        "platform": PLATFORM,
        "sent_at": moment.at,
        "sent_local": moment.local,
        "sender": address(sender),
        "sender_name": "" if is_number(sender) else sender,
        "body": MARKS.sub("", body),
        "deleted": False,
        "attachments": attachments,
        "place_in_source": f"line {message.line}",
    }


def _thread(part: Part) -> str:
    """What is the chat called? iPhone exports name it in the zip, not the text."""
    for name in (part.stem, PurePosixPath(part.file).stem):
        found = CHAT_NAME.fullmatch(name)
        if found:
            return found[1]
    return PurePosixPath(part.file).stem if part.stem == "_chat" else part.stem
