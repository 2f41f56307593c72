"""Where in the report does each paragraph stand, and what part does it play?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fourfold.base import bodies as known
from fourfold.inspect import bodies, phrases
from fourfold.inspect.blocks import Block
from fourfold.inspect.bodies import Body
from fourfold.inspect.contents import without_contents
from fourfold.inspect.wording import DATE, read_date, squeezed

HEADING_MOST = 230
_PUBLISHED = re.compile(
    rf"^(?:first )?(?:published|publication date|date)\b[\s:]*(?:on\b[\s:]*)?.{{0,20}}?"
    rf"({DATE})|^(?:\w+day,?\s+)?({DATE})$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(?:no\.? ?)?#?(\d{1,2}|[A-Z])$", re.IGNORECASE)
_CUT = re.compile(r"\s*:\s+|\s+-\s+|\.\s+")
_TAG = re.compile(r"\[/?(?:on|status|comment)\]", re.IGNORECASE)
_COMMENT = re.compile(r"\[comment\](.*?)(?=\[/comment\]|$)", re.IGNORECASE)
_STATUSES = re.compile(
    rf"(?:{DATE}|(?:current )?status|awaiting[- ]review|being[- ]progressed|closed"
    r"|not[- ]started|completed?|superseded|ongoing|in progress|on|updated|[\W\d])+",
    re.IGNORECASE,
)
_GRADES = re.compile(
    r"(?:outstanding|good|adequate|requires improvement|inadequate)", re.IGNORECASE
)
_CREDIT = re.compile(
    r"^(?:image|photo|picture|credit|by |author|last updated|read more|source|get the"
    r" report|print this)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Placed:
    """A paragraph with its place: part, body and section, and its role there.

    `part` is front, region, body, back or open (no such parts: an article). `role` is
    title, published, label, heading, section, body, text, bullet, status or comment.
    `label` holds the kind of box that a label opens, `number` what is behind it.
    """

    block: Block
    part: str
    body: Body | None
    section: str | None
    role: str
    label: str = ""
    number: str | None = None
    accelerated: bool = False


@dataclass(frozen=True)
class Outline:
    """The placed paragraphs, the title, the day of publishing and the region."""

    title: str
    published: str | None
    region: Body | None
    places: tuple[Placed, ...]


def outline(blocks: list[Block]) -> Outline:
    """How is the report built?

    Contents lists are left out: their entries repeat headings and are no findings.
    """
    blocks = without_contents(blocks)
    title = _title(blocks)
    region = _region(blocks, title)
    default = _default_body(title, region)
    places = tuple(_placed(blocks, title, region, default))
    published = next((p.block.text for p in places if p.role == "published"), None)
    return Outline(title.text if title else "", published, region, places)


def published_on(printed: str | None) -> str | None:
    """Which day, as an ISO date, does the line of publishing name? None if none."""
    day = read_date(printed) if printed else None
    return day.isoformat() if day else None


def _title(blocks: list[Block]) -> Block | None:
    for block in blocks[:12]:
        if block.level == 1:
            return block
    for block in blocks[:12]:
        if len(block.text) > 12 and not _PUBLISHED.match(block.plain):
            return block
    return blocks[0] if blocks else None


def _region(blocks: list[Block], title: Block | None) -> Body | None:
    texts = ([title.text] * 3 if title else []) + [b.text for b in blocks[:40]]
    seen: Counter[str] = Counter()
    for text in texts:
        for m in bodies.mentions(text):
            if m.body.region and m.body.kind in ("region", "rocu"):
                seen[m.body.region] += 1
    if title and re.search(r"\bLondon regional\b", title.plain, re.IGNORECASE):
        seen["london"] += 100
    if not seen:
        return None
    key = max(seen, key=seen.__getitem__)
    return Body(key, "region", known.region(key).says, key)


def _default_body(title: Block | None, region: Body | None) -> Body | None:
    found = {m.body for m in bodies.mentions(title.text)} if title else set()
    firm = {b for b in found if b.kind in ("force", "fire", "rocu")}
    if len(firm) == 1:
        return firm.pop()
    return region


def _placed(
    blocks: list[Block], title: Block | None, region: Body | None, default: Body | None
) -> Iterator[Placed]:
    part, body, section, comment = "open", default, None, False
    for n, block in enumerate(blocks):
        here = Placed(block, part, body, section, "text")
        if block is title:
            yield replace(here, role="title")
        elif n < 30 and _PUBLISHED.match(block.plain) and len(block.text) < 80:
            yield replace(here, role="published")
        elif moved := _moved(block, region, here):
            part, body, section = moved.part, moved.body, moved.section
            yield moved
        elif opened := _label(block):
            yield from _opened(here, *opened)
        elif _is_status(block):
            comment = _leaves_open(block.plain.lower(), comment)
            yield replace(here, role="status")
            yield from _comments(here)
        elif comment:
            yield replace(here, role="comment")
        elif block.mark and not block.level:
            yield replace(here, role="bullet")
        elif is_heading(block, blocks[n + 1] if n + 1 < len(blocks) else None):
            yield replace(here, role="heading")
        else:
            yield here


def _is_status(block: Block) -> bool:
    """Does the line hold a tracker's statuses, tagged or bare?"""
    words = block.plain
    bare = len(words) < 200 and re.search(r"[a-z]", words) is not None
    return bool(_TAG.search(words) or (bare and _STATUSES.fullmatch(words)))


