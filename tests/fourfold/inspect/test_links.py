"""Is each finding of the real report tied to the rules that it speaks of?"""

from pathlib import Path

import pytest

from fourfold.inspect.links import PATTERNS, Tied, finding_for, rules_of
from fourfold.inspect.reading import read_report
from fourfold.inspect.report import Finding

EAST_MIDLANDS = Path("tests/data/reports/east-midlands-2023.txt")

# Body, first words of the heading, the rules that its text speaks of: read by hand.
BY_HAND = {
    ("east-midlands", "East Midlands Special Operations Unit and its"): "T03 T07 G01",
    ("east-midlands", "The region could be better at understanding"): "G08",
    ("emsou", "EMSOU is overly focused on traditional"): "U08 U18 T04 T21 G02",
    ("emsou", "The current regional sensitive intelligence"): "U04 G11",
    ("emsou", "We found several concerns"): "R11 R15 G04 G06",
    ("emsou", "There is insufficient intelligence resource"): "U01 U04",
    ("derbyshire", "There are some gaps in how the force"): "U02",
    ("derbyshire", "Lead responsible officers (LROs) need more"): "T05 T06",
    ("derbyshire", "The force has an analytical structure"): "U01",
    ("derbyshire", "The force should adopt a more consistent"): "G13",
    ("derbyshire", "The force should improve how it tackles economic"): "R04",
    ("derbyshire", "The force should improve staff training to manage"): "R06",
    ("lincolnshire", "The force doesn’t adequately understand"): "U09 U12",
    ("lincolnshire", "The force needs to increase its resource"): "U01 R15",
    ("lincolnshire", "The force should update the serious"): "U02 U01",
    ("lincolnshire", "The force should ensure that the lead"): "T06",
    ("lincolnshire", "The force should improve how it records"): "T03 U17 T02",
    ("lincolnshire", "The force should promote a whole-system"): "G01",
    ("northamptonshire", "The force should improve its approach"): "T05 T01",
    ("northamptonshire", "The force should make full use of financial"): "R04",
    ("nottinghamshire", "The force has effective governance"): "G08",
    ("nottinghamshire", "The force should make sure that its serious"): "R01",
    ("nottinghamshire", "The force is struggling to resource"): "R06",
    ("nottinghamshire", "The force should make sure that personnel"): "T02 T08",
    ("nottinghamshire", "The force should improve how it records"): "T03 T29 T02",
}
LINKS = [pytest.param(link, id=link.key) for link, _wanted, _refused in PATTERNS]


def said(text: str, kind: str = "area for improvement", heading: str = "") -> Finding:
    return Finding(
        kind=kind,
        body=None,
        section=None,
        heading=heading,
        text=text,
        bullets=(),
        line=1,
        quote=text,
        body_slug="derbyshire",
        body_kind="force",
    )


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return list(read_report(EAST_MIDLANDS).findings)


@pytest.mark.parametrize("place", BY_HAND, ids=lambda place: " ".join(place)[:50])
def test_a_finding_of_the_report_is_tied_as_by_hand(findings, place) -> None:
    body, start = place
    found = [
        rules_of(f)
        for f in findings
        if f.body_slug == body and f.heading.startswith(start)
    ]
    assert [set(rules) for rules in found] == [set(BY_HAND[place].split())]


def test_no_other_heading_of_the_report_is_tied(findings) -> None:
    tied = {(f.body_slug, f.heading) for f in findings if f.heading and rules_of(f)}
    expected = {
        (body, heading)
        for body, heading in tied
        for place, start in BY_HAND
        if body == place and heading.startswith(start)
    }
    assert tied == expected
    assert not any(body == "leicestershire" for body, _heading in tied)


@pytest.mark.parametrize("link", LINKS)
def test_an_example_is_tied_and_its_counterpart_is_not(link) -> None:
    for sentence in link.examples:
        assert link.rule in rules_of(said(sentence))
        assert link.rule not in rules_of(said(sentence, kind="innovative practice"))
    for sentence in link.counter:
        assert link.rule not in rules_of(said(sentence))


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The force doesn’t have enough analysts.", "U01"),
        ("The force does not have a current SOC local profile.", "U02"),
        ("There is a backlog of intelligence reports.", "U06"),
        ("A high number of vacancies undermines the team.", "R01"),
        ("The average waiting time for a mobile phone is a year.", "R06"),
        ("Tasking meetings were regularly cancelled.", "G01"),
        ("The force has no performance framework for SOC.", "G08"),
        ("Work was predominantly enforcement.", "T02"),
    ],
)
def test_other_reports_say_the_same_in_other_words(sentence: str, rule: str) -> None:
    assert rule in rules_of(said(sentence))


def test_what_the_heading_names_comes_first() -> None:
    finding = said(
        "There aren’t enough analysts to do the work: it has limited analytical staff.",
        heading="The force should update the local profile",
    )
    assert rules_of(finding) == ("U02", "U01")


def test_the_finding_that_names_a_rule_earliest_answers_for_it() -> None:
    tied = [
        Tied("profile", "lincolnshire", ("U02", "U01")),
        Tied("analysts", "lincolnshire", ("U01", "R15")),
        Tied("elsewhere", "derbyshire", ("U01",)),
    ]
    assert finding_for("U01", "lincolnshire", tied) == "analysts"
    assert finding_for("R15", "derbyshire", tied) is None
