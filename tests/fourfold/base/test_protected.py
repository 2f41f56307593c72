"""Which texts name what the law protects?"""

import pytest

from fourfold.base.errors import SheetFault
from fourfold.base.protected import PROTECTED, named_in, refuse_protected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Religion of the offender", ["religion"]),
        ("victim_age", ["age"]),
        ("Ethnic-group and Sex", ["race", "sex"]),
        ("Civil partnership", ["marriage"]),
        ("Damage to the economy, at any stage", []),
        ("Race-course", ["race"]),
        ("Trace of a package", []),
    ],
)
def test_whole_words_are_found_and_parts_of_words_are_not(text, keys):
    assert named_in(text) == keys


def test_all_nine_characteristics_of_the_act_are_there():
    assert len(PROTECTED) == 9


@pytest.mark.parametrize("one", PROTECTED, ids=lambda one: one.key)
def test_each_word_of_the_sheet_is_refused_in_another_sheet(one):
    refuse_protected("criteria", "harm", ["Harm to communities"])
    for word in one.words:
        with pytest.raises(SheetFault, match="protected"):
            refuse_protected("criteria", "harm", ["Harm", f"The {word} of a victim"])
