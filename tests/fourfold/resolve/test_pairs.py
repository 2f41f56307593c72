"""Which records may be about one person, and why."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.base.protected import named_in
from fourfold.resolve.pairs import (
    COMPARED,
    COMPARISONS,
    Person,
    candidate_pairs,
    differing,
    name_parts,
)

BORN = date(1990, 3, 4)
SEAN = Person("1", "emsou", "Sean O'Neill", BORN)


def other(name, born_on, body="derbyshire"):
    return Person("2", body, name, born_on)


@pytest.mark.parametrize(
    ("name", "born_on", "reasons"),
    [
        ("O'NEILL, Séan", BORN, ("Born on the same day", "Names are the same")),
        ("Shaun O'Neill", BORN, ("Born on the same day", "Names are alike")),
        (
            "Sean ONeill",
            date(1990, 4, 3),
            ("Day and month of birth are swapped", "Names are the same"),
        ),
        (
            "Sean ONeill",
            date(1990, 11, 20),
            ("Born in the same year, on another day", "Names are the same"),
        ),
        (
            "Sean O'Neill",
            None,
            ("The day of birth is missing in one or both", "Names are the same"),
        ),
    ],
)
def test_a_pair_says_why_it_is_worth_a_look(name, born_on, reasons):
    found = candidate_pairs([SEAN, other(name, born_on)])
    assert [(pair.left, pair.right) for pair in found] == [("1", "2")]
    assert found[0].reasons == reasons


@pytest.mark.parametrize(
    ("name", "born_on"),
    [
        ("Sean O'Neill", date(1991, 3, 4)),
        ("Marcus Webb", BORN),
        ("Marcus Webb", None),
        ("Shona O'Neal", None),
        ("", BORN),
        ("42", BORN),
    ],
)
def test_what_is_not_alike_makes_no_pair(name, born_on):
    assert candidate_pairs([SEAN, other("Sean O'Neill", BORN)])
    assert candidate_pairs([SEAN, other(name, born_on)]) == []


def test_two_records_of_one_body_are_its_own_affair():
    assert candidate_pairs([SEAN, other("Sean O'Neill", BORN, body="emsou")]) == []


def test_nobody_makes_no_pair():
    assert candidate_pairs([]) == []


def test_accents_apostrophes_and_order_of_a_name_do_not_matter():
    assert (
        name_parts("O’Neill, Séan") == name_parts("sean ONEILL") == ["oneill", "sean"]
    )


PEOPLE = st.lists(
    st.builds(
        Person,
        key=st.uuids().map(str),
        body=st.sampled_from(["emsou", "derbyshire", "lincolnshire"]),
        name=st.sampled_from(["Ann Lee", "Lee, Anne", "Bo Holt", "Ann  lee", ""]),
        born_on=st.sampled_from([BORN, date(1990, 4, 3), date(1970, 1, 1), None]),
    ),
    max_size=8,
    unique_by=lambda person: person.key,
)


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_each_pair_is_found_once_across_bodies_whatever_the_order(people):
    found = candidate_pairs(people)
    body = {person.key: person.body for person in people}
    assert all(pair.left < pair.right for pair in found)
    assert all(body[pair.left] != body[pair.right] for pair in found)
    assert len({(pair.left, pair.right) for pair in found}) == len(found)
    assert candidate_pairs(people[::-1]) == found


def test_what_differs_is_told_field_by_field():
    assert differing(SEAN, other("O'Neill, Sean", None)) == {
        "name": False, "born_on": True
    }  # fmt: skip


def test_nothing_protected_is_compared():
    fields = set(Person.__dataclass_fields__) - {"key", "body"}
    assert fields == set(COMPARED)
    for rule in COMPARISONS:
        for text in (rule.key, rule.says, rule.births):
            assert named_in(text) == [], rule.key
