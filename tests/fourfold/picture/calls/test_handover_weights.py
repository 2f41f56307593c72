"""The sheet of weights: its examples hold, and nothing protected is weighed."""

import pytest

from fourfold.picture.calls.handover_found import score_of
from fourfold.picture.calls.handover_weights import WEIGHT, WEIGHTS

EXAMPLES = [(rule, example) for rule in WEIGHTS for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_each_example_of_the_sheet_holds(rule, example):
    if "calls" in example:
        assert example["calls"] ** WEIGHT[rule.key] == pytest.approx(
            example["counts"], abs=0.05
        )
    else:
        assert score_of(example["nats"]) == pytest.approx(example["score"], abs=0.005)


def test_every_weight_says_where_it_is_from():
    assert all(rule.says.endswith(".") and rule.source for rule in WEIGHTS)


def test_more_evidence_never_scores_less():
    scores = [score_of(nats / 4) for nats in range(-80, 80)]
    assert scores == sorted(scores)
    assert 0 < scores[0] < scores[-1] < 1
