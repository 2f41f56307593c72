"""By how much did a level change, and would chance alone give that?"""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from scipy.stats import binomtest
from scipy.stats import t as student

SURE_SHARE = 0.975
"""Upper end of an interval that holds 95 of 100."""
LEAST_SPREAD = 0.05
"""Levels are whole tenths of a dB: no mean of differences is surer than this (dB)."""


CHANGES = (
    "gone",
    "new",
    "stronger",
    "weaker",
    "heard in fewer squares",
    "heard in more squares",
    "not seen again, too few to say gone",
    "not seen before, too few to say new",
    "not shown to have changed",
    "too few to say",
)


def presence(only_before: int, only_after: int) -> float:
    """How often would chance alone part the squares like this, two-sided?

    Args:
        only_before: squares in which a cell was heard in the first survey alone.
        only_after: in the second alone.

    Source:
        The sign test: Conover, Practical Nonparametric Statistics (3rd ed., 1999), 3.4.
    """
    apart = only_before + only_after
    return float(binomtest(only_before, apart).pvalue) if apart else 1.0


def difference(pairs: Sequence[tuple[float, float]], least: int) -> dict[str, Any]:
    """By how many dB does the second of each pair lie above the first, on average?

    Args:
        pairs: mean level before and after, dBm, one pair a square.
        least: fewer pairs than this are not compared.

    Returns:
        `squares` (how many pairs), `change_db`, `least_db` and `most_db` (95%
        interval), `chance` (two-sided p of a paired t test); null where there are too
        few pairs.

    Source:
        Student, The probable error of a mean, Biometrika 6 (1908).
    """
    count = len(pairs)
    if count < least:
        nothing = dict.fromkeys(("change_db", "least_db", "most_db", "chance"))
        return {"squares": count, **nothing}
    changes = [after - before for before, after in pairs]
    mean = sum(sorted(changes)) / count
    spread = sum(sorted((change - mean) ** 2 for change in changes)) / (count - 1)
    error = max(sqrt(spread / count), LEAST_SPREAD)
    reach = float(student.ppf(SURE_SHARE, count - 1)) * error
    chance = 2 * float(student.sf(abs(mean) / error, count - 1))
    return {
        "squares": count,
        "change_db": round(mean, 1),
        "least_db": round(mean - reach, 1),
        "most_db": round(mean + reach, 1),
        "chance": chance,
    }


def held_together(
    lines: Sequence[dict[str, Any]], sure: float, least_db: float
) -> None:
    """Write into each line its `change`, with chances corrected for all lines.

    Source:
        Holm, A simple sequentially rejective multiple test procedure, Scandinavian
        Journal of Statistics 6 (1979).
    """
    for name in ("chance", "presence_chance"):
        _correct([line for line in lines if line[name] is not None], name)
    for line in lines:
        line["change"] = _change(line, sure, least_db)


def _correct(tested: list[dict[str, Any]], name: str) -> None:
    highest = 0.0
    for number, line in enumerate(sorted(tested, key=lambda line: line[name])):
        highest = max(highest, min(1.0, line[name] * (len(tested) - number)))
        line[name] = float(f"{highest:.3g}")


def _change(line: dict[str, Any], sure: float, least_db: float) -> str:
    gone, new, stronger, weaker, fewer, more, few_gone, few_new, same, few = CHANGES
    is_sure = line["presence_chance"] <= sure
    if not line["moments_after"]:
        return gone if is_sure else few_gone
    if not line["moments_before"]:
        return new if is_sure else few_new
    level = line["chance"] is not None and line["chance"] <= sure
    if level and abs(line["change_db"]) >= least_db:
        return stronger if line["change_db"] > 0 else weaker
    if is_sure:
        lost = line["squares_after"] < line["squares_before"]
        return fewer if lost else more
    return few if line["chance"] is None else same
