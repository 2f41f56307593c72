"""Are nearly same messages that went to many found, with what varies in them?"""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.picture.messages.near_same import near_same
from fourfold.picture.messages.template import GAP, template_of

from .told import SENT, messages, messages_of, rows, run

ADVERT = "{} best of both on now, 3 for {}, bell this number all day"


def advert(copies: int, sender: str = "+447700900001", apart: int = 1, **same):
    return [
        {
            "body": ADVERT.format(("yo", "hi", "safe")[n % 3], (20, 25)[n % 2]),
            "sender": sender,
            "recipients": [f"+4477009100{n:02d}"],
            "sent_at": SENT + timedelta(minutes=n * apart),
            **same,
        }
        for n in range(copies)
    ]


SMALL_TALK = [{"body": f"see you at the {w} later on then"} for w in ("gym", "pub")]


def test_a_broadcast_is_one_cluster_with_its_template():
    table = messages_of([*advert(12), *SMALL_TALK])
    found = run("broadcasts", table)
    (row,) = rows(found)
    assert (
        row["template"]
        == f"{GAP} best of both on now, 3 for {GAP} bell this number all day"
    )
    assert row["varying"] == ["hi | safe | yo", "20, | 25,"]
    assert (row["messages"], row["recipients"], row["busiest"]) == (12, 12, 12)
    assert row["senders"] == ["+447700900001"]
    assert (row["first_at"], row["last_at"]) == (SENT, SENT + timedelta(minutes=11))
    assert [copy["line"] for copy in rows(found, 1)] == list(range(1, 13))
    assert found.answers[0].text.endswith("12 of 14 messages.")


def test_two_phones_of_one_line_are_one_cluster():
    other = advert(6, sender="+447700900007")
    other = [
        row | {"recipients": [f"+447700920{n:03d}"]} for n, row in enumerate(other)
    ]
    (row,) = rows(run("broadcasts", messages_of([*advert(6), *other])))
    assert row["sender_count"] == 2
    assert row["recipients"] == 12


def test_one_message_to_many_counts_its_recipients():
    many = [f"+4477009200{n:02d}" for n in range(20)]
    table = messages_of([{"body": ADVERT.format("yo", 20), "recipients": many}])
    assert rows(run("broadcasts", table))[0]["recipients"] == 20


def test_too_few_recipients_are_left_out():
    assert rows(run("broadcasts", messages_of(advert(9)))) == []
    assert rows(run("broadcasts", messages_of(advert(9)), least_recipients=9))


def test_the_same_words_now_and_then_are_no_broadcast():
    rarely = messages_of(advert(12, apart=60 * 24))
    assert rows(run("broadcasts", rarely)) == []
    assert rows(run("broadcasts", rarely, least_at_once=1))[0]["busiest"] == 1


def test_without_times_it_is_shown_all_the_same():
    timeless = messages_of(advert(12, sent_at=None, sent_local=None))
    (row,) = rows(run("broadcasts", timeless))
    assert (row["busiest"], row["first_at"]) == (0, None)


def test_order_of_rows_does_not_matter():
    table = messages_of([*advert(12), *SMALL_TALK])
    backwards = table.take(list(range(table.num_rows))[::-1])
    one, other = run("broadcasts", table), run("broadcasts", backwards)
    assert rows(one) == rows(other)
    assert rows(one, 1) == rows(other, 1)


def test_another_message_takes_no_cluster_away():
    before = rows(run("broadcasts", messages_of(advert(12))))
    other = {"body": "best of both worlds that is"}
    after = rows(run("broadcasts", messages_of([*advert(12), other])))
    assert before == after


def test_no_messages_have_no_broadcasts():
    assert rows(run("broadcasts", messages())) == []
    assert rows(run("broadcasts", messages("", "   "))) == []


def test_chains_are_cut():
    words = [f"w{n}x{n * 7}" for n in range(40)]
    texts = sorted(" ".join(words[n : n + 10]) for n in range(30))
    labels = near_same(texts, 0.7)
    assert len(set(labels)) >= 3
    assert len(set(labels)) < len(texts)


WORDS = st.lists(
    st.sampled_from(["line", "on", "both", "fast", "drop", "bell", "now"]), max_size=6
)


@settings(deadline=None)
@given(st.lists(WORDS.map(" ".join), unique=True, max_size=8).map(sorted))
def test_a_text_is_alone_or_like_its_leader(texts):
    from rapidfuzz import fuzz

    labels = near_same(texts, 0.7)
    assert len(labels) == len(texts)
    for text, label in zip(texts, labels, strict=True):
        assert texts[label] == text or fuzz.ratio(texts[label], text) >= 70


def test_a_template_of_one_text_is_the_text():
    made = template_of(["a b  c"])
    assert (made.text, made.varying) == ("a b c", ())


def test_a_word_that_some_copies_lack_is_a_gap():
    made = template_of(["come to the gate", "come to gate", "come to the old gate"])
    assert made.text == f"come to {GAP} gate"
    assert made.varying == ("nothing | the | the old",)
