"""Which words stand in a picture?

The engine and its models lie in the installed package; nothing is fetched. One engine
serves a process, and is started when the first picture needs it.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_SCORE = 0.5
"""Lines that the engine is less sure of are left out; the engine's own default."""


@dataclass
class PictureWords:
    """Reads words from pictures until `most` have been read; `None`: from all.

    `read` and `left` count pictures that were read and those that were not.
    """

    most: int | None
    read: int = 0
    left: int = 0
    before: dict[str, str] = field(default_factory=dict)

    def wanted(self, digest: str) -> bool:
        """Are the words of this picture known, or to be read? If not, it is counted."""
        if digest in self.before or self.most is None or self.read < self.most:
            return True
        self.left += 1
        return False

    def words_of(self, pixels: NDArray[np.uint8], digest: str = "") -> str:
        """The lines of words, from top to bottom; "" when none, or not read.

        Args:
            pixels: height x width x 3, red, green, blue.
            digest: of the picture; one that was read before is not read again.
        """
        if digest in self.before:
            return self.before[digest]
        if not self.wanted(digest):
            return ""
        self.read += 1
        found = _engine()(pixels[:, :, ::-1])
        words = "\n".join(text for text in found.txts or () if text.strip())
        if digest:
            self.before[digest] = words
        return words

    def remarks(self) -> list[str]:
        """What must a reader know of pictures whose words were not read?"""
        if not self.left:
            return []
        return [
            f"Words were read from {self.read:,} of {self.read + self.left:,} "
            "pictures and scanned pages; ask for the layout `words` to read all."
        ]


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 (a second to start; often not needed)

    return RapidOCR(
        params={"Global.log_level": "error", "Global.text_score": LEAST_SCORE}
    )
