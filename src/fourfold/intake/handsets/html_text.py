"""Which words does a piece of HTML show?"""

import re
from html.parser import HTMLParser

UNSEEN = frozenset(("script", "style", "head", "title", "template"))
BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre"),
        *("section", "table", "tr", "ul"),
    )
)
CELLS = frozenset(("td", "th"))


def text_of_html(html: str) -> str:
    """The words, one block a line, without marks, scripts and styles."""
    shown = _Shown()
    shown.feed(html)
    shown.close()
    lines = (" ".join(line.split()) for line in "".join(shown.pieces).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Shown(HTMLParser):
    """Gathers what a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002 (the parser gives them)
    ) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in BLOCKS:
            self.pieces.append("\n")
        elif tag in CELLS:
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(" ".join(re.split(r"\s+", data)))
