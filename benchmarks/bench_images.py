"""How long do the questions about pictures take?"""

from collections.abc import Iterator

from benchmarks import images
from benchmarks.figures import Figure
from benchmarks.regions import Regions

COUNT = {False: 10_000, True: 100_000}


def figures(_regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Answers checked, on made-up evidence."""
    yield from images.figures(COUNT[full])
