"""Does the page about the region say what its sheet and its slips say?"""

from pathlib import Path

from fourfold.region.calibration import TARGETS
from fourfold.region.slips import SLIPS

PAGE = Path(__file__).parents[2] / "docs" / "words" / "region.md"


def test_every_figure_stands_on_the_page_with_its_basis():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    lacking = [
        goal.key
        for goal in TARGETS.values()
        if not any(
            line.startswith(f"| `{goal.key}`")
            and f"| {goal.figure:,} | {goal.basis} | {goal.says} |" in line
            for line in lines
        )
    ]
    assert lacking == []


def test_every_faulty_row_is_named_on_the_page():
    text = PAGE.read_text(encoding="utf-8")
    lines = [f"| {s.body}/{s.kind} | {s.field} | " for s in SLIPS]
    assert [line for line in lines if line not in text] == []
