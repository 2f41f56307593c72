"""What does one e-mail say: who, to whom, when, what, and what hangs on it?"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import cast

from fourfold.intake.handsets.addresses import address
from fourfold.intake.handsets.clock import FIRST_YEAR, LAST_YEAR, Moment
from fourfold.intake.handsets.found import Found, Items, spoilt
from fourfold.intake.handsets.html_text import text_of_html
from fourfold.intake.handsets.images import is_picture, picture_rows
from fourfold.intake.handsets.parts import Part
from fourfold.intake.handsets.setting import Setting

IDS = re.compile(r"<[^<>\s]+>")
BROKEN = (
    MessageError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the mail parser raises, by trial, on letters cut short or altered."""

MEND = "Save the letter again from the mailbox."


@dataclass
class Threads:
    """Which conversation each letter belongs to, by what it answers."""

    known: dict[str, str] = field(default_factory=dict)

    def thread(self, own: str, answers: list[str]) -> str:
        """The conversation of a letter: that of what it answers, else its own."""
        first = answers[0] if answers else own
        root = next(
            (self.known[one] for one in reversed(answers) if one in self.known), first
        )
        for one in (own, *answers):
            self.known.setdefault(one, root)
        return root


def items_of_letter(
    raw: bytes, where: tuple[int, str], part: Part, setting: Setting, threads: Threads
) -> Items:
    """Which message and pictures does a letter give?

    Args:
        raw: the letter as bytes, headers first.
        where: its place in the part, and that in words.
        part: the part that it stands in.
        setting: device and zone.
        threads: the letters read before it.
    """
    place, words = where
    try:
        letter = message_from_bytes(raw, policy=policy.default)
        values = _values(letter, place, setting, threads)
        attached = list(_attached(letter))
    except BROKEN as error:
        fault = f"a damaged letter ({type(error).__name__})"
        yield spoilt(place, words, fault, MEND)
        return
    if not values["sender"] and not values["body"] and not attached:
        yield spoilt(place, words, "a letter without sender, words or files", MEND)
        return
    values["attachments"] = [
        f"{name} sha256:{hashlib.sha256(data).hexdigest()}" for name, data in attached
    ]
    yield Found("messages", place, {**values, "place_in_source": words})
    for name, data in attached:
        if is_picture(data[:16]):
            path = f"{part.name or part.file}, {words}: {name}"
            yield from picture_rows(data, path, place, setting)


def _values(
    letter: EmailMessage, place: int, setting: Setting, threads: Threads
) -> dict[str, object]:
    senders = _people(letter, "From") or _people(letter, "Sender")
    name, sender = senders[0] if senders else ("", "")
    own = (IDS.findall(_header(letter, "Message-ID")) or [f"letter {place}"])[0]
    answers = IDS.findall(_header(letter, "References"))
    answers += [
        one for one in IDS.findall(_header(letter, "In-Reply-To")) if one not in answers
    ]
    moment = _moment(_header(letter, "Date"), setting)
    to = [who for kind in ("To", "Cc", "Bcc") for _, who in _people(letter, kind)]
    return {
        "item": own,
        "device": setting.device,
        "platform": "email",
        "thread": threads.thread(own, answers),
        "sent_at": moment and moment.at,
        "sent_local": moment and moment.local,
        "sender": sender,
        "sender_name": name,
        "recipients": list(dict.fromkeys(to)),
        "direction": _direction(letter, sender),
        "subject": " ".join(_header(letter, "Subject").split()),
        "body": _body(letter),
        "deleted": None,
    }


def _header(letter: EmailMessage, name: str) -> str:
    """One header as text; "" where it is missing or malformed."""
    try:
        value = letter.get(name)
    except BROKEN:
        raw = [v for k, v in letter.raw_items() if k.lower() == name.lower()]
        value = raw[0] if raw else ""
    text = str(value or "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _people(letter: EmailMessage, kind: str) -> list[tuple[str, str]]:
    told = getaddresses([_header(letter, kind)])
    return [(name, address(who)) for name, who in told if who or name]


def _moment(text: str, setting: Setting) -> Moment | None:
    try:
        written = parsedate_to_datetime(text)
    except (*BROKEN, OverflowError):
        return None
    if not FIRST_YEAR <= written.year < LAST_YEAR:
        return None
    at: datetime = written.replace(tzinfo=written.tzinfo or UTC)
    return setting.clock.from_instant(at)


def _direction(letter: EmailMessage, sender: str) -> str:
    """In or out, where the mailbox says whose it is."""
    labels = _header(letter, "X-Gmail-Labels").lower()
    owners = [who for _, who in _people(letter, "Delivered-To")]
    if "sent" in labels.split(",") or sender in owners:
        return "out"
    return "in" if owners else ""


def _body(letter: EmailMessage) -> str:
    """The words: the plain part where there is one, else what the HTML shows."""
    part = letter.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _text(cast(EmailMessage, part))
    if part.get_content_type() == "text/html":
        return text_of_html(text)
    return text.replace("\r\n", "\n").strip()


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("windows-1252", "replace")


def _attached(letter: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(letter.walk(), 1):
        if part.is_multipart():
            continue
        name = part.get_filename() or ""
        if not name and part.get_content_maintype() in ("text", "multipart"):
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            yield name or f"part {number} ({part.get_content_type()})", data
