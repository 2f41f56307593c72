"""Which pictures are near the same, and on which handsets do they lie?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter, Shown
from fourfold.picture.images.hashes import (
    alike_groups,
    bits_apart,
    hashes_of,
    is_hash,
)
from fourfold.picture.images.pictures import (
    FURTHEST,
    LEAST_QUALITY,
    NO_FACES,
    NOT_WHO,
    PDQ,
    WHERE,
    called,
    pictures_of,
    place_of,
)
from fourfold.picture.survey.tables import Field, many, of, shown

Row = dict[str, Any]
SAID = 10
"""Groups that get a sentence of their own."""

FIRST, SAME, NEAR = "the group's picture", "same bytes", "near the same"
PICTURES = (
    Field("group", "Group", "whole"),
    *WHERE,
    Field("alike", "How alike"),
    Field("distance", "Distance from the group's picture", "whole", "bits of 256"),
    Field("quality", "PDQ quality", "whole", "0 to 100"),
    Field("width", "Width", "whole", "pixels"),
    Field("height", "Height", "whole", "pixels"),
    Field("taken_local", "Taken, by the camera's clock", "clock"),
    Field("sha256", "SHA-256"),
    Field("pdq", "PDQ hash"),
)
GROUPS = (
    Field("group", "Group", "whole"),
    Field("pictures", "Pictures", "whole"),
    Field("copies", "Different files", "whole"),
    Field("devices", "Handsets or folders", "whole"),
    Field("on", "Which", "list"),
    Field("furthest", "Furthest from the group's picture", "whole", "bits of 256"),
    Field("first_taken", "First taken, by a camera's clock", "clock"),
    Field("reason", "Why they are together"),
)


def run(case: Case) -> Findings:
    """Find groups of pictures that are alike, those on most handsets first."""
    asked = case.parameters
    columns = ("pdq", "quality", "width", "height", "taken_local")
    rows = pictures_of(case, *columns)
    case.tell(0.3, f"Comparing {len(rows):,} pictures")
    numbers, compared = _groups(rows, asked["distance"], asked["quality"])
    case.tell(0.8, "Putting the groups in order")
    groups = [_group(members) for members in _gathered(rows, numbers)]
    if asked["across"]:
        groups = [group for group in groups if len(group["on"]) > 1]
    groups.sort(key=_rank)
    for number, group in enumerate(groups, 1):
        group["group"] = number
        group["rows"] = [{**row, "group": number} for row in group["rows"]]
    notes = []
    if compared < len(rows):
        plain = len(rows) - compared
        notes.append(
            f"{of(plain, len(rows), 'picture')} have no PDQ hash of quality "
            f"{asked['quality']} or more and were compared by their bytes alone."
        )
    return Findings(
        _answers(groups, rows, across=asked["across"]),
        _tables(groups, rows),
        notes=tuple(notes),
    )


def _groups(rows: Sequence[Row], furthest: int, quality: int) -> tuple[list[str], int]:
    """For each row what names its group, and how many were compared by PDQ."""
    good = [is_hash(r["pdq"]) and (r["quality"] or 0) >= quality for r in rows]
    texts = sorted({r["pdq"] for r, fine in zip(rows, good, strict=True) if fine})
    places = {text: n for n, text in enumerate(texts)}
    labels = alike_groups(hashes_of(texts), furthest) if texts else np.array([])
    names = [
        f"pdq {labels[places[row['pdq']]]}" if fine else f"sha256 {row['sha256']}"
        for row, fine in zip(rows, good, strict=True)
    ]
    return names, sum(good)


def _gathered(rows: Sequence[Row], names: Sequence[str]) -> list[list[Row]]:
    gathered: dict[str, list[Row]] = defaultdict(list)
    for row, name in zip(rows, names, strict=True):
        gathered[name].append(row)
    return [members for members in gathered.values() if len(members) > 1]


def _group(members: Sequence[Row]) -> dict[str, Any]:
    """One group: its picture is the largest, then the clearest, then the first."""
    first = min(
        members,
        key=lambda r: (
            -(r["width"] or 0) * (r["height"] or 0),
            -(r["quality"] or 0),
            place_of(r),
        ),
    )
    rows = [{**row, **_alike(first, row)} for row in members]
    rows.sort(key=lambda r: (r["alike"] != FIRST, r["distance"] or 0, place_of(r)))
    taken = [row["taken_local"] for row in members if row["taken_local"] is not None]
    return {
        "rows": rows,
        "pictures": len(rows),
        "copies": len({row["sha256"] for row in rows}),
        "on": sorted({row["device"] for row in rows}),
        "furthest": max(row["distance"] or 0 for row in rows),
        "first_taken": min(taken) if taken else None,
    }


def _alike(first: Row, row: Row) -> dict[str, Any]:
    if row is first:
        return {"alike": FIRST, "distance": 0}
    if row["sha256"] == first["sha256"]:
        return {"alike": SAME, "distance": 0}
    pair = hashes_of([first["pdq"], row["pdq"]])
    return {"alike": NEAR, "distance": int(bits_apart(pair[:1], pair[1:])[0])}


def _rank(group: Mapping[str, Any]) -> tuple[Any, ...]:
    return -len(group["on"]), -group["pictures"], place_of(group["rows"][0])


def _tables(groups: Sequence[Row], rows: Sequence[Row]) -> tuple[Shown, Shown]:
    members = [row for group in groups for row in group["rows"]]
    listed = [
        {**group, "devices": len(group["on"]), "reason": _reason(group)}
        for group in groups
    ]
    found = of(len(members), len(rows), "picture")
    return (
        shown(
            "pictures", f"{found} in {many(len(groups), 'group')}.", PICTURES, members
        ),
        shown("groups", f"{many(len(groups), 'group')} of {found}.", GROUPS, listed),
    )


def _reason(group: Mapping[str, Any]) -> str:
    same = sum(row["alike"] == SAME for row in group["rows"])
    near = sum(row["alike"] == NEAR for row in group["rows"])
    said = [f"{many(same, 'other')} with the same bytes"] if same else []
    if near:
        least = min(row["distance"] for row in group["rows"] if row["alike"] == NEAR)
        span = f"{least} to {group['furthest']}" if least < group["furthest"] else least
        said.append(f"{many(near, 'other')} near the same, {span} bits of 256 apart")
    return f"{called(group['rows'][0])}: {' and '.join(map(str, said))}."


def _answers(
    groups: Sequence[Row], rows: Sequence[Row], *, across: bool
) -> tuple[Answer, ...]:
    members = sum(group["pictures"] for group in groups)
    devices = len({row["device"] for row in rows})
    where = "on more than one handset or folder" if across else "alike"
    if not groups:
        return (
            Answer(
                f"None of {many(len(rows), 'picture')} on "
                f"{many(devices, 'handset or folder', 'handsets and folders')} has "
                f"another that is near the same{' on another' if across else ''}."
            ),
        )
    answers = [
        Answer(
            f"{of(members, len(rows), 'picture')} lie in {many(len(groups), 'group')} "
            f"{where}.",
            "groups",
        )
    ]
    begins = 0
    for group in groups[:SAID]:
        places = tuple(range(begins, begins + group["pictures"]))
        begins += group["pictures"]
        text = (
            f"Group {group['group']}: {many(group['pictures'], 'picture')} on "
            f"{', '.join(group['on'])}. {_reason(group)}"
        )
        answers.append(Answer(text, "pictures", places))
    return tuple(answers)


NEAR_DUPLICATES = Analysis(
    key="images.near-duplicates",
    question="Which pictures are near the same, and on which handsets do they lie?",
    method=(
        "Each picture is reduced to 256 bits by PDQ, which hardly change when it is "
        "made smaller, squeezed or slightly edited. Pictures whose bits differ in no "
        "more than the distance are joined, as are those with the same bytes, and what "
        "is joined to the same picture forms one group. Each group is described from "
        "its largest picture. No picture is shown to find this."
    ),
    takes=("images",),
    run=run,
    parameters=(
        FURTHEST,
        LEAST_QUALITY,
        Parameter(
            "across",
            "Only groups that lie on more than one handset or folder.",
            "flag",
            default=True,
        ),
    ),
    limits=(
        NO_FACES,
        NOT_WHO,
        "A picture that was turned, mirrored, framed or cut by more than about a tenth "
        "is usually not found; two pictures of one plain thing may be joined.",
        "Two pictures of a group may be further apart than the distance when others "
        "lie between them; the distance from the group's picture is shown.",
    ),
    source=PDQ,
)
