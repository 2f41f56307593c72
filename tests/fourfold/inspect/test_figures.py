from pathlib import Path

import pytest

from fourfold.inspect.reading import read_report
from fourfold.inspect.report import Figure

DATA = Path("tests/data/reports")


@pytest.fixture(scope="module")
def published() -> tuple[Figure, ...]:
    return read_report(DATA / "east-midlands-2023.txt").figures


# Each read in the printed report by eye: line, value, unit, body, words counted.
BY_HAND = [
    (9, 10, "count", None, "regions"),
    (9, 9, "count", None, "regional organised crime units"),
    (9, 43, "count", None, "police forces"),
    (24, 3, "count", None, "constituent forces"),
    (24, 7, "count", None, "constituent forces"),
    (97, 0, "count", "emsou", "disruptions"),
    (97, 18, "months", "emsou", "running"),
    (110, 16, "count", "emsou", "SOC threats"),
    (110, 2, "rank", "swrocu", "lowest"),
    (110, 31, "count", "swrocu", "threats mapped"),
    (110, 9, "count", "emsou", "OCGs"),
    (110, 7, "count", "emsou", "drugs or firearms"),
    (110, 33, "count", "emsou", "SOC threats"),
    (112, 128, "count", "emsou", "drugs and firearms"),
    (112, 24, "percent", "emsou", "drugs and firearms"),
    (112, 14, "count", "emsou", "disruptions"),
    (114, 9, "count", "emsou", "modern slavery"),
    (114, 150, "count", "emsou", "disruptions"),
    (114, 62, "percent", "emsou", "support disruptions"),
    (148, 1, "count", "emsou", "part-time post"),
    (148, 20, "count", "emsou", "posts"),
    (148, 15, "count", "emsou", "posts"),
    (149, 50, "percent", "emsou", "fleet"),
    (149, 150, "count", "emsou", "vehicles"),
    (170, 80, "percent", "emsou", "respondents"),
    (170, 24, "percent", "emsou", "increase"),
    (174, 47, "percent", "emsou", "SOC disruptions"),
    (174, 26, "percent", "emsou", "major or moderate"),
    (174, 67, "percent", "emsou", "pursue"),
    (176, 243, "count", "emsou", "disruptions"),
    (176, 72, "percent", "emsou", "pursue support"),
    (176, 22, "percent", "emsou", "prevent"),
    (204, 211, "count", "emsou", "disruptions"),
    (204, 3, "rank", "emsou", "highest"),
    (208, 15, "count", "emsou", "prisons"),
    (212, 4, "count", "emsou", "offenders"),
    (246, 2, "weeks", "derbyshire", "inspection"),
    (274, 73, "count", "derbyshire", "SOC threats"),
    (274, 127, "count", "derbyshire", "disruption events"),
    (312, 9, "months", "derbyshire", "waiting time"),
    (354, 2, "count", "leicestershire", "posts"),
    (366, 4, "count", "leicestershire", "LROs"),
    (384, 801, "count", "leicestershire", "vehicles stopped"),
    (385, 520, "count", "leicestershire", "vehicles seized"),
    (386, 209, "count", "leicestershire", "arrested"),
    (387, 9e6, "GBP", "leicestershire", "criminal assets"),
    (388, 90, "count", "leicestershire", "warrants"),
    (389, 10, "count", "leicestershire", "sex offenders"),
    (411, 12, "months", "leicestershire", "evaluated"),
    (413, 4.8e6, "count", "leicestershire", "people"),
    (414, 2300, "count", "leicestershire", "adults"),
    (415, 3, "times", "leicestershire", "Referrals"),
    (471, 3, "count", "lincolnshire", "detective inspectors"),
    (483, 30, "count", "lincolnshire", "threat assessments"),
    (483, 20, "count", "lincolnshire", "OCGs"),
    (483, 10, "count", "lincolnshire", "county lines"),
    (485, 39, "count", "lincolnshire", "disruptions"),
    (485, 36, "count", "lincolnshire", "pursue"),
    (485, 2, "count", "lincolnshire", "prevent"),
    (485, 1, "count", "lincolnshire", "protect"),
    (489, 2.5e6, "GBP", "lincolnshire", "cryptocurrency"),
    (553, 10, "count", "nottinghamshire", "posts"),
    (553, 33, "count", "nottinghamshire", "posts"),
    (579, 113, "count", "nottinghamshire", "disruptions"),
    (579, 100, "percent", "nottinghamshire", "pursue"),
    (579, 0, "count", "nottinghamshire", "prevent"),
    (579, 0, "count", "nottinghamshire", "protect"),
    (579, 0, "count", "nottinghamshire", "prepare"),
    (587, 12, "count", "nottinghamshire", "Operation Reacher teams"),
    (589, 2000, "count", "nottinghamshire", "arrests"),
    (589, 4000, "count", "nottinghamshire", "stop searches"),
    (589, 500, "count", "nottinghamshire", "search warrants"),
    (601, 8, "count", "nottinghamshire", "individuals"),
    (609, 2, "count", "nottinghamshire", "charities"),
    (613, 10, "count", None, "ROCUs"),
]


