"""Which people, numbers, places, sums and times do messages name?

The analysis `messages.mentions`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from fourfold.base.analysis import Analysis, Case, Findings, Parameter
from fourfold.base.errors import FourfoldError
from fourfold.picture.messages.batches import batches, messages_of
from fourfold.picture.messages.mentions.finding import KINDS, mentions_in
from fourfold.picture.messages.mentions.people import Saved, saved_people
from fourfold.picture.messages.tables import (
    MESSAGE,
    MESSAGE_COLUMNS,
    Shape,
    answer_from,
    in_order,
    said,
    shown,
)

FOUND: Shape = (
    ("kind", "text", "Kind"),
    ("value", "text", "Value"),
    ("found", "text", "As written"),
    ("note", "text", "Note"),
    *MESSAGE,
    ("sent_local", "clock", "Sent (local)"),
    ("start", "whole", "From"),
    ("end", "whole", "To"),
    ("text", "text", "Text"),
)
VALUES: Shape = (
    ("kind", "text", "Kind"),
    ("value", "text", "Value"),
    ("messages", "whole", "Messages"),
    ("threads", "whole", "Conversations"),
)


NOUNS = {
    "email": "an address of mail",
    "web": "an address of the web",
    "wallet": "a wallet of crypto currency",
    "iban": "an IBAN",
    "phone": "a phone number",
    "account": "a British bank account",
    "postcode": "a postcode",
    "plate": "what may be a number plate",
    "place": "a place",
    "time": "a day or a time",
    "money": "a sum of money",
    "quantity": "an amount of something sold",
    "person": "a person",
}


class UnknownKind(FourfoldError):
    """Nobody knows a kind of thing by that name."""

    what = "No kind of thing that a message names is called '{kind}'."
    do = "Use one or more of: {known}."
    status = 422


def run(case: Case) -> Findings:
    """Find what every message names."""
    kinds = tuple(case.parameters["kinds"])
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UnknownKind(kind=", ".join(unknown), known=", ".join(KINDS))
    saved = people_saved(case)
    columns = (*MESSAGE_COLUMNS, "sent_local")
    rows: list[Mapping[str, Any]] = []
    total = 0
    for batch in batches(case, messages_of(case, columns), "reading messages"):
        messages = batch.to_pylist()
        total += len(messages)
        found = mentions_in(
            [m["text"] for m in messages],
            [m["sent_local"] for m in messages],
            saved=saved,
            kinds=kinds,
        )
        rows += [
            {
                **messages[row],
                "kind": mention.kind,
                "value": mention.value,
                "found": mention.text,
                "note": mention.note,
                "start": mention.start,
                "end": mention.end,
            }
            for row, mention in found
        ]
    return _findings(in_order(rows), kinds, total)


def people_saved(case: Case) -> Saved:
    """Which names do the case's contact lists hold, if it has any?"""
    if "contacts" not in case.tables:
        return saved_people([])
    contacts = case.tables["contacts"].select("name", "identifier", "device")
    return saved_people(case.backend.to_pyarrow(contacts.distinct()).to_pylist())


def _findings(
    rows: list[Mapping[str, Any]], kinds: tuple[str, ...], total: int
) -> Findings:
    places: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        places[row["kind"]].append(number)
    answers = []
    for kind in kinds:
        held = {(rows[n]["input"], rows[n]["line"]) for n in places[kind]}
        text = (
            f"{len(held):,} of {said(total, 'message')} "
            f"{'names' if len(held) == 1 else 'name'} {NOUNS.get(kind, kind)}"
            f" ({said(len(places[kind]), 'place')})."
        )
        answers.append(answer_from(text, "mentions", places[kind]))
    values = _values(rows)
    return Findings(
        answers=tuple(answers),
        tables=(
            shown("mentions", f"{said(len(rows), 'place')}.", FOUND, rows),
            shown("values", f"{len(values):,} different values.", VALUES, values),
        ),
    )


def _values(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    messages: Counter[tuple[str, str]] = Counter()
    threads: dict[tuple[str, str], set[str]] = defaultdict(set)
    seen = {(r["kind"], r["value"], r["input"], r["line"], r["thread"]) for r in rows}
    for kind, value, _, _, thread in seen:
        messages[kind, value] += 1
        threads[kind, value].add(thread)
    found = [
        {
            "kind": kind,
            "value": value,
            "messages": count,
            "threads": len(threads[kind, value]),
        }
        for (kind, value), count in messages.items()
        if value
    ]
    return sorted(found, key=lambda r: (r["kind"], -r["messages"], r["value"]))


ANALYSIS = Analysis(
    key="messages.mentions",
    question="Which people, phones, plates, places, sums and times do messages name?",
    method=(
        "Each kind is found by its form and, where it has one, its check: phone "
        "numbers by the numbering plans, postcodes by the police data standard and the "
        "list of districts, IBAN and wallets by their check digits, plates by the "
        "forms that the licensing agency has issued (always candidates), sums and "
        "amounts by the sheets 'money' and 'quantities', places by a list of British "
        "towns, villages and suburbs, people by contact lists and by words such as "
        "'my name is'. A part of a text is taken once, by the surest kind. Times such "
        "as 'tmrw 6ish' are worked out from the local time of sending and say so."
    ),
    source="Rule sheets messages: money, quantities, plates, days",
    takes=("messages",),
    may_take=("contacts",),
    parameters=(Parameter("kinds", "Which kinds of thing.", "texts", KINDS),),
    limits=(
        "A person is found only as saved in a contact list or introduced by name.",
        "Many places share a name: the nearest is not known from a message.",
        "A plate in a message is a candidate until a vehicle is found for it.",
        "Sort codes are not checked against the banks' own tables.",
        "Only British forms and English words of time and money are known.",
    ),
    run=run,
)
