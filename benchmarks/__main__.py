"""How long does it take here? `python -m benchmarks [NAMES] [--full] [--json]`.

Runs every `bench_*.py` of this folder, or those named. Each has a function `figures`
that checks its answers and gives its figures as it measures them.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.machine import machine, said
from benchmarks.regions import Regions

HERE = Path(__file__).parent


def main() -> int:
    """Print all figures; 1 when one is over its budget."""
    asked = _asked()
    names = asked.names or _names()
    facts = machine()
    if not asked.json:
        print(said(facts), flush=True)
    found: dict[str, list[Figure]] = {}
    with _folder(asked.keep) as folder:
        regions = Regions(folder)
        for name in names:
            if not asked.json:
                print(f"\n{name}", flush=True)
            found[name] = []
            bench = import_module(f"benchmarks.bench_{name}")
            for figure in bench.figures(regions, full=asked.full):
                found[name].append(figure)
                if not asked.json:
                    print(f"  {figure}", flush=True)
    if asked.json:
        shown = {name: [f.as_json() for f in fs] for name, fs in found.items()}
        print(json.dumps({"machine": facts, "figures": shown}, indent=2))
    return int(any(figure.over for figures in found.values() for figure in figures))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", help=f"which of: {', '.join(_names())}")
    parser.add_argument("--full", action="store_true", help="scales 20 and 50 as well")
    parser.add_argument("--json", action="store_true", help="for another program")
    keep = "make regions and data homes here and leave them for the next run"
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help=keep)
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(_names()):
        parser.error(f"no benchmark called {', '.join(sorted(unknown))}")
    return asked


def _names() -> list[str]:
    return sorted(path.stem[len("bench_") :] for path in HERE.glob("bench_*.py"))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """A folder that the server's own user can walk into."""
    if keep is not None:
        keep.mkdir(mode=0o711, parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="fourfold-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main())
