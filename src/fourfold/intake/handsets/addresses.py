"""Which number, address or handle is meant, written one way?"""

import re
from functools import lru_cache

import phonenumbers

HOME = "GB"
NUMBER = re.compile(r"\+?[\d\s().\u00a0\u202f\u2010-\u2015-]{3,30}")
JID = re.compile(r"(\d{6,15})(?::\d+)?@(?:s\.whatsapp\.net|c\.us)")
SHORTEST = 7
"""Fewer digits are a short code, kept as delivered."""

MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@lru_cache(maxsize=100_000)
def address(text: str) -> str:
    """How is a number or address written everywhere?

    Returns:
        E.164 with + for a full telephone number and for a WhatsApp account of one; an
        e-mail address in small letters; anything else as delivered, trimmed.
    """
    plain = MARKS.sub("", text).strip()
    account = JID.fullmatch(plain)
    if account:
        return f"+{account[1]}"
    if "@" in plain:
        return plain.casefold()
    return _number(plain) or plain


def is_number(text: str) -> bool:
    """Is the text a full telephone number?"""
    return bool(_number(MARKS.sub("", text).strip()))


def _number(text: str) -> str:
    if not NUMBER.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text)
    if len(digits) < SHORTEST:
        return ""
    full = f"+{digits}" if text.startswith("+") else digits
    if digits.startswith("00"):
        full = f"+{digits[2:]}"
    try:
        parsed = phonenumbers.parse(full, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def imei_14(text: str) -> str:
    """The first 14 digits of a handset's number; "" when it is none.

    Source: 3GPP TS 23.003: the fifteenth is a check digit, or 0 on the air.
    """
    digits = re.sub(r"\D", "", text)
    return digits[:14] if len(digits) in (14, 15, 16) else ""
