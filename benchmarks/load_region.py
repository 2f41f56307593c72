"""How long does each file of a region take to come into an empty database?

Run as a program: `python -m benchmarks.load_region FOLDER`, with FOURFOLD_HOME set.
Prints one line of JSON.
"""

import json
import sys
import time
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

from fourfold_web.desk.readiness import data_home, ready_site
from fourfold_web.desk.region_load import load_region


def main(folder: Path) -> None:
    """Load the region, and print the counts and the seconds of each file."""
    begun: list[tuple[str, float]] = []

    def told(file: str, _rows: int, _total: int) -> None:
        begun.append((file, time.perf_counter()))

    with ready_site(data_home()):
        start = time.perf_counter()
        loaded = load_region(folder, told)
        seconds = time.perf_counter() - start
    pairs = pairwise(begun)
    by_file = {file: after - at for (file, at), (_, after) in pairs}
    print(json.dumps(asdict(loaded) | {"seconds": seconds, "by_file": by_file}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
