"""Which pictures is a question asked of, and what is always said of them?"""

from collections.abc import Mapping
from typing import Any

from fourfold.base.analysis import Case, Parameter, require
from fourfold.picture.survey.tables import Field

NO_FACES = (
    "No face is looked for, compared or recognised: two pictures are alike as wholes, "
    "and nothing is said of who is in them."
)
NOT_WHO = "A picture on a handset does not show who took it, kept it or looked at it."
CLOCK = (
    "Time, place and camera are what the file says of itself; clocks are wrong, apps "
    "take these facts away, and anybody can write others in."
)
ALIKE_BITS, LEAST_FIT = 31, 50
FURTHEST = Parameter(
    "distance",
    "Bits, of 256, in which two pictures may differ and still be called alike.",
    "whole",
    ALIKE_BITS,
    unit="bits",
    least=0,
    most=47,
)
LEAST_QUALITY = Parameter(
    "quality",
    "Least PDQ quality; a plainer picture is compared by its bytes alone.",
    "whole",
    LEAST_FIT,
    least=0,
    most=100,
)
PDQ = (
    "Meta, 'The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm' "
    "(2019): distance 31 and quality 50 are its authors' advice"
)
WHERE = (
    Field("device", "Handset or folder"),
    Field("path", "Picture"),
    Field("input", "File", "whole"),
    Field("line", "Place", "whole"),
)
"""What every row says of where its picture lies."""


def pictures_of(case: Case, *columns: str) -> list[dict[str, Any]]:
    """The pictures of a case as plain rows, in the order of files and places.

    Raises:
        MissingColumns: the table lacks a column that is asked for.
    """
    names = ("input", "line", "device", "path", "sha256", *columns)
    require(case.tables["images"], "images", names)
    table = case.tables["images"].select(list(names)).to_pyarrow()
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=place_of)


def place_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Where a picture stands among the others: file, place, name."""
    return row["input"], row["line"], row["path"], row["sha256"]


def called(row: Mapping[str, Any]) -> str:
    """What is a picture called in a sentence?"""
    path, device = str(row["path"]), str(row["device"])
    return path if path.startswith(f"{device}/") else f"{path} ({device})"
