"""Which number plates have the made-up vehicles, and how are they misread?

The marks are of the current British form, each number one mark, scattered so that
neighbours do not look alike. Any of them may exist in the world; none is taken from it.
"""

import numpy as np

LETTERS = np.array(list("ABCDEFGHJKLMNOPRSTUVWXY"), dtype="U1")
FIRST = np.array(list("ABCDEFGHKLMNOPRSVWY"), dtype="U1")
SECOND = np.array(list("ABCDEFGHJK"), dtype="U1")
AGES = np.array([f"{n:02d}" for n in (*range(2, 23), *range(52, 72))], dtype="U2")
UNIT = len(FIRST) * len(SECOND) * len(AGES) * len(LETTERS) ** 3
"""How many marks there are."""
SCATTER = 61_897_483
"""Shares no factor with UNIT, so that no two numbers get one mark."""
TAKEN_FOR = dict(zip("0ODQ1IL2Z5S8B6G4AVUY", "ODO0IL1Z2S5B8G6A4UVV", strict=True))


def many_plates(numbers: np.ndarray) -> np.ndarray:
    """The marks of many vehicles by number."""
    at = (numbers.astype(np.int64) * SCATTER) % UNIT
    parts = []
    for letters in (LETTERS, LETTERS, LETTERS, AGES, SECOND, FIRST):
        at, place = np.divmod(at, len(letters))
        parts.append(letters[place])
    mark = parts[-1]
    for part in parts[-2::-1]:
        mark = np.char.add(mark, part)
    return mark


def plate_at(number: int) -> str:
    """The mark of one vehicle."""
    return str(many_plates(np.array([number]))[0])


def alike_plates(plates: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each mark with one character taken for another that looks like it.

    A mark without such a character stays as it is.
    """
    made = []
    for plate in plates:
        places = [n for n, letter in enumerate(str(plate)) if letter in TAKEN_FOR]
        if places:
            at = int(rng.choice(places))
            plate = plate[:at] + TAKEN_FOR[plate[at]] + plate[at + 1 :]
        made.append(plate)
    return np.array(made, dtype=plates.dtype)
