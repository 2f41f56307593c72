"""Does a rule name a protected characteristic, so that it may not decide anything?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fourfold.base import rules
from fourfold.base.errors import SheetFault


@dataclass(frozen=True)
class Protected:
    """A characteristic that the law protects, and the words that name it."""

    key: str
    says: str
    words: tuple[str, ...]
    source: str


def named_in(text: str) -> list[str]:
    """Which protected characteristics does a text name? Keys in the sheet's order.

    Only whole words count, in capitals or not; "_" and "-" part words.
    """
    plain = f" {' '.join(re.findall('[a-z]+', text.lower()))} "
    return [
        one.key for one in PROTECTED if any(f" {word} " in plain for word in one.words)
    ]


def refuse_protected(sheet: str, row: str, texts: Iterable[str]) -> None:
    """Let nothing protected into a sheet that decides about people.

    Raises:
        SheetFault: one of the texts names a protected characteristic.
    """
    found = [key for text in texts for key in named_in(text)]
    if found:
        fault = f"it names what is protected: {', '.join(dict.fromkeys(found))}"
        raise SheetFault(sheet=sheet, row=row, fault=fault)


PROTECTED = rules.load(Protected, "fourfold.base", "protected")
