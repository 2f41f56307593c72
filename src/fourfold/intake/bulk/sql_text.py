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
        f"WHEN {small_of(given)} IN ({', '.join(theirs)}) THEN {quoted(our)}"
        for our, theirs in ours.items()
    ]
    return f"CASE {' '.join(whens)} ELSE {otherwise} END" if whens else otherwise


def small_of(given: str) -> str:
    """SQL for a value in small letters, ready as "l3" beside "c3"."""
    if given.startswith('"c'):
        return given.replace('"c', '"l')
    return f"lower({given})"


def bare_of(given: str) -> str:
    """SQL for a value without blanks, brackets, dots and dashes.

    The columns of a file have theirs ready beside them: "b3" beside "c3".
    """
    return given.replace('"c', '"b') if given.startswith('"c') else f"bare({given})"


def phone_of(given: str) -> str:
    """SQL for a telephone number, in E.164 where it is a full one."""
    return f"e164({bare_of(given)}, {given})"


def whole_imei_of(given: str) -> str:
    """SQL for a handset's fifteen figures as one number, ready as "n3" beside "c3"."""
    if given.startswith('"c'):
        return given.replace('"c', '"n')
    return f"imei_whole({bare_of(given)})"
