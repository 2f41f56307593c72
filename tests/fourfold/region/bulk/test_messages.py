"""Are the made-up messages the same each time, with what was planted in its place?"""

import pyarrow.parquet as pq

from fourfold.intake.evidence import evidence_kind
from fourfold.picture.messages.watching import read_watch_list
from fourfold.region.bulk.messages import (
    RARE,
    Planted,
    watched_terms,
    write_messages,
    write_watch_list,
)

COUNT = 3_000


def made(folder) -> tuple[Planted, dict[int, str]]:
    planted = write_messages(folder, COUNT)
    table = pq.read_table(folder / "messages.parquet")
    assert table.schema.equals(evidence_kind("messages").schema)
    lines = table["line"].to_pylist()
    return planted, dict(zip(lines, table["body"].to_pylist(), strict=True))


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path):
    one = made(tmp_path / "one")
    assert one == made(tmp_path / "two")
    write_messages(tmp_path / "other", COUNT, seed=1)
    other = pq.read_table(tmp_path / "other" / "messages.parquet")
    assert other["body"].to_pylist() != list(one[1].values())


def test_what_was_planted_stands_on_its_lines_and_nowhere_else(tmp_path):
    planted, bodies = made(tmp_path)
    assert len(bodies) == planted.messages == COUNT
    assert [n for n, text in bodies.items() if RARE in text] == sorted(planted.rare)
    (broadcast,) = planted.broadcasts
    assert [n for n, text in bodies.items() if "best of both" in text] == (
        broadcast["lines"]
    )
    assert len(planted.watched) == len(list(watched_terms()))


def test_a_watch_list_holds_what_was_planted_and_each_entry_once(tmp_path):
    entries = read_watch_list(write_watch_list(tmp_path, 2_000))
    terms = [(entry.term, entry.kind) for entry in entries]
    assert len(set(terms)) == len(terms) == 2_000
    assert set(watched_terms()) <= set(terms)
