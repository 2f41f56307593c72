"""How long do the questions about plate reads take?"""

from collections.abc import Iterator

from benchmarks import reads
from benchmarks.figures import Figure
from benchmarks.regions import Regions

COUNT = {False: 1_000_000, True: 10_000_000}


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Answers checked, on made-up reads."""
    folder = regions.folder / "reads"
    folder.mkdir(exist_ok=True)
    yield from reads.figures(folder, COUNT[full], COUNT[full] // 100)
