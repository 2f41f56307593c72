"""Which known word did somebody mean?"""

from collections.abc import Iterable
from difflib import get_close_matches

from fourfold.intake.words import same_word

NEAR = 0.72
"""How alike two words must be, 0 to 1, before we name the near miss (chosen)."""


def near_miss(word: str, known: Iterable[str]) -> str:
    """Which of the known words is nearest to `word`? "" when none is near."""
    forms: dict[str, str] = {}
    for each in known:
        forms.setdefault(same_word(each), each)
    found = get_close_matches(same_word(word), forms, n=1, cutoff=NEAR)
    return forms[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Which hint follows a word that nobody knows? "" when nothing is near."""
    near = near_miss(word, known)
    return f" (did you mean '{near}'?)" if near else ""
