from pathlib import Path

import pytest

from fourfold.inspect.reading import read_report

DATA = Path("tests/data/reports")


def found(tmp_path: Path, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    file = tmp_path / "report.txt"
    head = "An inspection of Kent Police\n\nKent Police\n\n"
    file.write_text(head + text, encoding="utf-8")
    return [(f.kind, f.heading, f.bullets) for f in read_report(file).findings]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Areas for improvement", "area for improvement"),
        ("Area for improvement", "area for improvement"),
        ("AREAS FOR IMPROVEMENT", "area for improvement"),
        ("Area for improvement 2", "area for improvement"),
        ("Cause of concern", "cause of concern"),
        ("Causes of concern", "cause of concern"),
        ("Accelerated cause of concern", "cause of concern"),
        ("Innovative practice", "innovative practice"),
        ("Promising practice", "promising practice"),
        ("Good practice", "good practice"),
        ("Notable practice", "good practice"),
    ],
)
def test_the_label_decides_the_kind_not_the_words_of_the_heading(tmp_path, label, kind):
    text = f"{label}\n\nThe force should do better\n\nIt does little."
    assert found(tmp_path, text) == [(kind, "The force should do better", ())]


def test_a_label_and_its_heading_may_share_a_line(tmp_path):
    text = "Area for improvement: The force should do better\n\nIt does little."
    assert found(tmp_path, text) == [
        ("area for improvement", "The force should do better", ())
    ]


def test_bullets_of_a_cause_of_concern_are_parts_of_one_cause(tmp_path):
    text = (
        "Cause of concern\n\nThe force is slow. It has no plan.\n\n"
        "Our main concerns include:\n\n  • it waits; and\n  • it forgets."
    )
    assert found(tmp_path, text) == [
        ("cause of concern", "The force is slow.", ("it waits", "it forgets."))
    ]


def test_bullets_right_under_an_older_label_are_findings_of_their_own(tmp_path):
    text = "Areas for improvement\n\n  * The force should plan.\n  * It should act."
    assert found(tmp_path, text) == [
        ("area for improvement", "The force should plan.", ()),
        ("area for improvement", "It should act.", ()),
    ]


def test_a_plain_heading_is_a_finding_by_its_words(tmp_path):
    text = (
        "The force has effective governance\n\nIt meets.\n\n"
        "The force lacks analysts\n\nIt has none."
    )
    assert found(tmp_path, text) == [
        ("positive heading", "The force has effective governance", ()),
        ("improvement heading", "The force lacks analysts", ()),
    ]


def test_a_request_and_history_are_filed_beside_the_finding(tmp_path):
    text = (
        "The force lacks analysts\n\nIt has none. We urge it to recruit. "
        "Since our inspection, the force has found two."
    )
    assert [kind for kind, _, _ in found(tmp_path, text)] == [
        "improvement heading",
        "request",
        "history",
    ]


def test_nothing_in_the_introduction_or_the_appendices_is_a_finding(tmp_path):
    text = "Appendix 1: Map of units\n\nThe units should be shown\n\nWe urge care."
    assert found(tmp_path, "The force lacks analysts\n\nNone.") != []
    assert found(tmp_path, text) == []


def test_boxes_stand_in_the_section_of_their_body_in_each_order_of_the_label(tmp_path):
    report = read_report(DATA / "invented-north-west.txt")
    boxes = ("cause of concern", "area for improvement", "innovative practice")
    assert [
        (f.kind, f.body, f.section, f.line) for f in report.findings if f.kind in boxes
    ] == [
        (
            "area for improvement",
            "North West Regional Organised Crime Unit",
            "Understanding SOC and setting priorities to tackle it",
            60,
        ),
        (
            "cause of concern",
            "Cheshire Constabulary",
            "Understanding SOC and setting priorities to tackle it",
            86,
        ),
        ("area for improvement", "Cheshire Constabulary", "Resources and skills", 112),
        ("area for improvement", "Cheshire Constabulary", "Resources and skills", 118),
        ("innovative practice", "Cumbria Constabulary", "Resources and skills", 136),
        ("area for improvement", "North Wales Police", None, 148),
    ]
    (cause,) = [f for f in report.findings if f.kind == "cause of concern"]
    assert cause.accelerated
    assert len(cause.bullets) == 3


def test_london_has_a_region_and_forces_but_no_unit():
    report = read_report(DATA / "invented-london.txt")
    assert [(j.body, j.grade) for j in report.judgments] == [
        ("British Transport Police", "adequate"),
        ("City of London Police", "requires improvement"),
        ("Metropolitan Police Service", "good"),
    ]
    assert [(f.kind, f.body_slug) for f in report.findings] == [
        ("area for improvement", "london"),
        ("improvement heading", "btp"),
        ("cause of concern", "city-of-london"),
        ("promising practice", "metropolitan"),
    ]


def test_an_older_page_is_read_with_its_questions_and_four_grades():
    report = read_report(DATA / "invented-older-peel.txt")
    assert [(j.body, j.grade, j.line) for j in report.judgments] == [
        ("Suffolk Constabulary", "good", 9),
        ("Suffolk Constabulary", "requires improvement", 20),
    ]
    assert [f.line for f in report.findings] == [15, 16, 26, 28, 32]


def test_a_fire_service_is_filed_under_its_own_name():
    report = read_report(DATA / "invented-fire.txt")
    assert {f.body for f in report.findings} == {
        "Devon and Somerset Fire and Rescue Service"
    }
    assert {f.body_kind for f in report.findings} == {"fire"}
