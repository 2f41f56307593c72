"""Is the change log whole: nothing altered, removed or put in another order?"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections

from fourfold.base.errors import FourfoldError

START = "0" * 64
COLUMNS = [
    "actor",
    "event",
    "about",
    "body",
    "classification",
    "compartments",
    "shared_with",
    "dpa",
    "reason",
    "made",
]
IN_BATCHES_OF = 5_000


class LinesHidden(FourfoldError):
    """The check would run as the site, from which the database hides lines."""

    what = "The change log can be verified as the owner of the tables alone."
    do = "Set DATABASE_OWNER_URL beside DATABASE_URL, then try again."
    status = 503


@dataclass(frozen=True)
class Break:
    """A place where the log is not what it was: which line, and how it shows."""

    line: int
    says: str


@dataclass(frozen=True)
class Verdict:
    """What a verification found. `head` is the seal of the last line."""

    lines: int
    head: str
    breaks: list[Break]

    @property
    def whole(self) -> bool:
        """Is nothing wrong?"""
        return not self.breaks


def verify_log(anchors: Path | None = None) -> Verdict:
    """Is each line as it was sealed, and does each follow the one before it?

    Read as the owner, so that no line is hidden from the check. The seal of a line
    is the SHA-256 of the seal before it and the line's own text.

    Args:
        anchors: a file outside the database with seals noted earlier, a line each:
            time, line number, seal. They catch a log that was rewritten whole. When
            the log is whole, the seal of its last line is added.

    Returns:
        Number of lines, the last seal, and each break by line number, in order.

    Raises:
        LinesHidden: there is no connection as the owner.
    """
    _insist_on_the_owner()
    breaks: list[Break] = []
    expected, seal = 1, START
    seals: dict[int, str] = {}
    for row in _lines():
        breaks += _gap(expected, row["seq"])
        if row["seq"] == expected and row["prev"] != seal:
            says = "it does not follow the line before it: lines were re-ordered"
            breaks.append(Break(row["seq"], says))
        breaks += _altered(row)
        expected, seal = row["seq"] + 1, row["digest"]
        seals[row["seq"]] = seal
    breaks += _end(expected - 1, seal)
    if anchors is not None:
        breaks += _against(anchors, seals)
        if not breaks and seals:
            _note(anchors, expected - 1, seal)
    return Verdict(lines=len(seals), head=seal, breaks=breaks)


def _insist_on_the_owner() -> None:
    users = [connections[name].settings_dict["USER"] for name in ("owner", "default")]
    if users[0] == users[1]:
        raise LinesHidden


def _lines() -> Iterator[dict[str, Any]]:
    last = 0
    columns = ["seq", "at", *COLUMNS, "line", "prev", "digest"]
    query = f"SELECT {', '.join(columns)} FROM base_entry"  # noqa: S608 our own names
    with connections["owner"].cursor() as cursor:
        while True:
            cursor.execute(
                f"{query} WHERE seq > %s ORDER BY seq LIMIT %s", [last, IN_BATCHES_OF]
            )
            rows = cursor.fetchall()
            for row in rows:
                yield dict(zip(columns, row, strict=True))
            if len(rows) < IN_BATCHES_OF:
                return
            last = rows[-1][0]


def _gap(expected: int, found: int) -> list[Break]:
    return [Break(number, "the line was removed") for number in range(expected, found)]


def _altered(row: dict[str, Any]) -> list[Break]:
    digest = hashlib.sha256((row["prev"] + row["line"]).encode()).hexdigest()
    if digest != row["digest"]:
        return [Break(row["seq"], "its text was altered after it was sealed")]
    sealed = json.loads(row["line"])
    now = {name: row[name] for name in COLUMNS}
    now["made"] = (
        json.loads(now["made"]) if isinstance(now["made"], str) else now["made"]
    )
    now["at"] = row["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    now["seq"] = row["seq"]
    odd = sorted(name for name, value in now.items() if sealed.get(name) != value)
    if odd:
        return [Break(row["seq"], f"its {', '.join(odd)} was altered")]
    return []


def _end(last: int, seal: str) -> list[Break]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT seq, digest FROM base_chainhead WHERE id = 1")
        seq, digest = cursor.fetchone()
    if seq > last:
        return _gap(last + 1, seq + 1)
    if (seq, digest) != (last, seal):
        return [Break(last, "it is not the line that the log ended with")]
    return []


def _against(anchors: Path, seals: dict[int, str]) -> list[Break]:
    if not anchors.exists():
        return []
    breaks = []
    for noted in anchors.read_text(encoding="utf-8").splitlines():
        at, number, seal = noted.split()
        if seals.get(int(number)) != seal:
            breaks.append(Break(int(number), f"it had another seal on {at}"))
    return breaks


def _note(anchors: Path, number: int, seal: str) -> None:
    anchors.parent.mkdir(parents=True, exist_ok=True)
    with anchors.open("a", encoding="utf-8") as file:
        file.write(
            f"{datetime.now(UTC).isoformat(timespec='seconds')} {number} {seal}\n"
        )
