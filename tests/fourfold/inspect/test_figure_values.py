import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.inspect.figure_values import values

FORMS = [
    ("128 (24 percent) of the disruptions", [(128, "count"), (24, "percent")]),
    ("24 per cent of posts, or 24% of them", [(24, "percent"), (24, "percent")]),
    ("Twenty-six percent of disruptions", [(26, "percent")]),
    ("about 80percent of the33 plans", [(80, "percent"), (33, "count")]),
    ("10 of the 33 posts were vacant", [(10, "count"), (33, "count")]),
    (
        "36 were pursue events, 2 were prevent and 1 was protect",
        [(36, "count"), (2, "count"), (1, "count")],
    ),
    ("it supported nine disruptions", [(9, "count")]),
    ("approximately £9m in assets and £2.5m", [(9e6, "GBP"), (2.5e6, "GBP")]),
    ("£250,000, £15 million and £1bn", [(250e3, "GBP"), (15e6, "GBP"), (1e9, "GBP")]),
    ("viewed by 4.8m people", [(4.8e6, "count")]),
    ("over 20,000 reports", [(20000, "count")]),
    ("approximately half of its fleet", [(50, "percent")]),
    ("more than a third of analysts", [(33.3, "percent")]),
    ("nearly two-thirds of plans", [(66.7, "percent")]),
    ("one in five officers", [(20, "percent")]),
    ("Referrals have tripled", [(3, "times")]),
    ("the wait is nine months", [(9, "months")]),
    ("waits of five and a half months", [(5.5, "months")]),
    ("waits of between three and six months", [(3, "months"), (6, "months")]),
    ("it takes 6-8 weeks", [(6, "weeks"), (8, "weeks")]),
    ("none of the 12 plans was read", [(0, "count"), (12, "count")]),
    ("nine out of ten officers", [(90, "percent")]),
    ("every one of its 35 officers", [(100, "percent"), (35, "count")]),
    ("2.5 times as many requests", [(2.5, "times")]),
    ("thefts fell by half", [(50, "percent")]),
    ("a 60-strong team", [(60, "count")]),
    ("an operation of 18 months", [(18, "months")]),
    ("no prevent, protect or prepare disruptions recorded", [(0, "count")] * 3),
    ("there were no disruptions", [(0, "count")]),
    ("All the disruption events were recorded", [(100, "percent")]),
    ("the third highest number of disruptions", [(3, "rank")]),
    ("the lowest number of disruptions nationally", [(1, "rank")]),
    ("between three and seven forces", [(3, "count"), (7, "count")]),
    ("between 10 and 12 percent", [(10, "percent"), (12, "percent")]),
    ("20-30 officers", [(20, "count"), (30, "count")]),
    ("one part-time post", [(1, "count")]),
    ("a dozen officers and 2000 arrests", [(12, "count"), (2000, "count")]),
]


@pytest.mark.parametrize(("text", "numbers"), FORMS)
def test_a_number_is_read_in_each_form(text, numbers):
    assert [(v.value, v.unit) for v in values(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "999 and 101 calls come in 24/7",
        "Call 101",
        "Forces score each threat from 1 to 5",
        "In Operation Sycamore 2, the force acted",
        "A tenth area has no unit",
        "Within three months, the force should report",
        "The chief constable, 52, said so",
        "because of COVID-19",
        "a 4P approach, the 4Ps and the four Ps",
        "the charity Catch 22",
        "section 22A of the Police Act 1996",
        "Professionalising Investigation Programme 2 training",
        "Tier is not Tier 5",
        "the PEEL 2021/22 report",
        "on 1 February 2022 and in 2018",
        "the third sector",
        "one of a few forces",
        "one member of staff said",
        "Recommendation 5",
        "call 0300 071 6781",
        "a 17-year-old aged 17",
        "in the 12 months to 31 May 2022",
        "In the n12 months prior to 31 May 2022",
        "for the year ending 31 May 2022",
        "there is no plan for the disruption of gangs",
        "24/7 cover",
    ],
)
def test_what_only_looks_like_a_figure_is_left_out(text):
    assert values(text) == []


def test_a_qualifier_reads_across_a_list():
    text = "more than 2,000 arrests, 4,000 stop searches and 500 search warrants"
    assert [v.qualifier for v in values(text)] == ["more than"] * 3


def test_a_qualifier_does_not_reach_the_next_clause():
    text = "more than 2,000 arrests were made, and the force has 40 officers"
    assert [v.qualifier for v in values(text)] == ["more than", None]


@given(st.text(alphabet="0123456789 ,.%£mnofthe-()", max_size=60))
def test_values_stand_in_order_inside_the_text(text):
    found = values(text)
    assert [v.begins for v in found] == sorted(v.begins for v in found)
    assert all(0 <= v.begins < v.ends <= len(text) for v in found)
