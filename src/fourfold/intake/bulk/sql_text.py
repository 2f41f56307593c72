"""How are names, words and choices written in SQL?"""

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
        f"WHEN lower(known({given})) IN ({', '.join(theirs)}) THEN {quoted(our)}"
        for our, theirs in ours.items()
    ]
    return f"CASE {' '.join(whens)} ELSE {otherwise} END" if whens else otherwise
