"""Which files do the checks read, and what is in them?"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = (ROOT / "src" / "fourfold", ROOT / "src" / "fourfold_web")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    """Every file of ours that a person wrote, migrations left out, in order."""
    found = (path for package in PACKAGES for path in package.rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """What does this file say, as Python reads it?"""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions() -> Iterator[tuple[Path, Function]]:
    """Every function and method, with its file."""
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, Function):
                yield path, node


def at(path: Path, line: int) -> str:
    """How a fault names its place."""
    return f"{path.relative_to(ROOT)}:{line}"
