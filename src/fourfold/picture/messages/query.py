"""What does somebody look for: which words, near which, and which not?

"stab him"          the words side by side
knife NEAR/5 park   within five words of each other, in any order
sell*               words that begin so
-football           messages without the word
shipment~1          words one letter away
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from fourfold.base.errors import FourfoldError
from fourfold.picture.messages.words import words_of

WORD, PREFIX, PHRASE, NEAR = "word", "prefix", "phrase", "near"
_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<other>\S+))')
_NEAR = re.compile(r"NEAR/(\d+)")
_TYPOS = re.compile(r"(.+)~([0-2])")


class UnreadableQuery(FourfoldError):
    """What is looked for cannot be read as words."""

    what = "'{query}' cannot be looked for: {faults}."
    do = 'Write words, "words in quotes", word NEAR/5 word, word*, word~1 or -word.'
    status = 422


@dataclass(frozen=True)
class Part:
    """One thing looked for.

    `kind`: word, prefix, phrase (its words side by side) or near (two words at most
    `within` words apart). `typos`: letters that may differ; `None`: as the search says.
    """

    kind: str
    words: tuple[str, ...]
    within: int = 0
    typos: int | None = None

    def __str__(self) -> str:
        """As it would be typed."""
        if self.kind == PHRASE:
            return f'"{" ".join(self.words)}"'
        if self.kind == NEAR:
            return f"{self.words[0]} NEAR/{self.within} {self.words[1]}"
        tail = "" if self.typos is None else f"~{self.typos}"
        return self.words[0] + ("*" if self.kind == PREFIX else tail)


@dataclass(frozen=True)
class Query:
    """What is looked for and what must not be there."""

    wanted: tuple[Part, ...]
    unwanted: tuple[Part, ...] = ()


def read_query(text: str) -> Query:
    """What does somebody look for?

    Raises:
        UnreadableQuery: quotes are not closed, NEAR lacks a word, or there is no word
            to look for. All faults are named.
    """
    faults = [] if text.count('"') % 2 == 0 else ["a quotation mark is not closed"]
    tokens = [] if faults else list(_PART.finditer(text))
    wanted: list[Part] = []
    unwanted: list[Part] = []
    for number, token in enumerate(tokens):
        near = _NEAR.fullmatch(token["other"] or "")
        if near:
            faults += _join_near(wanted, tokens, number, int(near[1]))
        elif not _is_taken(tokens, number):
            part = _part(token)
            if part is not None:
                (unwanted if token["minus"] else wanted).append(part)
    if not wanted and not faults:
        faults.append("it names no word to look for")
    if faults:
        raise UnreadableQuery(query=text, faults="; ".join(faults))
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def neighbours(part: Part) -> list[tuple[str, str]]:
    """Which pairs of a phrase's words stand side by side?"""
    return list(pairwise(part.words))


def _is_taken(tokens: list[re.Match[str]], number: int) -> bool:
    """Does the token stand beside a NEAR, which takes both its sides?"""
    beside = [n for n in (number - 1, number + 1) if 0 <= n < len(tokens)]
    return any(_NEAR.fullmatch(tokens[n]["other"] or "") for n in beside)


def _join_near(
    wanted: list[Part], tokens: list[re.Match[str]], number: int, within: int
) -> list[str]:
    sides = [
        words_of(tokens[n]["other"] or "")
        if 0 <= n < len(tokens) and not tokens[n]["minus"]
        else []
        for n in (number - 1, number + 1)
    ]
    said = tokens[number]["other"]
    if any(len(side) != 1 for side in sides):
        return [f"{said} needs one word before it and one after it"]
    if within < 1:
        return [f"{said} allows no word between; use 1 or more"]
    wanted.append(Part(NEAR, tuple(s[0].plain for s in sides), within=within))
    return []


def _part(token: re.Match[str]) -> Part | None:
    text = token["phrase"] if token["phrase"] is not None else token["other"]
    typed = _TYPOS.fullmatch(text) if token["phrase"] is None else None
    typos = int(typed[2]) if typed else None
    words = tuple(word.plain for word in words_of(typed[1] if typed else text))
    if not words:
        return None
    if len(words) > 1:
        return Part(PHRASE, words)
    if token["phrase"] is None and text.endswith("*"):
        return Part(PREFIX, words)
    if token["phrase"] is not None:
        return Part(PHRASE, words)
    return Part(WORD, words, typos=typos)
