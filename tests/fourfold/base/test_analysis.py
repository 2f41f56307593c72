"""Is an analysis asked only with parameters that it understands?"""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from fourfold.base.analysis import (
    Analysis,
    Findings,
    Parameter,
    WrongParameter,
    require,
)
from fourfold.base.errors import MissingColumns

ASKED = Analysis(
    key="calls.example",
    question="What is asked?",
    method="It is looked up.",
    takes=("calls",),
    run=lambda _case: Findings((), ()),
    parameters=(
        Parameter("minutes", "How long.", "whole", 15, least=1, most=60),
        Parameter("share", "How much.", "number", 0.5, least=0, most=1),
        Parameter("targets", "Whose.", "texts", required=True),
        Parameter("how", "In which way.", "choice", "near", choices=("near", "same")),
        Parameter("since", "From when.", "day"),
        Parameter("at", "When.", "instant"),
        Parameter("all", "Everything.", "flag", default=False),
    ),
)
GIVEN = {"targets": ("a", "b")}


def test_what_is_left_out_takes_its_default_in_the_order_declared():
    settled = ASKED.settle(GIVEN)
    assert list(settled) == [parameter.name for parameter in ASKED.parameters]
    assert (settled["minutes"], settled["share"], settled["since"]) == (15, 0.5, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": 0}, "minutes must be 1 or more, not 0"),
        ({"minutes": 61}, "60 or less"),
        ({"minutes": "15"}, "kind whole"),
        ({"minutes": True}, "kind whole"),
        ({"share": 1.5}, "1 or less"),
        ({"targets": ()}, "targets must be given"),
        ({"how": "far"}, "one of near, same"),
        ({"since": datetime(2022, 6, 1, tzinfo=UTC)}, "kind day"),
        ({"at": date(2022, 6, 1)}, "kind instant"),
        ({"all": 1}, "kind flag"),
        ({"minuets": 15}, "no parameter 'minuets'"),
    ],
)
def test_one_wrong_parameter_is_refused_in_words(wrong, said):
    ASKED.settle(GIVEN)
    with pytest.raises(WrongParameter, match=said):
        ASKED.settle(GIVEN | wrong)


def test_all_faults_are_named_at_once():
    with pytest.raises(WrongParameter) as refused:
        ASKED.settle({"minutes": 0, "share": 2.0})
    for said in ("minutes", "share", "targets"):
        assert said in str(refused.value)


def test_an_area_and_a_name_make_the_key():
    assert (ASKED.area, ASKED.name) == ("calls", "example")


def test_a_table_that_lacks_columns_is_refused_with_all_of_them():
    table = pa.table({"a": [1]})
    require(table, "calls", ("a",))
    with pytest.raises(MissingColumns, match="b, c; it has a"):
        require(table, "calls", ("a", "b", "c"))
