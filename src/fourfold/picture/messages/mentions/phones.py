"""Which phone numbers does a text name, and which number is each in full?"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from fourfold.picture.messages.mentions.mention import Mention, Written, mention

_BRITISH = re.compile(
    r"(?<![\w+£$])(?:(?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)[1-37-9]"
    r"(?:[\s.()-]{0,2}\d){8,9}(?![\s.-]?\d|\w)"
)
_ENOUGH_DIGITS = 7


def phones(written: Written) -> Iterator[Mention]:
    """Which phone numbers? The value is E.164, with a plus.

    British numbers are known by their shape, so that numbers of ranges that were never
    given out are found too, and noted; others by the numbering plans of all countries.
    """
    seen: list[tuple[int, int]] = []
    for found in _BRITISH.finditer(written.text):
        number = phonenumbers.parse(_without_zero(found[0]), "GB")
        if phonenumbers.is_possible_number(number):
            seen.append(found.span())
            given = phonenumbers.is_valid_number(number)
            note = "" if given else "a range that is not given out"
            yield mention("phone", found, _e164(number), note)
    if sum(map(str.isdigit, written.text)) < _ENOUGH_DIGITS:
        return
    matcher = PhoneNumberMatcher(written.text, written.region, Leniency.VALID)
    for match in matcher:
        if all(match.end <= start or end <= match.start for start, end in seen):
            number = phonenumbers.parse(match.raw_string, written.region)
            value = _e164(number)
            yield Mention("phone", match.raw_string, value, match.start, match.end)


def full_number(text: str, region: str = "GB") -> str:
    """Which number in full is a number as somebody wrote it? "" when it is none."""
    if sum(map(str.isdigit, text)) < _ENOUGH_DIGITS or re.search("[A-Za-z]", text):
        return ""
    try:
        number = phonenumbers.parse(_without_zero(text), region)
    except phonenumbers.NumberParseException:
        return ""
    return _e164(number) if phonenumbers.is_possible_number(number) else ""


def _without_zero(text: str) -> str:
    return re.sub(r"\(0\)", "", text)


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
