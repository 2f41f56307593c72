"""How long do the questions about radio surveys take?"""

from collections.abc import Iterator

from benchmarks import survey
from benchmarks.figures import Figure
from benchmarks.regions import Regions

COUNT = {False: 100_000, True: 1_000_000}


def figures(_regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Answers checked, on made-up evidence."""
    yield from survey.figures(COUNT[full])
