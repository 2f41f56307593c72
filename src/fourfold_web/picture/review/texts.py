"""What do the messages of a file say, one at a time and with those around it?"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fourfold_web.intake.evidence import store
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.reading_order import ORDER

URGENT = "risk to life or to a child"
"""The group of what is read first, as the library calls it."""
AROUND = 6
"""Messages of the conversation that are shown before and after."""
COLUMNS = (
    "line", "thread", "platform", "device", "sent_at", "sent_local", "sender",
    "sender_name", "recipients", "direction", "subject", "body", "deleted",
    "attachments",
)  # fmt: skip


@dataclass(frozen=True)
class Message:
    """One message; `locked`: set aside, so that its words are left out."""

    line: int
    said: dict[str, Any]
    locked: bool = False

    @property
    def who(self) -> str:
        """Who sent it, as the device shows it?"""
        name, number = self.said["sender_name"], self.said["sender"]
        return f"{name} ({number})" if name and number else name or number or "Unknown"

    @property
    def at(self) -> datetime | None:
        """When was it sent?"""
        at: datetime | None = self.said["sent_at"]
        return at


@dataclass(frozen=True)
class Risk:
    """Why a message is read before others; the group says how soon."""

    line: int
    group: str
    level: int
    reason: str

    @property
    def urgent(self) -> bool:
        """Does it speak of risk to life or to a child?"""
        return self.group == URGENT


class Messages:
    """The messages of one file that was read."""

    def __init__(self, file: EvidenceFile) -> None:
        self.folder = store.rows_folder(file.sha256, file.reading)
        self.rows = _rows(self.folder / "messages.parquet")

    def risks(self) -> list[Risk]:
        """Which messages are read first, and why? The most urgent first."""
        path = self.folder / ORDER
        if not path.exists():
            return []
        return [Risk(*one) for one in json.loads(path.read_text(encoding="utf-8"))]

    def next_line(self, done: Collection[int]) -> int | None:
        """Which message is to be read next? None: all were."""
        reviewed = set(done)
        for risk in self.risks():
            if risk.line not in reviewed:
                return risk.line
        for batch in self.rows.to_batches(columns=["line"]):
            for line in batch.column("line").to_pylist():
                if line not in reviewed:
                    return int(line)
        return None

    def message(self, line: int) -> Message | None:
        """Which message stands at that place? None: none."""
        found = self._read(_field("line") == line)
        return Message(line, found[0]) if found else None

    def around(self, one: Message, locked: Collection[int]) -> Sequence[Message]:
        """The conversation around a message, in its order, itself among them.

        Messages that are locked stand there without their words.
        """
        thread = one.said["thread"]
        if not thread:
            return [one]
        rows = self.rows.to_table(
            columns=["line", "sent_at"], filter=_field("thread") == thread
        ).sort_by([("sent_at", "ascending"), ("line", "ascending")])
        place = rows["line"].to_pylist().index(one.line)
        first = max(0, place - AROUND)
        wanted = rows["line"].slice(first, 2 * AROUND + 1).to_pylist()
        said = {row["line"]: row for row in self._read(_field("line").isin(wanted))}
        return [_locked(line, said[line], locked) for line in wanted]

    def _read(self, condition: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.rows.to_table(
            columns=list(COLUMNS), filter=condition
        ).to_pylist()
        return rows


def _rows(path: Path) -> Any:
    from pyarrow.dataset import dataset  # noqa: PLC0415 takes a second

    return dataset(path)


def _field(name: str) -> Any:
    from pyarrow.dataset import field  # noqa: PLC0415 takes a second

    return field(name)


def _locked(line: int, said: dict[str, Any], locked: Collection[int]) -> Message:
    if line not in locked:
        return Message(line, said)
    hidden: dict[str, Any] = dict.fromkeys(said)
    told = {"sent_at": said["sent_at"], "sender": "", "sender_name": ""}
    return Message(line, hidden | told, locked=True)
