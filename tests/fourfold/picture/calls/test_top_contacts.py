"""Are contacts counted from both sides and put in order?"""

from datetime import timedelta

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, DAY, call

ROWS = [
    call(BEGINS, "a", "b", seconds=10),
    call(BEGINS + DAY, "b", "a", seconds=5),
    call(BEGINS + DAY + timedelta(hours=1), "a", "b", "text"),
    call(BEGINS, "a", "c", seconds=100),
    call(BEGINS, "a", "", "data"),
]


def test_each_pair_has_its_counts_days_and_share():
    rows = ask("contacts", ROWS, targets=("a",)).records()
    first = rows[0]
    assert (first["contact"], first["events"], first["out"], first["back"]) == (
        "b", 3, 2, 1,
    )  # fmt: skip
    assert (first["texts"], first["seconds"], first["days"]) == (1, 15, 2)
    assert (first["share"], first["contacts"]) == (0.75, 2)


def test_the_longer_talk_comes_first_of_equal_counts():
    rows = [call(BEGINS, "a", "b", seconds=1), call(BEGINS, "a", "c", seconds=2)]
    assert picked(ask("contacts", rows, targets=("a",)), "contact", "rank") == [
        ("c", 1),
        ("b", 2),
    ]


def test_the_sentence_names_its_base_and_its_rows():
    answer = ask("contacts", ROWS, targets=("a", "zz")).findings.answers
    assert "a was in touch with 2 numbers in 4 events, most with b: 3 of 4" in (
        answer[0].text
    )
    assert answer[0].rows == (0, 1)
    assert answer[1].text.startswith("1 number of 2 had no contact")


def test_without_targets_the_busiest_are_looked_at_and_the_rest_is_said():
    result = ask("contacts", ROWS, most_numbers=1)
    assert {n for (n,) in picked(result, "number")} == {"a"}
    assert "1 busiest" in result.findings.notes[-1]


def test_an_empty_file_gives_an_empty_table_and_a_sentence():
    result = ask("contacts", [])
    assert result.records() == []
    assert result.findings.answers[0].text == "No number was in touch with another one."


def test_days_outside_the_period_do_not_count():
    day = BEGINS.date()
    result = ask("contacts", ROWS, targets=("a",), from_on=day, to_on=day)
    assert picked(result, "contact", "events") == [("c", 1), ("b", 1)]
