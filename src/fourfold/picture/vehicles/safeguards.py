"""Is everything recorded that a search of plates in bulk needs before it runs?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fourfold.base import rules
from fourfold.base.analysis import Parameter
from fourfold.base.errors import FourfoldError
from fourfold.base.protected import named_in

PACKAGE = "fourfold.picture.vehicles"
DAYS = ("authorised_on", "expires_on")


class SearchNotAuthorised(FourfoldError):
    """A search in bulk lacks what must be recorded before it runs."""

    what = "The search did not run. It lacks: {lacks}."
    do = "Record all of it and run it again; nothing was searched."
    status = 422


class ProtectedInput(FourfoldError):
    """A search in bulk was handed what the law protects as an input."""

    what = "The search did not run. What is protected is no input: {named}."
    do = "Take it out; vehicles are chosen by offence, warrant or order."
    status = 422


@dataclass(frozen=True)
class Safeguard:
    """One thing to be recorded, in so many words at least."""

    key: str
    says: str
    words: int
    source: str


@dataclass(frozen=True)
class Ground:
    """On what ground a vehicle may be looked for, and the words that say it."""

    key: str
    says: str
    words: tuple[str, ...]
    source: str
    examples: tuple[Any, ...]


SAFEGUARDS = rules.load(Safeguard, PACKAGE, "search_safeguards")
GROUNDS = rules.load(Ground, PACKAGE, "search_grounds")
PARAMETERS = tuple(
    Parameter(row.key, row.says, "day" if row.key in DAYS else "text",
              None if row.key in DAYS else "", required=row.key not in DAYS)
    for row in SAFEGUARDS
)  # fmt: skip
"""What a search asks for; all of it must be given, though it is refused as a whole."""


def check_recorded(parameters: Mapping[str, Any]) -> None:
    """Is the purpose, the basis, the necessity, the officer and the end recorded?

    Raises:
        SearchNotAuthorised: something is lacking. All of it is named.
    """
    lacks = [_lack(row, parameters.get(row.key)) for row in SAFEGUARDS]
    if _same(parameters.get("asked_by"), parameters.get("authorised_by")):
        lacks.append("authorised_by: an officer other than the one who runs it")
    begins, ends = parameters.get("authorised_on"), parameters.get("expires_on")
    if begins is not None and ends is not None and ends < begins:
        lacks.append("expires_on: a day on or after authorised_on")
    known = [row.key for row in GROUNDS]
    unknown = [one for one in parameters.get("grounds") or () if one not in known]
    if unknown:
        lacks.append(f"grounds: one of {', '.join(known)} for {', '.join(unknown)}")
    said = [lack for lack in lacks if lack]
    if said:
        raise SearchNotAuthorised(lacks="; ".join(said))


def check_nothing_protected(
    tables: Mapping[str, Iterable[str]], lists: Iterable[str]
) -> None:
    """Does no column and no list name what the law protects?

    Args:
        tables: the columns of each kind of evidence that was handed over.
        lists: names of lists.

    Raises:
        ProtectedInput: one does. All are named.
    """
    found = [
        f"column '{column}' of {kind} ({', '.join(named)})"
        for kind, columns in tables.items()
        for column in columns
        if (named := named_in(column))
    ]
    found += [
        f"list '{one}' ({', '.join(named)})"
        for one in lists
        if (named := named_in(one))
    ]
    if found:
        raise ProtectedInput(named="; ".join(found))


def ground_of(reason: str) -> str:
    """On which ground does a reason rest? The key of the sheet; "" for none."""
    return next((row.key for row in GROUNDS if _pattern(row.words).search(reason)), "")


def _lack(row: Safeguard, value: Any) -> str:
    says = row.says.rstrip(".")
    if row.key in DAYS:
        return "" if value is not None else f"{row.key} ({says})"
    words = re.findall(r"\w*[A-Za-z0-9]\w*", str(value or ""))
    if len(words) >= row.words:
        return ""
    least = f"; at least {row.words} words" if row.words > 1 else ""
    return f"{row.key} ({says}{least})"


def _same(one: Any, other: Any) -> bool:
    """Do two texts name one officer, whatever capitals, marks and order of words?"""
    a, b = (sorted(re.findall("[a-z0-9]+", str(n or "").lower())) for n in (one, other))
    return bool(a) and a == b


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = (
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in words
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
