"""Runs every `bench_*.py` here, or those named: `python -m benchmarks up region`.

Each has a function `figures()` that gives its figures as it measures them.
"""

import sys
from importlib import import_module
from pathlib import Path


def main(wanted: list[str]) -> int:
    """Print all figures; 1 when one is over its budget."""
    here = Path(__file__).parent
    names = wanted or sorted(p.stem[len("bench_") :] for p in here.glob("bench_*.py"))
    over = False
    for name in names:
        print(f"\n{name}", flush=True)
        for figure in import_module(f"benchmarks.bench_{name}").figures():
            print(f"  {figure}", flush=True)
            over = over or figure.over
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
