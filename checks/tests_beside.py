"""Does every test file sit where its subject says, and does it use the real thing?"""

import ast
from collections.abc import Iterator

from checks.sources import ROOT, at, tree_of

SIDES = ("fourfold", "fourfold_web")
WHOLE = ("browser", "region", "journeys", "checks", "docs")
MOCKS = {"unittest.mock", "mock", "pytest_mock"}


def faults() -> Iterator[str]:
    """Name test files outside the two sides and their stages, and every mock."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        side, *rest = path.relative_to(ROOT / "tests").parts
        if side not in SIDES + WHOLE:
            yield f"{at(path, 1)} belongs under tests/{'|'.join(SIDES)}/<stage>/"
        elif is_lost(side, rest):
            yield f"{at(path, 1)}: src/{side} has no folder {rest[0]}"
        for node in ast.walk(tree_of(path)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if MOCKS & {*names, module or ""}:
                yield f"{at(path, node.lineno)} uses mocks; use the real thing"


def is_lost(side: str, rest: list[str]) -> bool:
    """Does a test of one side lie under a folder that the side does not have?"""
    in_a_folder = side in SIDES and len(rest) > 1
    return in_a_folder and not (ROOT / "src" / side / rest[0]).is_dir()
