"""Which bank accounts does a text name: sort codes, account numbers, IBAN?"""

import re
from collections.abc import Iterator
from importlib import resources

from fourfold.picture.messages.mentions.mention import Mention, Written, mention, near

_IBAN = re.compile(r"(?<!\w)([A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{2,4}){3,8})(?!\w)")
_LENGTHS: dict[str, str] = dict(
    line.split()
    for line in (
        resources.files("fourfold.picture.messages") / "data" / "iban_lengths.txt"
    )
    .read_text(encoding="utf-8")
    .splitlines()
)
"""How long an IBAN of each country is (SWIFT IBAN registry)."""
_SORT = re.compile(r"(?<![\w-])(\d{2})([- /.]?)(\d{2})\2(\d{2})(?![\w-])")
_ACCOUNT = re.compile(r"(?<![\w+£$-])\d{4} ?\d{4}(?![\w-])")
_SORT_WORDS = re.compile(r"\b(?:sort\s?code|sort|s/?c)\b", re.IGNORECASE)
_ACCOUNT_WORDS = re.compile(
    r"\b(?:account|acc(?:ou)?nt|acct?|a/?c)\b|\bacc(?:ount)? ?(?:no|num|number)\b",
    re.IGNORECASE,
)
_WITHIN = 40
"""Letters between a sort code and its account, or its word (chosen)."""


def ibans(written: Written) -> Iterator[Mention]:
    """Which IBAN, their country's length and check digits right?

    Source:
        ISO 13616, check digits by ISO 7064 MOD 97-10.
    """
    for found in _IBAN.finditer(written.text):
        value = re.sub(r"[ -]", "", found[1]).upper()
        length = int(_LENGTHS.get(value[:2], 0))
        if length and len(value) >= length and iban_holds(value[:length]):
            end = _end_after(written.text, found.start(), length)
            text = written.text[found.start() : end]
            yield Mention("iban", text, value[:length], found.start(), end)


def iban_holds(value: str) -> bool:
    """Are the check digits of an IBAN without spaces right?"""
    turned = value[4:] + value[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def accounts(written: Written) -> Iterator[Mention]:
    """Which sort codes and account numbers of British banks?

    A sort code counts beside an account number or its own word; an account number,
    eight digits, beside a sort code or its own word. Together they are one value.
    """
    text = written.text
    taken: set[tuple[int, int]] = set()
    numbers = list(_ACCOUNT.finditer(text))
    for code in _SORT.finditer(text):
        value = f"{code[1]}-{code[3]}-{code[4]}"
        partner = _partner(code, numbers, taken)
        if partner is not None:
            taken.add(partner.span())
            account = partner[0].replace(" ", "")
            start = min(code.start(), partner.start())
            end = max(code.end(), partner.end())
            yield Mention("account", text[start:end], f"{value} {account}", start, end)
        elif near(text, *code.span(), _SORT_WORDS, 12):
            yield mention("account", code, value, "a sort code without an account")
    for number in numbers:
        if number.span() not in taken and near(
            text, *number.span(), _ACCOUNT_WORDS, 20
        ):
            value = number[0].replace(" ", "")
            yield mention("account", number, value, "an account without a sort code")


def _partner(
    code: re.Match[str], numbers: list[re.Match[str]], taken: set[tuple[int, int]]
) -> re.Match[str] | None:
    for number in numbers:
        apart = max(number.start() - code.end(), code.start() - number.end())
        if number.span() not in taken and 0 <= apart <= _WITHIN:
            return number
    return None


def _end_after(text: str, start: int, signs: int) -> int:
    """Where does a text end that holds so many letters and digits from `start`?"""
    seen = 0
    for at in range(start, len(text)):
        seen += text[at].isalnum()
        if seen == signs:
            return at + 1
    return len(text)
