"""In which order are the messages of a file read, kept beside its rows?

Messages that nothing speaks for are not listed: they follow by line.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ORDER = "reading-order.json"
COLUMNS = (
    "input", "line", "subject", "body", "sender", "sender_name", "recipients",
    "sent_at",
)  # fmt: skip
AT_ONCE = 20_000
LATEST = datetime(9999, 1, 1, tzinfo=UTC)


def write_order(messages: Path, folder: Path) -> list[tuple[int, str]]:
    """Write down which messages are read first; which may be privileged, and why?"""
    from fourfold.picture.messages.queue_order import (  # noqa: PLC0415 apart only
        LOCKED,
        REST,
        reviewer_queue,
    )
    from fourfold.picture.messages.queue_order import (  # noqa: PLC0415 as above
        ORDER as GROUPS,
    )

    listed: list[tuple[Any, ...]] = []
    locked: list[tuple[int, str]] = []
    rows = pq.ParquetFile(messages)
    for batch in rows.iter_batches(AT_ONCE, columns=list(COLUMNS)):
        said = batch.to_pylist()
        for one in reviewer_queue(said):
            line, reason = said[one.row]["line"], "; ".join(one.reasons)
            if one.group == LOCKED:
                locked.append((line, reason))
            elif one.group != REST:
                age = LATEST - (said[one.row]["sent_at"] or LATEST)
                key = (GROUPS.index(one.group), one.level, -len(one.reasons), age)
                listed.append((*key, line, one.group, one.level, reason))
    told = [list(one[4:]) for one in sorted(listed)]
    text = json.dumps(told, ensure_ascii=False)
    (folder / ORDER).write_text(text, encoding="utf-8")
    return locked
