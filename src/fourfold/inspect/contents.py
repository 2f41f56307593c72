"""Which paragraphs are a list of contents, and no part of the report's text?"""

import re

from fourfold.inspect.blocks import Block

ENTRY_MOST = 230
_ENTRY = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?\s+)?(.*?)[\s.·]*(?:\d{1,3})?\s*$")


def without_contents(blocks: list[Block]) -> list[Block]:
    """Which paragraphs are left when lists of contents are taken out?

    A contents list is a run of four or more short entries, each of which comes again
    later as a heading; or the numbered entries under the line "Contents".
    """
    last = {block.key: n for n, block in enumerate(blocks) if not block.mark}
    out: list[Block] = []
    n = 0
    while n < len(blocks):
        end = _end_of_contents(blocks, n, last)
        if end > n:
            n = end
            continue
        out.append(blocks[n])
        n += 1
    return out


def _end_of_contents(blocks: list[Block], n: int, last: dict[str, int]) -> int:
    titled = blocks[n].key in ("contents", "table of contents", "in this report")
    first = end = n + 1 if titled else n
    if not titled and not blocks[n].mark:
        return n
    starts = _entry(blocks[first]) if first < len(blocks) else ""
    while end < len(blocks) and _is_entry(blocks[end], end, last, titled=titled):
        if end > first and not blocks[end].mark and _entry(blocks[end]) == starts:
            break
        end += 1
    if titled:
        return end
    return end if end - first >= 4 else n


def _entry(block: Block) -> str:
    found = _ENTRY.match(block.key)
    return found[1].rstrip(" .") if found else block.key


def _is_entry(block: Block, n: int, last: dict[str, int], *, titled: bool) -> bool:
    if len(block.text) > ENTRY_MOST or block.text.endswith((";", ":")):
        return False
    returns = last.get(_entry(block), -1) > n or last.get(block.key, -1) > n
    if block.mark:
        return returns or (titled and block.mark[0].isdigit())
    return titled and returns
