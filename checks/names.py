"""Does every file have a name that says what it is about?"""

from collections.abc import Iterator

from checks.sources import PACKAGES, at, python_files, tree_of

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
EARLY = {"intake", "resolve", "picture", "assess", "plan"}
STAGES = EARLY | {"task", "act", "measure", "inspect"}


def faults() -> Iterator[str]:
    """Name each empty name, each stage without a folder, each `__init__` with code."""
    for path in python_files():
        if EMPTY_NAMES & {path.stem, path.parent.name}:
            yield f"{at(path, 1)} is called nothing: name it after what it serves"
        code = tree_of(path).body[1:]
        if path.name == "__init__.py" and code:
            yield f"{at(path, code[0].lineno)} holds code; an __init__ is a docstring"
    for package in PACKAGES:
        present = {path.name for path in package.iterdir() if path.is_dir()}
        for stage in sorted(STAGES - present):
            yield f"{at(package, 1)} has no folder for the stage {stage}"
