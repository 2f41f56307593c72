"""Which pages are made from the code, and do they still say what it says?

`python -m checks.generated` writes them; the tests say which are stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from checks import command_page, rule_pages, word_tables
from checks.sources import ROOT

DOCS = ROOT / "docs"


def pages() -> dict[Path, str]:
    """Every generated page, by its path."""
    made = {**rule_pages.pages(), **word_tables.pages(), **command_page.pages()}
    return {DOCS / name: text for name, text in made.items()}


def faults() -> Iterator[str]:
    """Name each page that is stale or missing, and each whose sheet is gone."""
    made = pages()
    for path, text in made.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{path.relative_to(ROOT)} is stale: run `python -m checks.generated`"
    for path in sorted((DOCS / "rules").glob("*.md")):
        if path not in made:
            yield f"{path.relative_to(ROOT)} has no sheet: remove it"


def main() -> int:
    """Write every page, and say which have changed."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))
    left = [fault for fault in faults() if "has no sheet" in fault]
    print(*left, sep="\n", end="\n" if left else "")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
