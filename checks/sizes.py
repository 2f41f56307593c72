"""Is every file, function body and list of parameters small enough to hold in mind?"""

import ast
from collections.abc import Iterator

from checks.sources import Function, at, functions, python_files

FILE_LINES = 400  # we aim at 300: above it, think of a split
BODY_LINES = 40
PARAMETERS = 5
LEVELS = 3
NESTS = (ast.If, ast.For, ast.While, ast.Try, ast.Match)


def faults() -> Iterator[str]:
    """Name each file and function above the limits."""
    for path in python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            yield f"{at(path, 1)} has {lines} lines; the limit is {FILE_LINES}"
    for path, function in functions():
        here = f"{at(path, function.lineno)} {function.name}"
        if (lines := body_lines(function)) > BODY_LINES:
            yield f"{here} has {lines} lines of body; the limit is {BODY_LINES}"
        if (count := positional(function)) > PARAMETERS and not is_command(function):
            yield f"{here} takes {count} positional parameters, not {PARAMETERS}"
        if (levels := depth(function.body)) > LEVELS:
            yield f"{here} nests {levels} levels; the limit is {LEVELS}"


def body_lines(function: Function) -> int:
    """How long is the body, its docstring left out?"""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def positional(function: Function) -> int:
    """How many parameters may be given by place? `self` and `cls` do not count."""
    names = [a.arg for a in function.args.posonlyargs + function.args.args]
    return len([name for name in names if name not in ("self", "cls")])


def is_command(function: Function) -> bool:
    """Is this a command of the terminal? Its parameters are given by name there."""
    return any(".command(" in ast.unparse(made) for made in function.decorator_list)


def depth(body: list[ast.stmt]) -> int:
    """How many blocks lie inside each other? An `elif` is no deeper than its `if`."""
    deepest = 0
    for node in body:
        if isinstance(node, ast.With):  # opens something, decides nothing
            deepest = max(deepest, depth(node.body))
        if not isinstance(node, NESTS):
            continue
        orelse = getattr(node, "orelse", [])
        is_elif = len(orelse) == 1 and isinstance(orelse[0], ast.If)
        inner = [getattr(node, "body", []), getattr(node, "finalbody", [])]
        inner += [part.body for part in getattr(node, "handlers", [])]
        inner += [part.body for part in getattr(node, "cases", [])]
        inside = max(depth(part) for part in [*inner, [] if is_elif else orelse])
        after = depth(orelse) if is_elif else 0
        deepest = max(deepest, 1 + inside, after)
    return deepest
