"""Is every error we raise on purpose one of ours, with both its sentences?"""

import ast
import builtins
from collections.abc import Iterator

from checks.sources import at, python_files, tree_of

BUILTINS = {
    name
    for name, thing in vars(builtins).items()
    if isinstance(thing, type) and issubclass(thing, BaseException)
}
# Said to Python itself, not to a person: the end of an iterator, a signal, an exit.
ALLOWED = {"StopIteration", "KeyboardInterrupt", "SystemExit", "NotImplementedError"}
SENTENCES = {"what", "do"}


def faults() -> Iterator[str]:
    """Name each raise of a built-in error and each error of ours without its words."""
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Raise) and raised(node) in BUILTINS - ALLOWED:
                name = raised(node)
                yield f"{at(path, node.lineno)} raises {name}: make an error of ours"
            if isinstance(node, ast.ClassDef) and (lacks := missing(node)):
                yield f"{at(path, node.lineno)} {node.name} lacks {lacks}"


def raised(node: ast.Raise) -> str | None:
    """Which class does this line raise, if it names one?"""
    thing = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return thing.id if isinstance(thing, ast.Name) else None


def missing(node: ast.ClassDef) -> str:
    """Which of its two sentences does a direct child of FourfoldError lack?"""
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    if "FourfoldError" not in bases:
        return ""
    given = {
        target.id
        for line in node.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    return " and ".join(sorted(SENTENCES - given))
