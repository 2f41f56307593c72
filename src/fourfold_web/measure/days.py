"""Which region and which days does an address ask about?"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from fourfold.base.bodies import REGIONS
from fourfold_web.base.dates import NoSuchDay, typed_date
from fourfold_web.measure.queries import (
    Period,
    first_of_year_to,
    year_to_today,
)

FIELDS = ("from", "to", "as_at")


@dataclass(frozen=True)
class Asked:
    """The region and days asked about, and what of the question was left out."""

    region: str
    period: Period
    faults: tuple[str, ...]

    @property
    def query(self) -> str:
        """How does an address say the same?"""
        days = {
            "from": self.period.first,
            "to": self.period.last,
            "as_at": self.period.as_at,
        }
        said = {name: day.isoformat() for name, day in days.items()}
        return urlencode({"region": self.region} | said)


def asked(given: QueryDict, home_region: str) -> Asked:
    """Which region and days are asked about?

    Args:
        given: `region`, `from`, `to`, `as_at`, each as typed or missing.
        home_region: the region of the officer, shown when none is asked for.

    Returns:
        What can be read of it; the rest stands at the year that ended with last
        month. A period that ends before it begins is left out whole.
    """
    usual = year_to_today()
    days: dict[str, date] = {}
    faults = []
    for name in FIELDS:
        typed = given.get(name, "").strip()
        if not typed:
            continue
        try:
            days[name] = typed_date(typed)
        except NoSuchDay as fault:
            faults.append(str(fault))
    last = days.get("to", usual.last)
    first = days.get("from") or (
        usual.first if "to" not in days else first_of_year_to(last)
    )
    if first > last:
        faults.append("The last day is before the first. The usual year is shown.")
        first, last = usual.first, usual.last
    region = given.get("region", "") or home_region
    if region not in REGIONS:
        faults.append(f"No region is called '{region[:40]}'.")
        region = home_region
    period = Period(first, last, days.get("as_at", last))
    return Asked(region=region, period=period, faults=tuple(faults))