@pytest.mark.parametrize("row", BY_HAND, ids=lambda r: f"line {r[0]}: {r[1]:g} {r[4]}")
def test_a_figure_of_the_real_report_is_found_on_its_line(published, row):
    line, value, unit, slug, words = row
    assert any(
        (f.line, f.value, f.unit, f.body_slug) == (line, value, unit, slug)
        and words in f.measures
        for f in published
    )


PERIODS = [
    (110, 16, "On 1 February 2022"),
    (112, 128, "for the year ending 31 May 2022"),
    (112, 14, "for the year ending 31 May 2022"),
    (174, 67, "For the year ending 31 May 2022"),
    (204, 211, "Between 1 June 2021 and 31 May 2022"),
    (274, 73, "On 1 February 2022"),
    (274, 127, "In the 12 months prior to 31 May 2022"),
    (384, 801, "since October 2020"),
    (553, 10, "At the time of our inspection"),
    (170, 80, "In 2021"),
]


@pytest.mark.parametrize(("line", "value", "period"), PERIODS)
def test_a_figure_has_the_period_of_its_sentence_or_the_one_it_points_to(
    published, line, value, period
):
    (found, *_) = [f for f in published if (f.line, f.value) == (line, value)]
    assert found.period == period


def test_reported_speech_marks_a_figure_as_the_bodys_own(published):
    said = {(f.line, f.reported_by) for f in published if f.reported_by}
    assert (110, "East Midlands Special Operations Unit") in said
    assert (312, "Derbyshire Constabulary") in said
    assert (384, "Leicestershire Police") in said
    assert (589, "Nottinghamshire Police") in said
    assert 553 not in {line for line, _ in said}


def test_the_report_contradicts_itself_and_both_numbers_are_kept(published):
    units = [f for f in published if "ROCU" in f.quote and f.value in (9, 10)]
    assert [(f.line, f.value) for f in units if f.body is None] == [
        (9, 10),
        (9, 9),
        (613, 10),
    ]


def test_the_quote_of_each_figure_stands_on_its_line(published):
    lines = (DATA / "east-midlands-2023.txt").read_text(encoding="utf-8").splitlines()
    assert len(published) >= 95
    assert all(figure.quote in lines[figure.line - 1] for figure in published)


def test_figures_of_an_article_belong_to_the_body_it_speaks_of():
    report = read_report(DATA / "invented-article.txt")
    assert [(f.value, f.unit, f.body_slug, f.reported_by) for f in report.figures] == [
        (61, "count", "humberside", None),
        (58, "count", "humberside", None),
        (50, "percent", "humberside", None),
        (22, "count", "humberside", None),
        (9000, "count", "humberside", None),
        (140, "count", "humberside", "Humberside Police"),
        (8, "count", "humberside", "Humberside Police"),
    ]


def told(tmp_path: Path, text: str) -> list[tuple[float, str, str | None]]:
    file = tmp_path / "article.txt"
    file.write_text(f"A made-up article\n\n{text}", encoding="utf-8")
    return [(f.value, f.measures, f.period) for f in read_report(file).figures]


def test_the_period_of_a_comparison_belongs_to_the_earlier_number_only(tmp_path):
    text = (
        "The vacancy rate is 18 percent, up from 12 percent in 2023. It lost 9 staff."
    )
    assert [(v, p) for v, _, p in told(tmp_path, text)] == [
        (18, None),
        (12, "in 2023"),
        (9, None),
    ]


def test_a_part_counts_what_the_whole_counts(tmp_path):
    text = "Surrey Police had 506 disruptions, 52 of which were for fraud."
    assert [m for _, m, _ in told(tmp_path, text)] == [
        "disruptions",
        "disruptions for fraud",
    ]


def test_a_body_right_behind_the_number_owns_it(tmp_path):
    file = tmp_path / "article.txt"
    text = "Cleveland Police has 5 analysts compared with 9 in Durham."
    file.write_text(f"A made-up article\n\n{text}", encoding="utf-8")
    found = read_report(file).figures
    assert [(f.value, f.body_slug) for f in found] == [(5, "cleveland"), (9, "durham")]
