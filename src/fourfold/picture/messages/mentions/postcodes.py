"""Which postcodes does a text name?"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from fourfold.picture.messages.mentions.mention import Mention, Written, mention

NOWHERE = "ZZ99"
"""The district of postcodes for people without an address."""
_POSTCODE = re.compile(
    r"(?<![\w£$@])([A-Z]{1,2}\d[A-Z\d]?)(\s{0,2})(\d[ABD-HJLNP-UW-Z]{2})(?!\w)",
    re.IGNORECASE,
)


def postcodes(written: Written) -> Iterator[Mention]:
    """Which postcodes, of districts that exist? The value has one space.

    Source:
        NPCC Minimum POLE Data Standards Dictionary 1.1: outward AN, ANN, AAN, AANN,
        ANA or AANA, inward NAA without C I K M O V; districts of Code-Point Open.
    """
    for found in _POSTCODE.finditer(written.text):
        district = found[1].upper()
        if district in districts() and _meant(found):
            note = "stands for no place" if district == NOWHERE else ""
            yield mention("postcode", found, f"{district} {found[3].upper()}", note)


@cache
def districts() -> frozenset[str]:
    """Which postcode districts are there? Those of Northern Ireland by their shape."""
    path = resources.files("fourfold.picture.messages") / "data" / "districts.txt"
    listed = path.read_text(encoding="utf-8").split()
    return frozenset(listed) | {f"BT{n}" for n in range(1, 95)} | {NOWHERE}


def _meant(found: re.Match[str]) -> bool:
    """Is it written as one, and not as words with numbers: "b4 2nd"?"""
    ordinal = found[3].lower() in ("1st", "2nd", "3rd") or re.fullmatch(
        r"\dth", found[3].lower()
    )
    return not (ordinal and found[1] != found[1].upper())
