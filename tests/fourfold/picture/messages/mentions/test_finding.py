"""Is each part of a text taken once, and does every place slice back?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.messages.mentions.finding import KINDS, mentions_in, mentions_of

from ..told import SENT, contacts, messages, messages_of, rows, run

PARTS = st.sampled_from(
    [
        "07700 900123",
        "ng1 5fs",
        "AB12 CDE",
        "£2.5k",
        "2k",
        "tmrw 6ish",
        "20-00-00",
        "55779911",
        "GB82 WEST 1234 5698 7654 32",
        "in Nottingham",
        "me@x.co.uk",
        "www.x.com",
        "half a z",
        "my name is Darren",
        "3rd of june",
        " ",
        ", ",
        "é",
        "12",
        "\n",
        "İ",
        "🔌",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, max_size=8).map("".join) | st.text(max_size=60))
def test_places_slice_back_and_never_overlap(text):
    found = mentions_of(text)
    end = 0
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end


@settings(deadline=None)
@given(st.lists(st.lists(PARTS, max_size=5).map(" ".join), max_size=4))
def test_many_at_once_say_the_same_as_one_by_one(texts):
    together = list(mentions_in(texts, [None] * len(texts)))
    alone = [(row, m) for row, text in enumerate(texts) for m in mentions_of(text)]
    assert together == alone


def test_digits_belong_to_one_thing_only():
    text = "GB82 WEST 1234 5698 7654 32, sort 20-00-00 acc 55779911, ring 07700 900123"
    kinds = [m.kind for m in mentions_of(text)]
    assert kinds == ["iban", "account", "phone"]


def test_the_analysis_counts_and_names_rows():
    table = messages("ring 07700 900123", "or 07700 900123", "hello")
    found = run("mentions", table, kinds=["phone", "plate"])
    assert [a.text for a in found.answers] == [
        "2 of 3 messages name a phone number (2 places).",
        "0 of 3 messages name what may be a number plate (0 places).",
    ]
    assert (found.answers[0].table, found.answers[0].rows) == ("mentions", (0, 1))
    assert found.answers[1].table == ""
    assert rows(found, 1) == [
        {"kind": "phone", "value": "+447700900123", "messages": 2, "threads": 1}
    ]


def test_contacts_make_people():
    found = run(
        "mentions",
        messages("saw Kez"),
        {"contacts": contacts(("Kez", "07700900102"))},
        kinds=["person"],
    )
    assert [row["value"] for row in rows(found)] == ["Kez"]


def test_times_hang_on_local_time():
    late = {
        "body": "tmrw",
        "sent_at": SENT,
        "sent_local": SENT.replace(hour=0, day=2, tzinfo=None),
    }
    found = run("mentions", messages_of([late]), kinds=["time"])
    assert rows(found)[0]["value"] == "2026-05-03"


def test_another_message_takes_no_mention_away_and_order_does_not_matter():
    bodies = ("ring 07700 900123", "AB12 CDE", "tmrw in Derby")
    alone = rows(run("mentions", messages(*bodies)))
    more = messages(*bodies, "nothing here")
    backwards = more.take([3, 2, 1, 0])
    assert rows(run("mentions", backwards)) == alone


def test_no_messages_name_nothing():
    found = run("mentions", messages())
    assert rows(found) == []
    assert len(found.answers) == len(KINDS)


def test_an_unknown_kind_is_refused():
    import pytest

    from fourfold.picture.messages.named_things import UnknownKind

    with pytest.raises(UnknownKind, match="'shoes'"):
        run("mentions", messages("a"), kinds=["phone", "shoes"])
