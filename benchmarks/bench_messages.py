"""How long do the questions about messages take?"""

from collections.abc import Iterator

from benchmarks import messages
from benchmarks.figures import Figure
from benchmarks.regions import Regions

COUNT = {False: 100_000, True: 1_000_000}
WATCHED = {False: 30_000, True: 300_000}


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Answers checked, on made-up messages."""
    folder = regions.folder / "messages"
    folder.mkdir(exist_ok=True)
    yield from messages.figures(folder, messages=COUNT[full], entries=WATCHED[full])