def _comments(here: Placed) -> Iterator[Placed]:
    """Which comments stand in the line of a status, between their tags?"""
    for found in _COMMENT.finditer(here.block.plain):
        if words := here.block.text[found.start(1) : found.end(1)].strip():
            line = here.block.line_at(found.start(1))
            inner = Block(words, ((0, line),), "", None)
            yield replace(here, block=inner, role="comment")


def _leaves_open(words: str, comment: bool) -> bool:
    """Is a tracker's comment still open behind this line?"""
    opened, closed = words.rfind("[comment]"), words.rfind("[/comment]")
    return comment if opened == closed else opened > closed


def _moved(block: Block, region: Body | None, here: Placed) -> Placed | None:
    """Does a part or section of the report begin here?"""
    if len(block.text) > 160 or block.text.endswith((",", ";", "?")):
        return None
    bare = re.sub(r"^\d{1,2}(?:\.\d+)*[.)]?\s+", "", block.plain)
    for use in ("front", "back"):
        if not (block.mark and use == "front") and phrases.whole(use, bare):
            return Placed(block, use, None, None, "body")
    if found := phrases.whole("region", bare):
        return Placed(block, "region", region, found.says, "body")
    if section := _section(bare, here.body, region):
        return Placed(block, "body", section[0], section[1], "section")
    if (block.mark and not block.mark[0].isdigit()) or bare.endswith("."):
        return None
    body = bodies.named(bare)
    if body and body.kind != "region" and _is_firm(bare, block):
        return Placed(block, "body", body, None, "body")
    return None


def _is_firm(words: str, block: Block) -> bool:
    return block.level is not None or any(
        m.strength == 3 for m in bodies.mentions(words)
    )


def _section(
    words: str, body: Body | None, region: Body | None
) -> tuple[Body | None, str] | None:
    if found := phrases.whole("section", words):
        return _unit_or(body, region), found.says
    for a, b in _halves(words):
        for label, owner in ((a, b), (b, a)):
            found = phrases.whole("section", label)
            if found:
                return _owner(owner, body, region), found.says
    return None


def _halves(words: str) -> Iterator[tuple[str, str]]:
    for mark in re.finditer(r"\s*[:|]\s*|\s+-\s+|,\s+", words):
        yield words[: mark.start()], words[mark.end() :]


def _owner(words: str, body: Body | None, region: Body | None) -> Body | None:
    named = bodies.named(words)
    if named and named.kind != "region":
        return named
    if re.search(r"\b(?:ROCU|unit)\b", words, re.IGNORECASE):
        return _unit_or(None, region)
    if re.search(r"\b(?:MPS|Met)\b", words):
        return bodies.named("Metropolitan Police Service")
    return body


def _unit_or(body: Body | None, region: Body | None) -> Body | None:
    """The body we are in; before any, the region's unit."""
    if body and body.kind != "region":
        return body
    return bodies.unit_of(region) or body


def _label(block: Block) -> tuple[str, str | None, str] | None:
    """Which kind of box opens here, with which number, and what heading in its line?"""
    words = squeezed(block.plain)
    cuts = [(words.rstrip(" :."), "")]
    cuts += [(words[: m.start()], words[m.end() :]) for m in _CUT.finditer(words[:60])]
    for head, rest in cuts:
        number = None
        if not phrases.whole("label", head) and (found := _NUMBER.search(head)):
            head, number = head[: found.start()].rstrip(), found[1]
        if phrase := phrases.whole("label", head):
            return phrase.kind, number, rest.strip()
    return None


def _opened(here: Placed, kind: str, number: str | None, rest: str) -> Iterator[Placed]:
    quick = "accelerated" in here.block.plain.lower()
    yield replace(here, role="label", label=kind, number=number, accelerated=quick)
    if rest:
        begins = here.block.plain.find(rest[:20])
        text = here.block.text[max(begins, 0) :]
        inner = Block(text, ((0, here.block.line),), "", None)
        yield replace(here, block=inner, role="heading")


def is_heading(block: Block, after: Block | None) -> bool:
    """Is the paragraph a heading, by its style or by its shape?

    By shape: two words or more, at most 230 letters, a capital first, no stop at its
    end, one sentence, and something after it.
    """
    if block.level is not None:
        return len(block.text) <= HEADING_MOST
    words = block.plain.strip().rstrip("'\")")
    if after is None or block.mark or not 8 <= len(words) <= HEADING_MOST:
        return False
    if words[-1:] in ".:;,!" or not (words[0].isupper() or words[0] in "'\"4"):
        return False
    if "|" in words or _GRADES.fullmatch(words) or _CREDIT.match(words):
        return False
    return len(words.split()) >= 2 and not re.search(r"[a-z][.!?] +[A-Z]", words)
