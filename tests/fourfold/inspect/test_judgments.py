from pathlib import Path

import pytest

from fourfold.inspect.reading import read_report


def judged(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    file = tmp_path / "article.txt"
    file.write_text(f"A made-up article\n\n{text}", encoding="utf-8")
    return [(j.body_slug, j.grade) for j in read_report(file).judgments]


SENTENCES = [
    (
        "Cheshire Constabulary has been rated good, while Cumbria Constabulary and "
        "Lancashire Police were both graded ‘requires improvement’.",
        [
            ("cheshire", "good"),
            ("cumbria", "requires improvement"),
            ("lancashire", "requires improvement"),
        ],
    ),
    (
        "The NWROCU was graded as ‘outstanding’ overall, but two forces – Cheshire "
        "Constabulary and North Wales Police – ‘require’ improvement, while Merseyside "
        "Police was graded as ‘inadequate’.",
        [
            ("nwrocu", "outstanding"),
            ("cheshire", "requires improvement"),
            ("north-wales", "requires improvement"),
            ("merseyside", "inadequate"),
        ],
    ),
    (
        "Essex and Suffolk did badly, with each force graded as requiring improvement.",
        [("essex", "requires improvement"), ("suffolk", "requires improvement")],
    ),
    (
        "Inspectors also saw the Eastern Region Special Operations Unit (ERSOU). Its "
        "performance was rated adequate.",
        [("ersou", "adequate")],
    ),
    (
        "It found that Met Police and British Transport Police (BTP) are “adequate” at "
        "tackling serious and organised crime.",
        [("metropolitan", "adequate"), ("btp", "adequate")],
    ),
    (
        "HMICFRS has graded the Yorkshire & Humber ROCU as good. All four forces were "
        "graded as requires improvement.",
        [
            ("yhrocu", "good"),
            ("humberside", "requires improvement"),
            ("north-yorkshire", "requires improvement"),
            ("south-yorkshire", "requires improvement"),
            ("west-yorkshire", "requires improvement"),
        ],
    ),
    ("There was an outstanding grade for Durham.", [("durham", "outstanding")]),
    ("Gwent Police’s response was inadequate.", [("gwent", "inadequate")]),
    (
        "Cleveland Police and Northumbria Police must do more. Both were rated as "
        "adequate.",
        [("cleveland", "adequate"), ("northumbria", "adequate")],
    ),
    (
        "The special operations unit which covers Lincolnshire was rated inadequate.",
        [("emsou", "inadequate")],
    ),
    ("Surrey Police is good at preventing crime.", [("surrey", "good")]),
    ("West Mercia Police - inadequate", [("west-mercia", "inadequate")]),
    ("Surrey Police | Good", [("surrey", "good")]),
    (
        "Adequate: Kent Police and Essex Police",
        [("kent", "adequate"), ("essex", "adequate")],
    ),
]


@pytest.mark.parametrize(("text", "grades"), SENTENCES)
def test_a_grade_is_read_from_an_article(tmp_path, text, grades):
    assert judged(tmp_path, text) == grades


ACCEPTED = "Kent Police was rated inadequate."


@pytest.mark.parametrize(
    "text",
    [
        "Kent Police was rated inadequate in 2016.",
        "Kent Police was previously rated inadequate.",
        "At our 2019 inspection, Kent Police was rated inadequate.",
        "Kent Police was not rated inadequate.",
        "If Kent Police was rated inadequate, it would be watched.",
        "Kent Police was told that storage was inadequate.",
        "Kent was not given a graded judgment.",
    ],
)
def test_an_earlier_grade_a_denial_or_another_meaning_is_no_judgment(tmp_path, text):
    assert judged(tmp_path, ACCEPTED) == [("kent", "inadequate")]
    assert judged(tmp_path, text) == []


def test_bullets_take_their_body_from_the_line_that_leads_to_them(tmp_path):
    text = (
        "HMIC judged that Surrey Police:\n\n • is ‘good’ at preventing crime; and\n"
        " • ‘requires improvement’ in how it tackles serious and organised crime.\n"
    )
    assert judged(tmp_path, text) == [
        ("surrey", "good"),
        ("surrey", "requires improvement"),
    ]


def test_the_same_grade_said_twice_counts_once(tmp_path):
    assert judged(tmp_path, f"{ACCEPTED}\n\n{ACCEPTED}") == [("kent", "inadequate")]
