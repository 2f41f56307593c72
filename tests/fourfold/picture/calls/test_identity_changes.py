"""Are changes of handset and of SIM found, with gap or overlap?"""

from datetime import timedelta

from tests.fourfold.picture.calls.asking import ask, picked
from tests.fourfold.picture.calls.small_calls import BEGINS, call

OLD, NEW = "35000000000001", "35000000000002"
SIM, OTHER = "234100000000001", "234100000000002"


def _seen(hours, imei, imsi, side="caller"):
    caller, called = ("a", "b") if side == "caller" else ("b", "a")
    at = BEGINS + timedelta(hours=hours)
    said = {f"{side}_imei": imei, f"{side}_imsi": imsi}
    return call(at, caller, called, **said)


def test_a_sim_in_a_new_handset_is_found_with_the_gap():
    rows = [_seen(0, OLD, SIM), _seen(2, OLD, SIM), _seen(5, NEW, SIM, "called")]
    result = ask("handsets", rows)
    assert picked(
        result, "holder", "old", "new", "gap_hours", "overlap_hours", "old_events"
    ) == [(SIM, OLD, NEW, 3.0, None, 2)]
    assert ask("sims", rows).records() == []
    assert "SIM 234100000000001 (a) was seen with handset" in (
        result.findings.answers[0].text
    )


def test_a_handset_with_a_new_sim_is_found_with_the_overlap():
    rows = [_seen(0, OLD, SIM), _seen(2, OLD, OTHER), _seen(5, OLD, SIM)]
    rows += [_seen(8, OLD, OTHER)]
    result = ask("sims", rows)
    assert picked(result, "holder", "old", "new", "gap_hours", "overlap_hours") == [
        (OLD, SIM, OTHER, None, 3.0)
    ]


def test_the_check_digit_makes_no_new_handset():
    rows = [_seen(0, OLD, SIM), _seen(2, OLD + "7", SIM)]
    assert ask("handsets", rows).records() == []


def test_noughts_are_no_handset():
    rows = [_seen(0, "0" * 14, SIM), _seen(1, "", SIM), _seen(2, OLD, SIM)]
    assert ask("handsets", rows).records() == []


def test_an_identifier_that_too_many_share_is_left_out_and_named():
    rows = [_seen(n, OLD, f"23410000000000{n}") for n in range(4)]
    assert len(ask("sims", rows, most_worn=4).records()) == 3
    result = ask("sims", rows, most_worn=3)
    assert result.records() == []
    assert OLD in result.findings.notes[-1]


def test_targets_may_be_numbers_handsets_or_sims():
    rows = [_seen(0, OLD, SIM), _seen(2, NEW, SIM)]
    for target in ("a", OLD, NEW + "7", SIM):
        assert len(ask("handsets", rows, targets=(target,)).records()) == 1
    assert ask("handsets", rows, targets=("z",)).records() == []
