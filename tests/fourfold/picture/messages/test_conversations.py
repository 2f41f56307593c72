"""Are conversations put in order, counted and told apart by language?"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from fourfold.picture.messages.language import UnknownLanguage, languages_of
from fourfold.picture.messages.threads import zone_offset

from .told import SENT, messages, messages_of, rows, run

TALK = [
    {"thread": "a", "body": "going cunch, owes £250", "sender_name": "Kez"},
    {"thread": "b", "body": "hello"},
    {
        "thread": "a",
        "body": "ok in Derby",
        "sender": "+447700900002",
        "deleted": True,
        "sent_at": SENT + timedelta(hours=30),
        "sent_local": datetime.fromisoformat("2026-05-02T21:00"),
    },
    {"thread": "a", "body": "when", "sent_at": None, "sent_local": None},
]


def test_a_conversation_is_in_order_with_who_and_zone():
    found = run("threads", messages_of(TALK), threads=["a"])
    told = [
        (r["number"], r["line"], r["who"], r["offset"], r["deleted"])
        for r in rows(found)
    ]
    assert told == [
        (1, 1, "Kez", "+01:00", False),
        (2, 3, "+447700900002", "+01:00", True),
        (3, 4, "+447700900001", "", False),
    ]
    assert [a.text for a in found.answers] == [
        "3 messages of 3 in 1 conversation, in order.",
        "1 of 3 were recovered after deletion.",
        "Clocks ahead of UTC by +01:00; 1 of 3 messages do not say.",
    ]


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "+00:00"), (-5, "-05:00"), (5.75, "+05:45")]
)
def test_a_zone_is_how_far_the_clock_is_from_utc(hours, said):
    local = (SENT + timedelta(hours=hours)).replace(tzinfo=None)
    assert zone_offset(SENT, local) == said


def test_all_conversations_when_none_is_named_and_never_more_than_asked():
    assert len(rows(run("threads", messages_of(TALK)))) == 4
    assert len(rows(run("threads", messages_of(TALK), most=2))) == 2
    assert rows(run("threads", messages())) == []


def test_a_summary_is_counted():
    found = run("conversations", messages_of(TALK))
    first = rows(found)[0]
    assert (first["thread"], first["messages"], first["deleted"]) == ("a", 3, 1)
    assert first["silence_hours"] == 30.0
    assert first["busiest_hour"] == 15
    sentences = [r["sentence"] for r in rows(found, 1) if r["thread"] == "a"]
    assert sentences == [
        "3 messages from 2 senders by SMS, 1 of them recovered after deletion.",
        "+447700900001 ('Kez') sent 2 of 3.",
        "+447700900002 sent 1 of 3.",
        "First 01 May 2026 14:00, last 02 May 2026 20:00 UTC.",
        "1 of 3 messages have no time.",
        "Busiest hour, local time: 15:00 to 15:59, 1 of 2.",
        "Longest silence 30.0 hours: 01 May 2026 14:00 to 02 May 2026 20:00 UTC.",
        "1 of 3 messages hold words of drugs that count.",
        "Sums named in 1 of 3 messages: GBP 250.00 (1).",
        "Places named in 1 of 3 messages: Derby (1).",
    ]
    topic = next(r for r in rows(found, 1) if r["about"] == "topic")
    assert topic["lines"] == ["0:1"]


def test_a_sentence_holds_no_word_of_a_message_but_sums_places_and_names():
    table = messages("zebra umbrella £5", "quixotic in Derby")
    told = " ".join(r["summary"] for r in rows(run("conversations", table)))
    assert not re.search("zebra|umbrella|quixotic", told)


def test_only_the_largest_and_any_order_of_rows():
    table = messages_of(TALK)
    found = run("conversations", table, most=1)
    assert [r["thread"] for r in rows(found)] == ["a"]
    assert found.answers[0].text == "1 of 2 conversations, 3 of 4 messages."
    backwards = table.take([3, 2, 1, 0])
    assert rows(found) == rows(run("conversations", backwards, most=1))
    assert rows(run("conversations", messages())) == []


POLISH = "Spotkajmy się jutro wieczorem przy sklepie, przynieś pieniądze i telefon"
ENGLISH = "Meet me by the shop tomorrow evening and bring the money with you"


def test_languages_are_told_when_there_is_enough():
    assert languages_of([POLISH, ENGLISH, "ok", None, "07700 900123 !!!"]) == [
        "pl",
        "en",
        *["too short to tell"] * 3,
    ]


def test_only_among_those_asked_for():
    assert languages_of([POLISH], ("en", "cy"))[0] in ("en", "cy", "not sure")
    with pytest.raises(UnknownLanguage, match="'xx'"):
        languages_of([POLISH], ("en", "xx"))


def test_languages_are_counted_by_conversation():
    table = messages(POLISH, ENGLISH, ENGLISH, "ok")
    found = run("languages", table)
    assert [a.text for a in found.answers] == [
        "2 of 4 messages: English.",
        "1 of 4 messages: Polish.",
        "1 of 4 messages: too short to tell.",
    ]
    assert [r["line"] for r in rows(found, 1)] == [1]
    assert rows(run("languages", messages())) == []


def test_instants_are_utc():
    first = rows(run("threads", messages_of(TALK), threads=["a"]))[0]
    assert first["sent_at"] == SENT.astimezone(UTC)
