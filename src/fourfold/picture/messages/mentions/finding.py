"""What does a text name, each part of it once, the surest kind first?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from fourfold.picture.messages.mentions.accounts import accounts, ibans
from fourfold.picture.messages.mentions.mention import Mention, Written
from fourfold.picture.messages.mentions.money import MONEY_WORDS, sums
from fourfold.picture.messages.mentions.people import (
    Saved,
    introduced,
    saved_mentions,
    saved_people,
)
from fourfold.picture.messages.mentions.phones import phones
from fourfold.picture.messages.mentions.places import settlements, streets
from fourfold.picture.messages.mentions.plates import plates
from fourfold.picture.messages.mentions.postcodes import postcodes
from fourfold.picture.messages.mentions.quantities import QUANTITY_WORDS, quantities
from fourfold.picture.messages.mentions.times import TIME_WORDS, times
from fourfold.picture.messages.mentions.wallets import wallets
from fourfold.picture.messages.mentions.web import mails, webs
from fourfold.picture.messages.terms import TermBook, term_book

_TAKEN = "\x00"


@dataclass(frozen=True)
class _Finder:
    """Who looks, for what; only in texts with a digit, or with one of the words."""

    kinds: tuple[str, ...]
    find: Callable[[Written], Iterator[Mention]]
    digits: bool = False
    words: tuple[str, ...] = ()


FINDERS = (
    _Finder(("email",), mails),
    _Finder(("web",), webs),
    _Finder(("wallet",), wallets, digits=True),
    _Finder(("iban",), ibans, digits=True),
    _Finder(("phone",), phones, digits=True),
    _Finder(("account",), accounts, digits=True),
    _Finder(("postcode",), postcodes, digits=True),
    _Finder(("plate",), plates, digits=True),
    _Finder(("place",), streets),
    _Finder(("time",), times, digits=True, words=TIME_WORDS),
    _Finder(("money",), sums, digits=True, words=MONEY_WORDS),
    _Finder(("quantity",), quantities, digits=True, words=QUANTITY_WORDS),
    _Finder(("person",), introduced),
)
"""Who looks first: what is found takes its place, and those after look elsewhere."""
KINDS = tuple(dict.fromkeys(kind for finder in FINDERS for kind in finder.kinds))
NOBODY = saved_people([])


def mentions_of(
    text: str,
    *,
    sent_local: datetime | None = None,
    saved: Saved = NOBODY,
    kinds: Sequence[str] = KINDS,
) -> list[Mention]:
    """What does one text name, from left to right, nothing twice?

    Args:
        text: the words of a message.
        sent_local: when it was sent, by the clock on the wall.
        saved: people as saved in contact lists.
        kinds: which of `KINDS` to look for.
    """
    found = mentions_in([text], [sent_local], saved=saved, kinds=kinds)
    return [mention for _, mention in found]


def mentions_in(
    texts: Sequence[str | None],
    sent_local: Sequence[datetime | None],
    *,
    saved: Saved = NOBODY,
    kinds: Sequence[str] = KINDS,
) -> Iterator[tuple[int, Mention]]:
    """What do many texts name, each with the position of its text, in order?

    `text[mention.start:mention.end]` is `mention.text`, always.
    """
    by_name: dict[int, list[Mention]] = defaultdict(list)
    for row, mention in saved_mentions(texts, saved) if "person" in kinds else ():
        by_name[row].append(mention)
    for row, mention in settlements(texts) if "place" in kinds else ():
        by_name[row].append(mention)
    wanted = [finder for finder in FINDERS if set(finder.kinds) & set(kinds)]
    hinted = _hinted(texts)
    for row, text in enumerate(texts):
        if text:
            finders = [
                finder
                for finder in wanted
                if not finder.digits
                or finder.kinds in hinted.get(row, ())
                or any(map(str.isdigit, text))
            ]
            written = Written(text, sent_local[row])
            for mention in _apart(written, finders, by_name.get(row, ())):
                yield row, mention


@cache
def _hints() -> tuple[list[tuple[str, ...]], TermBook]:
    hints = [(finder.kinds, word) for finder in FINDERS for word in finder.words]
    return [kinds for kinds, _ in hints], term_book([word for _, word in hints])


def _hinted(texts: Sequence[str | None]) -> dict[int, set[tuple[str, ...]]]:
    """Which finders have one of their words in each text?"""
    kinds, book = _hints()
    return {
        row: {kinds[t] for t in terms} for row, terms in book.possible(texts).items()
    }


def _apart(
    written: Written, finders: Iterable[_Finder], named: Iterable[Mention]
) -> list[Mention]:
    text = written.text
    kept: list[Mention] = []
    for finder in finders:
        rest = _keep(finder.find(written), written.text, kept, text)
        if rest is not written.text:
            written = replace(written, text=rest)
    _keep(sorted(named, key=lambda m: m.start - m.end), written.text, kept, text)
    return sorted(kept, key=lambda m: (m.start, m.end))


def _keep(found: Iterable[Mention], rest: str, kept: list[Mention], text: str) -> str:
    """Keep what stands on free ground, and give the text with that ground taken."""
    for mention in found:
        ground = rest[mention.start : mention.end]
        if ground and _TAKEN not in ground:
            kept.append(replace(mention, text=text[mention.start : mention.end]))
            filler = _TAKEN * len(ground)
            rest = rest[: mention.start] + filler + rest[mention.end :]
    return rest
