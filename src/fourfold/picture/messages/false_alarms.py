"""How often do the lexicons and the urgent rules go off on ordinary texts?

`python -m fourfold.picture.messages.false_alarms FILE` measures it on a file of
ordinary texts, one a line, and writes it beside the lexicons, where every answer finds
it. A test fails when the kept figures are not those of the sheets.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from fourfold.picture.messages.lexicon import PACKAGE, SHEETS, lexicons
from fourfold.picture.messages.urgent import counted_findings

SOURCE = (
    "SMS Spam Collection v.1 (Almeida, Gómez Hidalgo, Yamakami 2011), CC BY 4.0: its "
    "texts that are not spam, sent before 2012"
)


def ordinary_texts(path: Path) -> list[str]:
    """Which ordinary texts does a file hold, one a line, gzipped or not?"""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return content.decode("utf-8").splitlines()


def false_alarms(texts: Sequence[str]) -> dict[str, Any]:
    """In how many texts does each term, each lexicon and each urgent rule go off?

    Args:
        texts: ordinary texts: whatever goes off is a false alarm.

    Returns:
        `texts` (how many), `terms` ("lexicon: term" to texts that hold it, those seen
        only), `lexicons` (texts with any term, and with one that counts), `urgent`
        (texts in which any rule counts, in all and in each half).
    """
    terms = _terms_seen(texts)
    return {
        "source": SOURCE,
        "texts": len(texts),
        "terms": dict(sorted(terms.items())),
        "lexicons": _lexicons_seen(texts, terms),
        "urgent": _urgent_seen(texts),
    }


def kept_false_alarms() -> Mapping[str, Any]:
    """Which figures are kept beside the lexicons?"""
    kept = resources.files(PACKAGE) / "measured.json"
    return dict(json.loads(kept.read_text(encoding="utf-8")))


def _terms_seen(texts: Sequence[str]) -> Counter[str]:
    return Counter(
        f"{lexicon}: {text}"
        for _, lexicon, text in {
            (hit.row, hit.term.lexicon, hit.term.text) for hit in lexicons().hits(texts)
        }
    )


def _lexicons_seen(
    texts: Sequence[str], terms: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """With the figures just measured, not those kept before."""
    book = lexicons().measured_again(terms, len(texts))
    hits = book.hits(texts)
    return {
        name: {
            "any": len({h.row for h in hits if h.term.lexicon == name}),
            "counted": len(
                {h.row for h in hits if h.term.lexicon == name and not h.why_not}
            ),
        }
        for name in SHEETS
    }


def _urgent_seen(texts: Sequence[str]) -> dict[str, int]:
    rows = {n for n, text in enumerate(texts) if counted_findings(text)}
    even = sum(row % 2 == 0 for row in rows)
    return {"all": len(rows), "written on": even, "held back": len(rows) - even}


def main() -> int:
    """Measure on the file named and keep the figures."""
    found = false_alarms(ordinary_texts(Path(sys.argv[1])))
    kept = Path(str(resources.files(PACKAGE) / "measured.json"))
    kept.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
