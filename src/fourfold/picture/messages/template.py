"""What have nearly the same texts in common, and what varies between them?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

GAP = "[…]"
MOST_VARIANTS = 12


@dataclass(frozen=True)
class Template:
    """A text with a gap where copies vary, and what stands in each gap."""

    text: str
    varying: tuple[str, ...]


def template_of(texts: Sequence[str]) -> Template:
    """Which template have several copies of a text?

    Args:
        texts: one or more copies; the first is the one that the others are held
            against.

    Returns:
        Its words, a gap for each run of words that some copy has otherwise; for each
        gap, what stands there: "Dave | Sam | nothing".
    """
    words = [text.split() for text in texts]
    model = words[0]
    varies = _varying(model, words[1:])
    gaps = _gaps(varies, len(model))
    parts, at = [], 0
    for begin, end in gaps:
        parts += [*model[at:begin], GAP]
        at = end
    text = " ".join([*parts, *model[at:]])
    return Template(text, tuple(_variants(model, words[1:], gap) for gap in gaps))


def _varying(model: list[str], copies: list[list[str]]) -> list[tuple[int, int]]:
    found = set()
    for copy in copies:
        for code in Levenshtein.opcodes(model, copy):
            if code.tag != "equal":
                found.add((code.src_start, code.src_end))
    return sorted(found)


def _gaps(varies: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Runs of words that vary, neighbours joined; an added word is a gap of none."""
    gaps: list[tuple[int, int]] = []
    for begin, end in varies:
        if gaps and begin <= gaps[-1][1]:
            gaps[-1] = (gaps[-1][0], max(gaps[-1][1], end))
        else:
            gaps.append((begin, min(end, size)))
    return gaps


def _variants(model: list[str], copies: list[list[str]], gap: tuple[int, int]) -> str:
    begin, end = gap
    seen: dict[str, int] = defaultdict(int)
    seen[" ".join(model[begin:end]) or "nothing"] += 1
    for copy in copies:
        taken: list[str] = []
        for code in Levenshtein.opcodes(model, copy):
            taken += _part(code, copy, begin, end)
        seen[" ".join(taken) or "nothing"] += 1
    common = sorted(seen, key=lambda text: (-seen[text], text))
    more = len(common) - MOST_VARIANTS
    shown = common[:MOST_VARIANTS] + ([f"{more:,} more"] if more > 0 else [])
    return " | ".join(shown)


def _part(code: Any, copy: list[str], begin: int, end: int) -> list[str]:
    """The words of a copy that stand where the gap of the model is."""
    inside = begin <= code.src_start and code.src_end <= end
    if code.tag == "equal":
        first, last = max(begin, code.src_start), min(end, code.src_end)
        shift = code.dest_start - code.src_start
        return copy[first + shift : last + shift] if first < last else []
    return copy[code.dest_start : code.dest_end] if inside else []
