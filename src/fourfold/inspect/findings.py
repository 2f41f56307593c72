"""What does a report find: boxed, in a plain heading, as a request or as history?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from fourfold.inspect import phrases
from fourfold.inspect.bodies import Body
from fourfold.inspect.report import Finding
from fourfold.inspect.sections import Placed
from fourfold.inspect.wording import plain, sentences

Names = dict[tuple[str, str], str]
_BREAKS = frozenset({"label", "heading", "section", "body", "title", "published"})
_ITEM = re.compile(
    r"^(?:the |[A-Z][\w&' ]+ )?(?:force|service|constabulary|unit|police)\b.{0,40}?"
    r"\b(?:should|must|needs? to)\b",
    re.IGNORECASE,
)


@dataclass
class _Box:
    """A box or heading being filled, until the next one begins."""

    kind: str
    place: Placed
    head: Placed | None = None
    texts: list[Placed] = field(default_factory=list)
    bullets: list[Placed] = field(default_factory=list)


def findings(places: Sequence[Placed], names: Names) -> tuple[Finding, ...]:
    """Which findings stand in the report, in its order?

    Args:
        places: the outline's paragraphs.
        names: (kind, slug) → the full name that this report prints.

    Returns:
        Boxes and plain headings by the line of their heading, then in each the
        requests and the history it holds. Nothing from the introduction or the
        appendices. Empty if there is none.
    """
    out = [f for box in _boxes(places) for f in _of_box(box, names)]
    out += [f for place in places for f in _asides(place, names)]
    return tuple(sorted(out, key=lambda f: (f.line, f.kind in ("request", "history"))))


def shown(body: Body | None, names: Names) -> str | None:
    """Under which name is the body shown? As this report prints it in full."""
    if body is None:
        return None
    return names.get((body.kind, body.slug), body.name)


def item_words(text: str) -> str:
    """What does a list item say without the "; and" that joins it to the next?"""
    return re.sub(r"\s*[;,]\s*(?:and|or)?\s*$", "", text)


def _boxes(places: Sequence[Placed]) -> Iterator[_Box]:
    box: _Box | None = None
    for place in places:
        fresh = box is not None and not (box.head or box.texts or box.bullets)
        if place.role == "heading" and fresh and box and box.kind:
            box.head = place
            continue
        if place.role in _BREAKS:
            if box:
                yield box
            box = _opened(place)
        elif box and place.role == "bullet":
            box.bullets.append(place)
        elif box and place.role == "text":
            box.texts.append(place)
    if box:
        yield box


def _opened(place: Placed) -> _Box | None:
    if place.role == "label":
        return _Box(place.label, place)
    if place.role == "heading" and place.part in ("body", "region"):
        return _Box("", place, head=place)
    return None


def _of_box(box: _Box, names: Names) -> list[Finding]:
    if box.kind == "recommendation" or not (box.head or box.texts or box.bullets):
        return []
    if box.kind == "":
        if not (box.texts or box.bullets):
            return []
        return [_made(_wording_kind(box.place.block.text), box, names)]
    if box.head is None and box.kind != "cause of concern":
        items = _items(box)
        if items:
            alone = [_single(box, item, names) for item in items[:-1]]
            rest = [t for t in box.texts if t.block.line > items[-1].block.line]
            last = _Box(box.kind, box.place, head=items[-1], texts=rest)
            return [*alone, _made(box.kind, last, names)]
    return [_made(box.kind, box, names)]


def _items(box: _Box) -> list[Placed]:
    """Which paragraphs are findings of their own, under one label (older pages)?"""
    if box.bullets and not box.texts:
        return box.bullets
    whole = list(takewhile(_is_item, box.texts))
    return whole if len(whole) > 1 and not box.bullets else []


def _is_item(place: Placed) -> bool:
    words = place.block.plain
    return bool(_ITEM.match(words)) and len(sentences(words)) == 1


def _wording_kind(heading: str) -> str:
    asks = phrases.within("improvement", heading)
    return "improvement heading" if asks else "positive heading"


def _single(box: _Box, item: Placed, names: Names) -> Finding:
    alone = _Box(box.kind, box.place, head=item)
    return _made(box.kind, alone, names)


def _made(kind: str, box: _Box, names: Names) -> Finding:
    texts = list(box.texts)
    head = box.head or (texts[0] if texts else box.bullets[0])
    heading = head.block.text
    if box.head is None and texts:
        begins, ends = sentences(heading)[0]
        heading = heading[begins:ends]
    return Finding(
        kind=kind,
        body=shown(box.place.body, names),
        section=box.place.section,
        heading=heading.strip(),
        text="\n".join(t.block.text for t in texts),
        bullets=tuple(item_words(b.block.text) for b in box.bullets),
        line=head.block.line,
        quote=heading.strip(),
        body_slug=box.place.body.slug if box.place.body else None,
        body_kind=box.place.body.kind if box.place.body else None,
        accelerated=box.place.accelerated,
    )


def _asides(place: Placed, names: Names) -> Iterator[Finding]:
    """Which requests and pieces of history stand in one paragraph?"""
    if place.role not in ("text", "bullet") or place.part in ("front", "back"):
        return
    for begins, ends in sentences(place.block.text):
        words = place.block.text[begins:ends]
        kind = next(
            (k for k in ("request", "history") if phrases.within(k, plain(words))), None
        )
        if kind:
            yield Finding(
                kind=kind,
                body=shown(place.body, names),
                section=place.section,
                heading="",
                text=words,
                bullets=(),
                line=place.block.line_at(begins),
                quote=words,
                body_slug=place.body.slug if place.body else None,
                body_kind=place.body.kind if place.body else None,
            )
