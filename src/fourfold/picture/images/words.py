"""Which words, number plates, telephone numbers and postcodes stand in pictures?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.images.pictures import (
    NO_FACES,
    NOT_WHO,
    WHERE,
    called,
    pictures_of,
    place_of,
)
from fourfold.picture.messages.mentions.mention import Mention, Written
from fourfold.picture.messages.mentions.phones import phones
from fourfold.picture.messages.mentions.plates import RULES, plates
from fourfold.picture.messages.mentions.postcodes import postcodes
from fourfold.picture.survey.tables import Field, many, of, shown

Row = dict[str, Any]
ALONE = ("current", "prefix", "suffix")
"""Forms of plates that count when a line of a picture holds nothing else."""

KINDS = ("plate", "phone", "postcode")
NOUNS = {"plate": "number plate", "phone": "phone number", "postcode": "postcode"}
MENTIONED = (
    Field("kind", "Kind"),
    Field("value", "Value"),
    Field("found", "As read"),
    Field("note", "Note"),
    *WHERE,
    Field("taken_local", "Taken, by the camera's clock", "clock"),
    Field("words", "All words read"),
    Field("sha256", "SHA-256"),
)
READ = (*WHERE, Field("words", "Words read"), Field("sha256", "SHA-256"))
VALUES = (
    Field("kind", "Kind"),
    Field("value", "Value"),
    Field("pictures", "Pictures", "whole"),
    Field("devices", "Handsets or folders", "whole"),
    Field("on", "Which", "list"),
)
SAID = 20


def run(case: Case) -> Findings:
    """Pull out of the words of pictures what names a vehicle, a phone or a place."""
    holds = (case.parameters["holds"] or "").strip().casefold()
    rows = pictures_of(case, "words", "taken_local")
    read = [row for row in rows if row["words"]]
    read = [row for row in read if holds in row["words"].casefold()]
    case.tell(0.4, f"Looking through the words of {len(read):,} pictures")
    mentioned = [
        {**row, "kind": m.kind, "value": m.value, "found": m.text, "note": m.note}
        for row in read
        for m in mentions(row["words"])
    ]
    mentioned.sort(key=lambda r: (KINDS.index(r["kind"]), r["value"], place_of(r)))
    values = _values(mentioned)
    base = of(len(read), len(rows), "picture")
    return Findings(
        _answers(values, mentioned, read, rows),
        (
            shown("mentions", f"Named in {base} with words.", MENTIONED, mentioned),
            shown("values", f"Named in {base} with words.", VALUES, values),
            shown("words", f"{base} with words.", READ, read),
        ),
    )


def mentions(words: str) -> Iterator[Mention]:
    """Which plates, phone numbers and postcodes do the words of one picture name?

    Each is a candidate. A line that is a plate and nothing else counts without a word
    of vehicles beside it: a picture of a plate says no more.
    """
    written = Written(words)
    found = [*postcodes(written), *phones(written)]
    taken = {(one.start, one.end) for one in found}
    at = 0
    lines = []
    for line in words.splitlines():
        start = at + len(line) - len(line.lstrip())
        plain = line.strip()
        at += len(line) + 1
        for rule in RULES:
            match = rule.compiled.fullmatch(plain.upper())
            if match and rule.key in ALONE:
                value = "".join(part for part in match.groups() if part)
                span = start, start + len(plain)
                note = f"candidate: {rule.says}"
                lines.append(Mention("plate", plain, value, *span, note))
                break
    alone = {(one.start, one.end) for one in lines}
    others = [one for one in plates(written) if (one.start, one.end) not in alone]
    for one in (*found, *lines, *others):
        if one.kind != "plate" or not _overlaps(one, taken):
            yield one


def _overlaps(one: Mention, taken: set[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in taken)


def _values(mentioned: Sequence[Row]) -> list[Row]:
    pictures: dict[tuple[str, str], set[Any]] = defaultdict(set)
    devices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in mentioned:
        key = row["kind"], row["value"]
        pictures[key].add(place_of(row))
        devices[key].add(row["device"])
    values = [
        {
            "kind": kind,
            "value": value,
            "pictures": len(pictures[kind, value]),
            "devices": len(devices[kind, value]),
            "on": sorted(devices[kind, value]),
        }
        for kind, value in pictures
    ]
    return sorted(
        values, key=lambda v: (KINDS.index(v["kind"]), -v["pictures"], v["value"])
    )


def _answers(
    values: Sequence[Row],
    mentioned: Sequence[Row],
    read: Sequence[Row],
    rows: Sequence[Row],
) -> tuple[Answer, ...]:
    counts = ", ".join(
        many(sum(v["kind"] == kind for v in values), NOUNS[kind]) for kind in KINDS
    )
    text = f"{of(len(read), len(rows), 'picture')} hold words; they name {counts}."
    answers = [Answer(text, "words")]
    for value in values[:SAID]:
        places = tuple(
            n
            for n, row in enumerate(mentioned)
            if (row["kind"], row["value"]) == (value["kind"], value["value"])
        )
        first = called(mentioned[places[0]])
        more = len({place_of(mentioned[n]) for n in places}) - 1
        also = f" and in {many(more, 'other picture')}" if more else ""
        text = f"The {NOUNS[value['kind']]} {value['value']} is read in {first}{also}."
        answers.append(Answer(text, "mentions", places))
    return tuple(answers)


WORDS = Analysis(
    key="images.words",
    question="Which number plates, phone numbers and postcodes stand in the pictures?",
    method=(
        "The words read from each picture when it was brought in are searched "
        "for plates in the forms that DVLA issues, telephone numbers, and postcodes of "
        "districts that exist. All are candidates to be looked at."
    ),
    takes=("images",),
    run=run,
    parameters=(
        Parameter("holds", "Only pictures whose words hold this.", "text", ""),
    ),
    limits=(
        "Words are read by a program (optical character recognition): handwriting, "
        "slanted or small letters are missed or misread, and O and 0, I and 1, B and "
        "8, S and 5 are confused.",
        "Pictures whose words were not read, when there were many, are not in this "
        "answer; the notes of the reading say how many.",
        NOT_WHO,
        NO_FACES,
    ),
    source="DVLA INF104 for plates; numbering plans; Code-Point Open for districts",
)
