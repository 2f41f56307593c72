"""Is what is on a watch-list found however it is written, and nothing else?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.base.analysis import NothingToRead
from fourfold.picture.messages.watching import (
    UnreadableWatchList,
    Watched,
    digits_of,
    kind_of,
    read_watch_list,
    watch_book,
)

from .told import identifiers, messages, messages_of, rows, run


def seen(entries: list[str], text: str) -> list[tuple[str, str]]:
    book = watch_book([Watched(entry) for entry in entries])
    return [(entries[s.entry], text[s.start : s.end]) for s in book.sightings([text])]


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("07700900123", "ring +44 7700 900 123 now", "+44 7700 900 123"),
        ("+447700900123", "07700900123", "07700900123"),
        ("+44 (0)7700 900123", "0044 7700900123.", "0044 7700900123"),
        ("07700900123", "07700 900456 07700 900123", "07700 900123"),
        ("07700900123", "077009001234", ""),
        ("07700900123", "x07700900123", ""),
        ("AB12CDE", "in the ab12 cde", "ab12 cde"),
        ("ab12 cde", "AB12CDE", "AB12CDE"),
        ("AB12CDE", "AB12CDEF", ""),
        ("Kez Marlow", "KEZ  marlow's", "KEZ  marlow"),
        ("Kez Marlow", "Kez's Marlow", ""),
        ("O'Brien", "obrien", "obrien"),
        ("back lane garage", "the Back-Lane garage", "Back-Lane garage"),
        ("ann", "planned", ""),
    ],
)
def test_both_sides_are_put_in_one_form(entry, text, found):
    if entry == "Kez Marlow" and text.endswith("marlow's"):
        found = ""  # "marlow's" is another word: "marlows"
    assert [f for _, f in seen([entry], text)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("term", "kind", "told"),
    [
        ("07700900123", "", "phone"),
        ("AB12 CDE", "", "plate"),
        ("Kez", "", "words"),
        ("1234", "", "words"),
        ("12345678", "account", "words"),
        ("ZX10QAA", "plate", "plate"),
    ],
)
def test_how_an_entry_is_looked_for(term, kind, told):
    assert kind_of(Watched(term, kind)) == told


@settings(deadline=None)
@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_a_british_number_is_one_however_it_begins(rest):
    ways = (f"07{rest}", f"+447{rest}", f"00447{rest}", f"+44 (0)7{rest}", f"447{rest}")
    assert len({digits_of(way) for way in ways}) == 1


@settings(deadline=None)
@given(
    st.text(alphabet="ab 07-+🔌\n", max_size=40), st.text(alphabet="ab 07", max_size=12)
)
def test_places_slice_and_another_text_takes_none_away(text, term):
    book = watch_book([Watched(term), Watched("ab"), Watched("0700700")])
    alone = [(s.start, s.end, s.entry) for s in book.sightings([text])]
    among = [(s.start, s.end, s.entry) for s in book.sightings(["ab", text]) if s.row]
    assert alone == among
    assert all(text[start:end] for start, end, _ in alone)


def test_hits_carry_the_reference_and_say_where():
    table = messages_of(
        [
            {"body": "kez marlow has it", "sender": "+447700900009"},
            {"body": "ok", "recipients": ["07700 900123", "+447700900002"]},
            {"body": "nothing"},
        ]
    )
    listed = identifiers(
        ("Marlow", "name", "Kez Marlow"),
        ("Dez", "phone", "+44 7700 900123"),
        ("Unc", "phone", "07700900009"),
        ("Nobody", "plate", "AB12CDE"),
    )
    found = run("watch", table, {"identifiers": listed}, terms=["has it"])
    hits = [(r["line"], r["where"], r["person"], r["reference"]) for r in rows(found)]
    assert hits == [
        (1, "sender", "Unc", "1:4"),
        (1, "text", "Marlow", "1:2"),
        (1, "text", "", "asked"),
        (2, "recipient", "Dez", "1:3"),
    ]
    assert [a.text for a in found.answers] == [
        "2 of 3 messages hold something that is watched for.",
        "4 of 5 on the list were seen.",
    ]


def test_order_of_rows_and_other_messages_do_not_matter():
    table = messages("kez", "see kez", "no", "kez kez")
    one = rows(run("watch", table, terms=["kez"]))
    assert one == rows(run("watch", table.take([3, 1, 2, 0]), terms=["kez"]))
    assert one == rows(run("watch", table.take([0, 1, 3]), terms=["kez"]))


def test_no_list_is_said():
    with pytest.raises(NothingToRead, match="watch-list"):
        run("watch", messages("a"))


def test_no_messages_hold_nothing_that_is_watched():
    assert rows(run("watch", messages(), terms=["a"])) == []


def test_a_list_is_read_from_csv_and_from_plain_lines(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("﻿Term,Kind,Reference\nKez,name,W1\n,,\n07700900123,phone,W2\n")
    assert read_watch_list(file) == [
        Watched("Kez", "name", "W1"),
        Watched("07700900123", "phone", "W2"),
    ]
    file.write_text("Kez, the one\n\nKez, the one\nAB12CDE\n")
    assert read_watch_list(file) == [Watched("Kez, the one"), Watched("AB12CDE")]


@pytest.mark.parametrize(
    ("content", "fault"), [(b"", "no term"), (b"caf\xe9", "not UTF-8 at byte 3")]
)
def test_a_list_that_cannot_be_read_is_said(tmp_path, content, fault):
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableWatchList, match=fault):
        read_watch_list(file)
