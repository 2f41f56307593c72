"""Which pictures are on a list of known pictures, by their hashes?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from fourfold.base.analysis import Analysis, Answer, Case, Findings, require
from fourfold.picture.images.hashes import hashes_of, is_hash, nearest_known
from fourfold.picture.images.pictures import (
    ALIKE_BITS,
    FURTHEST,
    LEAST_FIT,
    LEAST_QUALITY,
    NO_FACES,
    NOT_WHO,
    PDQ,
    WHERE,
    pictures_of,
    place_of,
)
from fourfold.picture.survey.tables import Field, many, of, shown

Row = dict[str, Any]
BY_SHA, BY_MD5, BY_PDQ = "SHA-256", "MD5", "PDQ"
FIELDS = (
    Field("list", "List"),
    Field("category", "Category on the list"),
    Field("reference", "Reference on the list"),
    Field("by", "Matched by"),
    Field("distance", "Distance", "whole", "bits of 256"),
    *WHERE,
    Field("taken_local", "Taken, by the camera's clock", "clock"),
    Field("sha256", "SHA-256"),
    Field("known_input", "File of the list", "whole"),
    Field("known_line", "Line of the list", "whole"),
)
LISTS = (
    Field("list", "List"),
    Field("category", "Category on the list"),
    Field("pictures", "Pictures", "whole"),
    Field("same", "Of them with the same bytes", "whole"),
    Field("devices", "Handsets or folders", "whole"),
    Field("on", "Which", "list"),
)
ENTRY = ("input", "line", "list", "category", "reference")
HASHES = ("sha256", "md5", "pdq")


def run(case: Case) -> Findings:
    """Match every picture against the lists: same bytes first, then near the same."""
    asked = case.parameters
    rows = pictures_of(case, "md5", "pdq", "quality", "taken_local")
    entries, wrong = _entries(case)
    case.tell(0.3, f"Comparing {len(rows):,} pictures with {len(entries):,} entries")
    found = _same(rows, entries)
    left = [row for n, row in enumerate(rows) if n not in found]
    near = _near(left, entries, asked["distance"], asked["quality"])
    matched = sorted(
        [*found.values(), *near],
        key=lambda r: (r["list"], r["category"], r["distance"], place_of(r)),
    )
    case.tell(0.9, "Counting by list")
    caption = f"{of(len(matched), len(rows), 'picture')} on a list."
    table = shown("matches", caption, FIELDS, matched)
    lists = shown("lists", caption, LISTS, _by_list(matched))
    notes = [f"{many(wrong, 'entry', 'entries')} hold no hash that can be read."]
    return Findings(
        _answers(matched, rows, entries),
        (table, lists),
        notes=tuple(notes) if wrong else (),
    )


def is_known(picture: Row, lists: Iterable[Path]) -> bool:
    """Is a picture on one of these lists, by its bytes or near the same?

    Args:
        picture: `sha256`, `md5`, `pdq` and `quality` of it.
        lists: Parquet files of the kind `known`.
    """
    for path in lists:
        read = pq.read_table(path, columns=[*ENTRY, *HASHES]).to_pylist()
        entries, _wrong = _in_order(read)
        if _same([picture], entries):
            return True
        if _near([picture], entries, ALIKE_BITS, LEAST_FIT):
            return True
    return False


def _entries(case: Case) -> tuple[list[Row], int]:
    """The entries of the lists, hashes in one form, in order; how many hold none."""
    names = (*ENTRY, *HASHES)
    require(case.tables["known"], "known", names)
    return _in_order(case.tables["known"].select(list(names)).to_pyarrow().to_pylist())


def _in_order(read: Iterable[Row]) -> tuple[list[Row], int]:
    entries, wrong = [], 0
    for row in read:
        for name, size in (("sha256", 64), ("md5", 32), ("pdq", 64)):
            row[name] = _plain(row[name], size)
        if row["sha256"] or row["md5"] or row["pdq"]:
            entries.append(row)
        else:
            wrong += 1
    entries.sort(key=lambda r: (r["input"], r["line"]))
    return entries, wrong


def _plain(text: str | None, size: int) -> str:
    plain = (text or "").strip().lower().removeprefix("0x")
    hexadecimal = all(letter in "0123456789abcdef" for letter in plain)
    return plain if len(plain) == size and hexadecimal else ""


def _same(rows: Sequence[Row], entries: Sequence[Row]) -> dict[int, Row]:
    """By place of the row: what matches by its bytes. The first entry holds."""
    by_sha: dict[str, Row] = {}
    by_md5: dict[str, Row] = {}
    for entry in entries:
        if entry["sha256"]:
            by_sha.setdefault(entry["sha256"], entry)
        if entry["md5"]:
            by_md5.setdefault(entry["md5"], entry)
    found = {}
    for place, row in enumerate(rows):
        if row["sha256"] in by_sha:
            found[place] = _match(row, by_sha[row["sha256"]], BY_SHA, 0)
        elif row["md5"] in by_md5:
            found[place] = _match(row, by_md5[row["md5"]], BY_MD5, 0)
    return found


def _near(
    rows: Sequence[Row], entries: Sequence[Row], furthest: int, quality: int
) -> list[Row]:
    fit = [r for r in rows if is_hash(r["pdq"]) and (r["quality"] or 0) >= quality]
    listed = [entry for entry in entries if entry["pdq"]]
    if not fit or not listed:
        return []
    ours = hashes_of([row["pdq"] for row in fit])
    theirs = hashes_of([entry["pdq"] for entry in listed])
    best, apart = nearest_known(ours, theirs, furthest)
    return [
        _match(row, listed[best[n]], BY_PDQ, int(apart[n]))
        for n, row in enumerate(fit)
        if best[n] >= 0
    ]


def _match(row: Row, entry: Row, by: str, distance: int) -> Row:
    said = {name: entry[name] or "" for name in ("list", "category", "reference")}
    where = {"known_input": entry["input"], "known_line": entry["line"]}
    return {**row, **said, **where, "by": by, "distance": distance}


def _by_list(matched: Sequence[Row]) -> list[Row]:
    counts = Counter((row["list"], row["category"]) for row in matched)
    lists = []
    for (name, category), count in sorted(counts.items()):
        mine = [r for r in matched if (r["list"], r["category"]) == (name, category)]
        on = sorted({row["device"] for row in mine})
        same = sum(row["by"] != BY_PDQ for row in mine)
        lists.append(
            {
                "list": name,
                "category": category,
                "pictures": count,
                "same": same,
                "devices": len(on),
                "on": on,
            }
        )
    return lists


def _answers(
    matched: Sequence[Row], rows: Sequence[Row], entries: Sequence[Row]
) -> tuple[Answer, ...]:
    against = f"{many(len(entries), 'entry', 'entries')} of the lists"
    if not matched:
        text = f"None of {many(len(rows), 'picture')} matches any of {against}."
        return (Answer(text),)
    same = sum(row["by"] != BY_PDQ for row in matched)
    answers = [
        Answer(
            f"{of(len(matched), len(rows), 'picture')} match one of {against}: "
            f"{same:,} with the same bytes, {len(matched) - same:,} near the same, "
            "which are candidates until somebody has compared them.",
            "matches",
        )
    ]
    for name, category in dict.fromkeys((r["list"], r["category"]) for r in matched):
        places = tuple(
            n
            for n, row in enumerate(matched)
            if (row["list"], row["category"]) == (name, category)
        )
        on = sorted({matched[n]["device"] for n in places})
        shown_as = f"'{category}' of {name}" if category else str(name or "the list")
        text = f"{many(len(places), 'picture')} of {shown_as} on {', '.join(on)}."
        answers.append(Answer(text, "matches", places))
    return tuple(answers)


KNOWN = Analysis(
    key="images.known",
    question="Which pictures are on a list of known pictures?",
    method=(
        "Each picture is looked up in the lists by SHA-256, then by MD5: the bytes are "
        "the same. What is left is compared by PDQ, and the nearest entry within the "
        "distance is named as a candidate. Neither the pictures nor those of the lists "
        "are opened or shown."
    ),
    takes=("images", "known"),
    run=run,
    parameters=(FURTHEST, LEAST_QUALITY),
    limits=(
        NO_FACES,
        NOT_WHO,
        "A match says what a list says: whether list and category are right is for "
        "whoever keeps it.",
        "MD5 can be forged by somebody who wants to; a match by MD5 alone should be "
        "confirmed.",
        "A picture that is on no list may be of the same kind.",
    ),
    source=PDQ,
)
