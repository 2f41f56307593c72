from datetime import date
from pathlib import Path

import pytest

from fourfold.inspect.reading import read_report
from fourfold.inspect.report import Recommendation

DATA = Path("tests/data/reports")
HEAD = (
    "An inspection of Kent Police\n\nPublished on: 14 June 2024\n\nKent Police\n\n"
    "Cause of concern\n\nThe force is too slow\n\nIt waits.\n\nRecommendations\n\n"
)


def asked(tmp_path: Path, text: str) -> list[Recommendation]:
    file = tmp_path / "report.txt"
    file.write_text(HEAD + text, encoding="utf-8")
    return list(read_report(file).recommendations)


@pytest.mark.parametrize(
    ("printed", "day", "words"),
    [
        ("By 1 March 2025, ", date(2025, 3, 1), "By 1 March 2025"),
        ("By\u00a01\u00a0March\u00a02025 ", date(2025, 3, 1), "By 1 March 2025"),
        (
            "By the end of March 2025, ",
            date(2025, 3, 31),
            "By the end of March 2025",
        ),
        (
            "No later than 1 March 2025, ",
            date(2025, 3, 1),
            "No later than 1 March 2025",
        ),
        (
            "Within three months of the publication of this report, ",
            date(2024, 9, 14),
            "Within three months of the publication of this report",
        ),
        (
            "Within six months of 2 March 2025, ",
            date(2025, 9, 2),
            "Within six months of 2 March 2025",
        ),
        ("Within three months, ", None, "Within three months"),
        ("Immediately, ", None, "Immediately"),
        ("With immediate effect, ", None, "With immediate effect"),
        ("By March 2025, ", None, "By March 2025"),
        ("", None, None),
    ],
)
def test_a_deadline_is_a_day_only_if_the_text_gives_one(tmp_path, printed, day, words):
    (found,) = asked(tmp_path, f"• {printed}the chief constable should assess it.")
    assert found.deadline == day
    said = found.deadline_text
    assert (said.replace("\u00a0", " ") if said else said) == words
    assert found.owner == "the chief constable"
    assert found.actions == ("assess it",)
    assert found.parent == "The force is too slow"


def test_the_deadline_may_stand_behind_the_owner(tmp_path):
    (found,) = asked(tmp_path, "Kent Police should, by 1 May 2025, train its staff.")
    assert (found.owner, found.deadline) == ("Kent Police", date(2025, 5, 1))
    assert found.actions == ("train its staff",)


def test_several_shoulds_are_actions_under_one_date(tmp_path):
    (found,) = asked(
        tmp_path,
        "By 1 May 2025, the force should plan and should train. They should report. "
        "The plan should name an owner.",
    )
    assert found.actions == (
        "plan",
        "train",
        "report",
        "The plan should name an owner",
    )


def test_the_date_and_owner_of_a_list_cover_every_bullet(tmp_path):
    plan, act = asked(
        tmp_path,
        "By 1 May 2025, Kent Police should:\n\n  - plan; and\n  - act.\n\n"
        "By 1 June 2025, the chief constable of Kent Police should:\n\n  - report.",
    )
    assert (plan.actions, act.actions) == (("plan", "act"), ("report",))
    assert (plan.deadline, act.deadline) == (date(2025, 5, 1), date(2025, 6, 1))
    assert act.body_slug == "kent"


def test_advice_in_the_text_of_a_finding_is_no_recommendation(tmp_path):
    text = "By 1 May 2025, the force should plan.\n\nThe force lacks staff\n\n"
    assert len(asked(tmp_path, text + "The force should recruit.")) == 1


def test_the_two_recommendations_of_the_real_report():
    first, second = read_report(DATA / "east-midlands-2023.txt").recommendations
    assert first.owner == "the chief constable responsible for the EMSOU collaboration"
    assert (first.deadline, first.line) == (date(2024, 3, 1), 153)
    assert first.actions[0] == "revise the section 22 collaboration agreement"
    assert second.owner == "chief constables and police and crime commissioners"
    assert (second.deadline, second.line) == (date(2023, 7, 1), 154)
    assert second.actions[1] == "provide a sufficient capital replacement budget"
    assert first.parent == second.parent
    assert first.parent.startswith("We found several concerns in East Midlands")


def test_a_tracker_gives_each_recommendation_its_chain_of_statuses():
    report = read_report(DATA / "invented-tracker.txt")
    assert [(r.deadline_text, r.actions) for r in report.recommendations] == [
        ("Immediately", ("map each group within seven days",)),
        ("By 30 September 2017", ("publish the results",)),
        (None, ("train its mapping team",)),
    ]
    assert {r.number for r in report.recommendations} == {"5"}
    assert {r.statuses for r in report.recommendations} == {
        (("2017-03-03", "awaiting-review"), ("2018-06-11", "complete"))
    }
    assert [f.kind for f in report.findings] == [
        "cause of concern",
        "area for improvement",
        "area for improvement",
    ]
    assert [f.reported_by for f in report.figures] == [None, "Wiltshire Police"]


def test_a_number_a_dash_and_the_text_may_stand_in_the_line_of_the_label(tmp_path):
    text = (
        "Recommendation 2 – By 1 May 2025, Kent Police should:\n\n• plan; and\n• act."
    )
    (found,) = asked(tmp_path, text)
    assert (found.number, found.owner) == ("2", "Kent Police")
    assert found.actions == ("plan", "act")


def test_bare_statuses_belong_to_the_recommendation_above_them(tmp_path):
    text = (
        "The force should plan.\n\nawaiting-review 3rd March 2017, "
        "complete 11 June 2018"
        "\n\nArea for improvement\n\nThe force should act\n\nStatus: Complete"
    )
    (found,) = asked(tmp_path, text)
    assert found.statuses == (
        ("2017-03-03", "awaiting-review"),
        ("2018-06-11", "complete"),
    )


def test_an_owner_of_several_bodies_leaves_the_body_of_the_part(tmp_path):
    text = "By 1 May 2025, {} should plan."
    (one,) = asked(tmp_path, text.format("the chief constable of Essex Police"))
    (two,) = asked(tmp_path, text.format("Essex Police and Suffolk Constabulary"))
    assert (one.body_slug, two.body_slug) == ("essex", "kent")


@pytest.mark.parametrize(
    "text",
    [
        "Kent Police has been told to clear its queue by 31 October 2024.",
        "Inspectors told Kent Police to clear its queue by 31 October 2024.",
        "Kent Police was given until 31 October 2024 to clear its queue.",
    ],
)
def test_an_article_says_who_was_told_to_do_what_by_when(tmp_path, text):
    file = tmp_path / "article.txt"
    file.write_text(f"A made-up article\n\nIt is slow. {text}", encoding="utf-8")
    (found,) = read_report(file).recommendations
    assert (found.owner, found.body_slug) == ("Kent Police", "kent")
    assert (found.deadline, found.actions) == (
        date(2024, 10, 31),
        ("clear its queue",),
    )
