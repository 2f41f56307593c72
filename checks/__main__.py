"""Which of our own rules does the code break? `python -m checks` names them all."""

import sys
from collections.abc import Callable, Iterable

from checks import docstrings, errors, names, sizes, tests_beside

CHECKS: dict[str, Callable[[], Iterable[str]]] = {
    "sizes": sizes.faults,
    "names": names.faults,
    "docstrings": docstrings.faults,
    "errors": errors.faults,
    "tests": tests_beside.faults,
}


def main() -> int:
    """Print every fault with its file and line; 1 when there is any."""
    found = [f"{fault}  [{name}]" for name in CHECKS for fault in CHECKS[name]()]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
