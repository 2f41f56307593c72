"""Which contents may have stood before, told while the rows go by?

A table in memory holds a mark of each content so far: a hash says where to look for it,
and 32 other bits of that hash are the mark. It takes 6 bytes a row, and answers for a
batch at once. That which was seen is always found; of 100 million others about one in
twenty readings takes one for seen that was not, so whoever asks must look again.
"""

from typing import Any

import numpy as np

LEAST = 1 << 16
"""A table has room for so many contents at least (chosen)."""
MOST = 1 << 27
"""A first table has room for so many at most, 800 MB, whatever was expected: lines
without anything on them are expected too (chosen)."""
SHARE_FULL = 2 / 3
"""A fuller table would be slower to look through (chosen)."""
GROWTH = 2
SHIFT = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)


class Seen:
    """The contents so far, by their hashes.

    Args:
        expected: for so many, within bounds, there is room at once. More may come:
            another table, twice as large, is begun when one is full.
    """

    def __init__(self, expected: int) -> None:
        self._tables = [_Table(min(max(expected, LEAST), MOST))]

    def before(self, hashes: Any) -> Any:
        """May the content have stood before, here or in what was asked earlier?

        Args:
            hashes: one of 64 bits for each row, as a numpy array in the rows' order.

        Returns:
            True for each row of which an earlier one has the same hash. The first row
            with a hash is False, but for a rare case: a row of another hash, before it
            or in the same batch, has the same mark.
        """
        again = np.zeros(len(hashes), dtype=bool)
        for table in self._tables[:-1]:
            again |= table.holds(hashes)
        fresh = np.flatnonzero(~again)
        last = self._tables[-1]
        if last.room < len(fresh):
            again[fresh] = last.holds(hashes[fresh])
            fresh = np.flatnonzero(~again)
            last = _Table(max(GROWTH * last.rows, len(fresh)))
            self._tables.append(last)
        again[fresh] = last.added(hashes[fresh])
        return again


class _Table:
    """Marks at their slots; whoever finds its slot taken looks at the next one."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.room = rows
        self._marks = np.zeros(int(rows / SHARE_FULL) + 1, dtype=np.uint32)

    def holds(self, hashes: Any) -> Any:
        """Which of the hashes are held already?"""
        slots, marks = self._places(hashes)
        found = np.zeros(len(hashes), dtype=bool)
        left = np.arange(len(hashes))
        while len(left):
            held = self._marks[slots[left]]
            same = held == marks[left]
            found[left[same]] = True
            left = self._on(left[~same & (held != 0)], slots)
        return found

    def added(self, hashes: Any) -> Any:
        """Hold them from now on; which of them were held already, or came earlier?"""
        slots, marks = self._places(hashes)
        found = np.zeros(len(hashes), dtype=bool)
        left = np.arange(len(hashes), dtype=np.uint32)
        while len(left):
            held = self._marks[slots[left]]
            placed = self._claimed(left[held == 0], slots, marks)
            held = self._marks[slots[left]]
            same = held == marks[left]
            found[left[same]] = True
            found[placed] = False
            left = self._on(left[~same], slots)
        self.room -= len(hashes) - int(found.sum())
        return found

    def _claimed(self, rows: Any, slots: Any, marks: Any) -> Any:
        """Mark free slots; of rows that want the same one the first has it."""
        wanted = slots[rows]
        self._marks[wanted[::-1]] = rows[::-1]
        first = rows[self._marks[wanted] == rows]
        self._marks[slots[first]] = marks[first]
        return first

    def _on(self, rows: Any, slots: Any) -> Any:
        """The rows, each at the slot after its own."""
        following = slots[rows] + 1
        following[following == len(self._marks)] = 0
        slots[rows] = following
        return rows

    def _places(self, hashes: Any) -> tuple[Any, Any]:
        """Where to look for each first, and its mark; 0 stands for a free slot."""
        size = np.uint64(len(self._marks))
        slots = ((hashes >> SHIFT) * size >> SHIFT).astype(np.int64)
        marks = (hashes & LOW).astype(np.uint32)
        marks[marks == 0] = 1
        return slots, marks
