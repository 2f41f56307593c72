"""How long does it take to join all kinds of evidence for ten people?"""

from collections.abc import Iterator

from benchmarks import joined
from benchmarks.figures import Figure
from benchmarks.regions import Regions

COUNT = {False: 1_000_000, True: 10_000_000}


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Answers checked, on made-up calls, reads and payments."""
    folder = regions.folder / "joined"
    folder.mkdir(exist_ok=True)
    yield from joined.figures(folder, COUNT[full])
