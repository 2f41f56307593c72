"""How strong is a cell, in dBm, and can the technology report that at all?"""

from dataclasses import dataclass
from typing import Any

import ibis

from fourfold.base import rules


@dataclass(frozen=True)
class Level:
    """What one technology reports: its range in dBm and its codes."""

    key: str
    says: str
    measure: str
    least_dbm: int
    most_dbm: int
    codes: int
    code_zero: int
    source: str
    examples: tuple[Any, ...] = ()


LEVELS = {
    row.key: row for row in rules.load(Level, "fourfold.picture.survey", "levels")
}


def in_dbm(level: Any, technology: Any) -> Any:
    """Which level in dBm does a column hold, codes made plain? 0 is not known.

    Args:
        level: a column as delivered, dBm or codes.
        technology: a column of 2G, 3G, 4G, 5G; another leaves the level as it is.
    """
    is_code = (level > 0) & (level == level.floor())
    cases = [
        (
            (technology == one.key) & is_code & (level <= one.codes),
            level + one.code_zero,
        )
        for one in LEVELS.values()
    ]
    known = ibis.cases(*cases, else_=level)
    return ibis.ifelse(level == 0, ibis.null("float64"), known)


def is_outside(level: Any, technology: Any) -> Any:
    """Is a level in dBm outside what its technology can report? Unknown: it is not.

    A technology that no row of the sheet knows is held to the widest range of all.
    """
    least = min(one.least_dbm for one in LEVELS.values())
    most = max(one.most_dbm for one in LEVELS.values())
    cases = [
        (technology == one.key, ~level.between(one.least_dbm, one.most_dbm))
        for one in LEVELS.values()
    ]
    return known(ibis.cases(*cases, else_=~level.between(least, most)))


def known(test: Any) -> Any:
    """Does a test hold for sure? What is not known does not."""
    return test.fill_null(ibis.literal(value=False))
