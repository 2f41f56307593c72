from datetime import timedelta

import pytest

from fourfold.picture.survey.compare import OneSurvey
from fourfold.picture.survey.differences import difference, held_together, presence
from tests.fourfold.picture.survey.small_survey import (
    BEGIN,
    asked,
    neighbour,
    reading,
    rows_of,
    texts_of,
    times,
)

AUTUMN = timedelta(days=180)


def drive(
    level: float = -80.0, *, second: bool = False, cell: str = "A", squares: int = 8
):
    """Six moments in each of some squares, one square a minute and a half."""
    rows = []
    for square in range(squares):
        at = 90 * square
        wobble = (square % 3) / 10
        rows += times(reading(at, 100 * square, cell=cell, level_dbm=level + wobble), 6)
    if second:
        shift = {"survey": "autumn", "input": 1}
        rows = [row | shift | {"at": row["at"] + AUTUMN} for row in rows]
    return rows


def beside(rows, **other):
    """A neighbour beside each reading."""
    unnamed = {"cell": "N", "colour": "9", "serving": False}
    return [row | unnamed | other for row in rows]


def changes(findings):
    return {row["cell"]: row["change"] for row in rows_of(findings)}


def compared(engine, first, then, **parameters):
    return asked(engine, "compare", {"survey": [*first, *then]}, **parameters)


def test_two_equal_surveys_show_no_change(engine):
    found = compared(engine, drive(), drive(second=True))
    assert changes(found) == {"A": "not shown to have changed"}
    assert rows_of(found, "servers") == []


def test_a_cell_that_lost_ten_db_everywhere_is_weaker(engine):
    found = compared(engine, drive(), drive(-90.0, second=True))
    (row,) = rows_of(found)
    assert row["change"] == "weaker"
    assert (row["change_db"], row["squares"]) == (-10.0, 8)
    assert row["least_db"] <= -10.0 <= row["most_db"]


def test_a_change_smaller_than_the_kit_may_make_is_none(engine):
    found = compared(engine, drive(), drive(-82.0, second=True))
    assert changes(found) == {"A": "not shown to have changed"}


def test_a_cell_heard_in_many_squares_and_then_in_none_is_gone(engine):
    before = drive()
    found = compared(engine, [*before, *beside(before)], drive(second=True))
    assert changes(found)["N"] == "gone"
    back = compared(engine, drive(), [*drive(second=True), *beside(drive(second=True))])
    assert changes(back)["N"] == "new"


def test_a_cell_heard_in_few_squares_is_not_called_gone(engine):
    before = drive()
    found = compared(engine, [*before, *beside(before[:12])], drive(second=True))
    assert changes(found)["N"] == "not seen again, too few to say gone"


def test_another_best_server_is_shown_with_both_bases(engine):
    found = compared(engine, drive(), drive(second=True, cell="B"))
    servers = rows_of(found, "servers")
    assert len(servers) == 8
    assert (servers[0]["server_before"], servers[0]["server_after"]) == ("A", "B")
    assert (servers[0]["served_before"], servers[0]["of_after"]) == (6, 6)
    assert "8 of 8 squares" in texts_of(found)


def test_ground_of_one_survey_alone_says_nothing(engine):
    found = compared(engine, drive(), drive(second=True, squares=3))
    assert any(note.startswith("5 squares") for note in found.notes)
    assert rows_of(found)[0]["squares_before"] == 3


@pytest.mark.parametrize(
    "how",
    [
        {"before": ("spring",), "after": ("autumn",)},
        {"parted_at": BEGIN + timedelta(days=90)},
        {"before": ("spring",)},
        {},
    ],
)
def test_surveys_are_told_apart_by_name_time_or_file(engine, how):
    found = compared(engine, drive(), drive(-90.0, second=True), **how)
    assert changes(found) == {"A": "weaker"}


def test_one_survey_alone_is_refused(engine):
    with pytest.raises(OneSurvey, match="second survey"):
        asked(engine, "compare", {"survey": drive()})


def test_a_paired_test_gives_students_figures():
    pairs = [(-80.0, -81.0), (-80.0, -83.0), (-80.0, -82.0), (-80.0, -84.0)]
    found = difference(pairs, 3)
    assert (found["squares"], found["change_db"]) == (4, -2.5)
    assert found["chance"] == pytest.approx(0.0305, abs=0.0005)
    assert (found["least_db"], found["most_db"]) == (-4.6, -0.4)


def test_too_few_pairs_are_not_tested():
    assert difference([(-80.0, -90.0)] * 2, 3)["chance"] is None


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [(0, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (3, 3, 1.0)],
)
def test_the_sign_test_gives_the_binomials_figures(before, after, chance):
    assert presence(before, after) == pytest.approx(chance)


def test_many_cells_together_need_more_to_be_sure():
    def line(chance):
        same = {"moments_before": 9, "moments_after": 9, "change_db": -9.0}
        same |= {"squares_before": 9, "squares_after": 9, "presence_chance": 1.0}
        return same | {"chance": chance}

    lines = [line(0.03), *(line(0.5) for _ in range(9))]
    held_together(lines, 0.05, 3.0)
    assert lines[0]["change"] == "not shown to have changed"
    alone = [line(0.03)]
    held_together(alone, 0.05, 3.0)
    assert alone[0]["change"] == "weaker"


def test_neighbours_without_a_name_are_no_cells(engine):
    rows = [*drive(), *drive(second=True), neighbour(3, colour="44")]
    assert set(changes(asked(engine, "compare", {"survey": rows}))) == {"A"}
