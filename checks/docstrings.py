"""Does every docstring say something of its own?"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from checks.sources import at, functions, python_files, tree_of


def faults() -> Iterator[str]:
    """Name files without a docstring and public functions that share one."""
    for path in python_files():
        if not ast.get_docstring(tree_of(path)):
            yield f"{at(path, 1)} has no docstring: which question does it answer?"
    said: dict[str, list[tuple[Path, int, str]]] = defaultdict(list)
    for path, function in functions():
        words = ast.get_docstring(function)
        if words:
            said[words].append((path, function.lineno, function.name))
    for places in said.values():
        first, *others = places
        for path, line, name in others:
            if (path.name, name) == (first[0].name, first[2]):
                continue  # the same part of another stage, as `apps.py` has in each
            same_as = f"{at(first[0], first[1])} {first[2]}"
            yield f"{at(path, line)} {name} has the docstring of {same_as}"
