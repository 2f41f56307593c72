"""Does a search find the right messages, best first, and show where?"""

import pytest

from fourfold.base.errors import MissingColumns
from fourfold.picture.messages.index import NotAnIndex, build_index, open_index
from fourfold.picture.messages.query import UnreadableQuery

from .told import messages, messages_of, rows, run

BODIES = (
    "he is selling bikes and selling cars",
    "Sold a car. The sale was quick",
    "the knife is in the park by the gate",
    "park the car; he has a kitchen knife and lots of other things to do today",
    "free entry to the fair",
    "entry is free",
    "shipmant arrives friday",
    "don't sell it",
    "",
)


def lines(words: str, **given) -> list[int]:
    return [
        row["line"]
        for row in rows(run("search", messages(*BODIES), words=words, **given))
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sell", [1, 8]),
        ('"sell"', [8]),
        ('"free entry"', [5]),
        ("free entry", [5, 6]),
        ("knife NEAR/4 park", [3]),
        ("park NEAR/4 knife", [3]),
        ("knife NEAR/7 park", [3, 4]),
        ("car -sale", [1, 4]),
        ("kni*", [3, 4]),
        ("shipment", [7]),
        ("shipment~0", []),
        ("dont", [8]),
        ("gate~1 zzz", []),
    ],
)
def test_what_is_found(words, found):
    assert sorted(lines(words)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("❄️", [1, 2]),
        ('"white ❄"', [2]),
        ("🔌 NEAR/2 white", [2]),
        ("❄ -🔌", [1]),
        ("🍁", []),
    ],
)
def test_an_emoji_is_found_as_a_word(words, found):
    table = messages("got❄️tonight", "🔌 white ❄️❄️ ring me", "nothing of the kind")
    listed = rows(run("search", table, words=words))
    assert sorted(row["line"] for row in listed) == found


def test_any_part_will_do_when_asked():
    assert sorted(lines("gate fair", match="any")) == [3, 5]
    assert lines("gate fair") == []


def test_repeated_and_short_come_first():
    assert lines("sell") == [1, 8]
    assert lines("knife") == [3, 4]


def test_the_score_is_the_formula():
    from math import log

    table = messages("a b", "a c d e", "f g")
    (best, *_) = rows(run("search", table, words='"a"'))
    rarity = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    mean = (2 + 4 + 2) / 3
    expected = rarity * 2.2 / (1 + 1.2 * (1 - 0.75 + 0.75 * 2 / mean))
    assert best["score"] == pytest.approx(expected, abs=1e-6)


def test_places_slice_the_text():
    found = run("search", messages("The Knives, a knife!"), words="knife knives")
    row = rows(found)[0]
    spans = [tuple(map(int, place.split("-"))) for place in row["places"]]
    assert [row["text"][a:b] for a, b in spans] == ["Knives", "knife"]
    assert row["excerpt"] == "The «Knives», a «knife»!"


def test_the_answer_has_its_base_and_the_subject_is_searched():
    table = messages_of(
        [{"subject": "Invoice", "body": "see below"}, {"body": "hello"}]
    )
    found = run("search", table, words="invoice")
    assert found.answers[0].text == "1 of 2 messages holds invoice."
    assert rows(found)[0]["text"] == "Invoice\nsee below"


def test_order_of_rows_and_other_messages_do_not_matter():
    table = messages(*BODIES)
    backwards = table.take(list(range(table.num_rows))[::-1])
    first = run("search", table, words="car")
    assert rows(first) == rows(run("search", backwards, words="car"))
    more = messages(*BODIES, "nothing to see")
    held = {row["line"] for row in rows(run("search", more, words="car"))}
    assert held >= {row["line"] for row in rows(first)}


def test_no_messages_hold_nothing():
    found = run("search", messages(), words="car")
    assert rows(found) == []
    assert found.answers[0].text == "0 of 0 messages hold car."


def test_a_query_that_cannot_be_read_is_said_before_any_work():
    with pytest.raises(UnreadableQuery, match="names no word"):
        run("search", messages("a"), words="-a")


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(MissingColumns, match="body"):
        run("search", messages("a").drop_columns(["body"]), words="a")


def test_an_index_is_opened_again_and_a_broken_one_is_not(tmp_path):
    import ibis

    from fourfold.base.engine import open_engine

    texts = messages("a b", "c").rename_columns({"body": "text"})
    with open_engine() as backend:
        built = build_index(ibis.memtable(texts), backend, tmp_path / "index")
    assert open_index(tmp_path / "index") == built
    assert (built.messages, built.words) == (2, 3)
    (tmp_path / "index" / "index.json").write_text("{}")
    with pytest.raises(NotAnIndex, match="does not hold a whole index"):
        open_index(tmp_path / "index")
