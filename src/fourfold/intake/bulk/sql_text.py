"""How are names, words and choices written in SQL?"""

import re
from collections.abc import Mapping


def quoted(text: str) -> str:
    """A piece of text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A name of a column as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def case_of(given: str, words: Mapping[str, str], otherwise: str) -> str:
    """SQL for our word in place of theirs; `otherwise` is SQL for any other.

    Their words are in small letters.
    """
    ours: dict[str, list[str]] = {}
    for theirs, our in words.items():
        ours.setdefault(our, []).append(quoted(theirs))
    whens = [
        f"WHEN {small_of(given)} IN ({', '.join(theirs)}) THEN {quoted(our)}"
        for our, theirs in ours.items()
    ]
    return f"CASE {' '.join(whens)} ELSE {otherwise} END" if whens else otherwise


def small_of(given: str) -> str:
    """SQL for a value in small letters."""
    return ready("l", given) or f"lower({given})"


def bare_of(given: str) -> str:
    """SQL for a value without blanks, brackets, dots and dashes."""
    return ready("b", given) or f"bare({given})"


def figures_of(given: str) -> str:
    """SQL for whether a value is figures alone, with or without + before them."""
    return ready("f", given) or f"figures({given})"


def phone_of(given: str) -> str:
    """SQL for a telephone number, in E.164 where it is a full one."""
    return f"e164({figures_of(given)}, {bare_of(given)}, {given})"


def whole_imei_of(given: str) -> str:
    """SQL for a handset's fifteen figures as one number."""
    return ready("n", given) or f"imei_whole({bare_of(given)})"


def length_of(given: str) -> str:
    """SQL for a length of time in seconds."""
    return ready("s", given) or f"seconds_of({given})"


def ready(letter: str, given: str) -> str:
    """The column in which a form of a value stands ready; "" where none does.

    The columns of a file are "c0", "c1", …; `source_sql` gives each form that is asked
    for beside them, such as "l3" beside "c3".
    """
    return f'"{letter}{given[2:]}' if re.fullmatch(r'"c\d+"', given) else ""
