"""What does a number in a sentence count?"""

import re

from fourfold.inspect.figure_values import Value
from fourfold.inspect.wording import plain, squeezed

_WORDS_MOST = 14
_STOP = re.compile(
    r"[.;:,()\"\x00]|\s(?:but|which|who|whom|while|although|because|so|if|when|where|since"
    r"|during|until|however|despite)\s|\s-|\sand\s(?=\d|it\b|they\b|we\b|this\b|there\b"
    r"|the force|was\b|were\b|is\b|has\b|had\b|that\b|will\b|plans?\b)",
    re.IGNORECASE,
)
_WEAK_START = re.compile(
    r"^(?:(?:of|in|the|all|its|their|these|those|them|were|was|are|is|been|had|have|has"
    r"|being|such|to|also|a|an|only)\s+)+",
    re.I,
)
_WEAK_END = re.compile(
    r"(?:(?:^|\s+)(?:of|in|on|the|a|an|at|to|by|for|with|from|was|were|is|are|be|been|has|had"
    r"|have|only|just|over|than|more|less|about|around|approximately|nearly|almost|under"
    r"|up|some|further|and|its|their|which|that|this|these|out|totalling|including))+$",
    re.I,
)
_NO_SUBJECT = re.compile(
    r"^\s*(?:$|[.;:,()\x00]|(?:in|on|at|by|for|to|from|during|since|between|compared"
    r"|nationally|(?:a|per|each|every) (?:year|month|week|day|quarter)|per annum"
    r"|and|or|but|when|while|which|as|per|against|old|long)\b)",
    re.I,
)
_PIECES = re.compile(
    r"[.;:()\x00]|, |\b(?:told us|told inspectors|said|says|reports?|reported|found"
    r"|stated|informed|showed?|shows)(?: that)?\b",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"\b(?:average|total|number|proportion|rate|level|share|value|cost)\b.*",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"\bof (?:which|whom|these|those|them),?\s*$")
_POINTS_BACK = re.compile(
    r"^(?:(?:this|it|these|that|they|which)\b|(?:up|down|compared|an increase|a rise"
    r"|a fall|we|or)?\s*$)",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"(?:\s*\([^)]*\))?\s*(?:of|in) (?:which|whom|them|these)\b", re.IGNORECASE
)


def counted(part: str, found: list[Value], n: int, last: str) -> str:
    """What does a number count, in a few words of its sentence?

    Args:
        part: the sentence made plain, its periods blanked.
        found: the sentence's values, in order.
        n: which of them.
        last: what the number before it in the paragraph counted, "" if none did.

    Returns:
        At most 14 words; "" if the sentence names nothing. "This has since been
        revised to 15" counts what the number before it did.
    """
    part_of = _PART_OF.match(part[found[n].ends :])
    of_which = re.search(
        r"\bof (?:which|whom|these|those|them),?\s*$", part[: found[n].begins]
    )
    if last and (part_of or of_which):
        skipped = part_of.end() if part_of else _bracket(part, found[n].ends)
        rest = _after(part, found[n].ends + skipped, found)
        return " ".join([last, *rest.split()][:_WORDS_MOST])
    words = _measures(part, found, n)
    return last if last and _POINTS_BACK.match(f"{words} ") else words


def _measures(part: str, found: list[Value], n: int) -> str:
    """What does the number count? A few words of the sentence."""
    value = found[n]
    if value.unit == "rank":
        words = _after(part, value.begins, found, own=True)
        return re.sub(
            r"^(?:the|second|third|fourth|fifth|joint)\s+", "", words, flags=re.I
        )
    if value.noun:
        return squeezed(value.noun)
    inside = part[: value.begins].rstrip().endswith("(")
    if inside and n and part[found[n - 1].ends : value.begins].strip() == "(":
        return _after(part, part.find(")", value.ends) + 1, found)
    if inside and re.match(r"\s*\)", part[value.ends :]):
        return _before(part, value.begins)
    begins = value.ends + _bracket(part, value.ends)
    if value.unit == "times":
        return _before(part, value.begins) or _after(part, begins, found)
    joined = r"\s*(?:of|in|worth)\b" if value.unit == "GBP" else r"\s*of\b"
    if value.qualifier == "between" and n + 1 < len(found):
        upper = found[n + 1]
        if re.fullmatch(r"\s*(?:and|-)\s*", part[value.ends : upper.begins]):
            return _after(part, upper.ends, found)
    if _NO_SUBJECT.match(part[begins:]) and not re.match(joined, part[begins:]):
        return _before(part, value.begins) or _after(part, begins, found)
    return _after(part, begins, found) or _before(part, value.begins)


def _bracket(part: str, begins: int) -> int:
    """How long is the bracket that follows here? 0 if none does."""
    found = re.match(r"\s*\([^)]*\)", part[begins:])
    return found.end() if found else 0


def _after(part: str, begins: int, found: list[Value], *, own: bool = False) -> str:
    rest = part[begins:]
    others = [v for v in found if v.begins > begins]
    if others and re.match(
        r"\s*(?:out )?of (?:the |its |all )?$", rest[: others[0].begins - begins]
    ):
        return _after(part, others[0].ends, found)
    limit = others[0].begins - begins if others else len(rest)
    stop = _STOP.search(rest, 2)
    rest = rest[: min(limit, stop.start() if stop else len(rest))]
    words = _WEAK_START.sub("", squeezed(rest) + " ") if not own else squeezed(rest)
    return _WEAK_END.sub("", " ".join(words.split()[:_WORDS_MOST])).strip(" -'\"")


def _before(part: str, ends: int) -> str:
    head = re.sub(r"[(\s]+$", "", part[:ends])
    while (trimmed := _WEAK_END.sub("", head.rstrip(" ,"))) != head:
        head = trimmed
    pieces = [p for p in _PIECES.split(plain(head)) if p.strip()]
    last = pieces[-1] if pieces else ""
    number = _NUMBER_OF.search(last)
    words = (number[0] if number else last).split()[-_WORDS_MOST:]
    return _WEAK_START.sub("", " ".join(words) + " ").strip(" -'\"")
