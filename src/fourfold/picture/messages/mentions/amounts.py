"""How much is an amount in digits or in words: "2.5", "half a", "two hundred"?"""

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: float(n) for n, word in enumerate(_UNITS.split())}
_VALUES |= {word: 10.0 * n for n, word in enumerate(_TENS.split(), start=2)}
_VALUES |= {"a": 1.0, "an": 1.0, "half": 0.5, "couple": 2.0, "quarter": 0.25}
_MANY = {"hundred": 100.0, "thousand": 1000.0}
_WORD = "|".join([*_VALUES, *_MANY])
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
AMOUNT = rf"(?:(?:{DIGITS})|(?:{_WORD})(?:[ -](?:and |a |an |of )?(?:{_WORD}))*)"
"""A pattern of an amount in digits or in words."""


def amount(text: str) -> float:
    """How much is an amount as written? "half a" is 0.5; "two hundred" 200."""
    if re.fullmatch(DIGITS, text):
        return float(text.replace(",", ""))
    total, part, article = 0.0, 0.0, False
    for word in re.split(r"[ -]", text.lower()):
        if word in _MANY:
            part = (part or 1.0) * _MANY[word]
            if word == "thousand":
                total, part = total + part, 0.0
        elif word in ("a", "an"):
            part, article = part or 1.0, part == 0.0
        elif word in _VALUES:
            part = _VALUES[word] if article else part + _VALUES[word]
            article = False
    return total + part
