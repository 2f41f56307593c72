"""Which rows does an inspection rule weigh, and how are they added up?"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any

import ibis
from ibis import _

from fourfold.base.bodies import Region
from fourfold.inspect.failures import Part
from fourfold.measure.selection import When
from fourfold.measure.tables import table

YEAR = 365
QUARTER = 91
HALF_YEAR = 182
REGION = ""  # stands for the region among bodies


@dataclass(frozen=True)
class Asked:
    """Of which region's bodies, and as at which day, are the rules asked?"""

    region: Region
    as_at: date

    def before(self, days: int) -> date:
        """Which day lies so many days earlier?"""
        return self.as_at - timedelta(days=days)

    def last(self, days: int) -> tuple[date, date]:
        """Which are the first and last of so many days up to this one?"""
        return self.before(days - 1), self.as_at

    @property
    def year(self) -> When:
        """Which days are the twelve months that end here?"""
        return When(*self.last(YEAR), self.as_at)


def cases(
    rows: Any,
    *,
    above: Any = 1,
    below: Any = 1,
    bad: Any = None,
    known: Any = None,
    area: Any = "",
    reference: Any = None,
) -> Any:
    """Which of these rows does a part of a rule weigh, and which make it bad?

    Args:
        rows: an ibis table with `body` and `reference`.
        above: what the row adds above the line: a truth, a number or a column.
        below: what it adds below the line.
        bad: does the row speak against the body? Left out: judged from `above`.
        known: does the row say what the rule needs? Left out: it does.
        area: division, team, theme or other part of the body.
        reference: what stands for the row, when not its own reference.

    Returns:
        `body`, `area`, `reference`, `above`, `below`, `bad`, `known`.
    """
    return rows.select(
        body=rows.body,
        area=ibis.literal("") if isinstance(area, str) else area.fill_null(""),
        reference=rows.reference if reference is None else reference,
        above=_number(above),
        below=_number(below),
        bad=ibis.null("boolean") if bad is None else bad,
        known=ibis.literal(True) if known is None else known.fill_null(False),  # noqa: FBT003 (ibis takes the value by place)
    )


def keeps(rows: Any, kind: str) -> Any:
    """Does the body of each row send rows of another kind at all, of whatever day?

    Where it does not, that it has none of them tells nothing.
    """
    return rows.body.isin(table(kind).body)


def with_region(rows: Any, own: Any) -> Any:
    """Which cases are these with the region's own among them once more?

    Args:
        rows: cases of the bodies.
        own: cases that answer for the region as well.
    """
    return rows.union(own.mutate(body=ibis.literal(REGION)))


def added_up(
    weighed: Any, part: Part, key: str, bodies: tuple[str, ...], by: str
) -> Any:
    """Which query adds up the cases of one part of a rule?

    Args:
        weighed: cases, as `cases` gives them.
        part: decides which cases are bad when they do not say so.
        key: code of the rule.
        bodies: the bodies to add up.
        by: body (one row a body), area (one a body and area) or region (one for all).

    Returns:
        One row a group: `rule`, `part`, `body`, `area`, `n`, `n_known`, `above`,
        `below`, `most`, `least`, `middle` (median), `bad` (references, or null).
    """
    mine = weighed.filter(weighed.body.isin([*bodies, REGION]))
    if by == "region":
        mine = mine.filter(mine.body != REGION).mutate(body=ibis.literal(REGION))
    area = mine.area if by == "area" else ibis.literal("")
    judged = mine.mutate(
        area=area, against=ibis.coalesce(mine.bad, _against(mine, part))
    )
    summed = judged.group_by("body", "area").agg(
        n=_.count(),
        n_known=ibis.ifelse(_.known, 1, 0).sum(),
        above=_.above.sum(where=_.known),
        below=_.below.sum(where=_.known),
        most=_.above.max(where=_.known),
        least=_.above.min(where=_.known),
        middle=_.above.median(where=_.known),
        bad=_.reference.collect(where=_.against & _.known),
    )
    named = {"rule": ibis.literal(key), "part": ibis.literal(part.key)}
    return summed.select(**named, **{name: summed[name] for name in summed.columns})


def together(queries: list[Any]) -> Any:
    """Which one query gives the rows of all these?"""
    return reduce(lambda one, two: one.union(two), queries)


def _against(rows: Any, part: Part) -> Any:
    if part.made in ("most", "median"):
        return rows.above > part.first_limit
    if part.made == "least":
        return rows.above < part.first_limit
    if part.worse == "higher":
        return rows.above > 0
    return (rows.below > 0) & (rows.above < rows.below)


def _number(value: Any) -> Any:
    if isinstance(value, (int, float)):
        return ibis.literal(float(value), type="float64")
    if value.type().is_boolean():
        return ibis.ifelse(value.fill_null(False), 1.0, 0.0)  # noqa: FBT003 (ibis takes the value by place)
    return value.cast("float64").fill_null(0.0)
