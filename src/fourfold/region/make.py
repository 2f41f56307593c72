"""Which rows make up the whole region?"""

from fourfold.region.activity import activity
from fourfold.region.disruptions import disruptions
from fourfold.region.growth import grown
from fourfold.region.meetings import bids, meetings
from fourfold.region.members import members
from fourfold.region.money import agreements, assets, funding
from fourfold.region.officers import officers
from fourfold.region.operations import operations
from fourfold.region.plans import plans
from fourfold.region.posts import posts, training
from fourfold.region.prisons import offenders, orders
from fourfold.region.queues import queue_items
from fourfold.region.registers import national_list, profiles, recommendations
from fourfold.region.rows import Rows
from fourfold.region.strategy import performance, priorities, requirements
from fourfold.region.threats import threats
from fourfold.region.vehicles import vehicle_stops

SEED = 20220601

ORDER = (
    "officers",
    "priorities",
    "requirements",
    "threats",
    "members",
    "operations",
    "plans",
    "plan-actions",
    "disruptions",
    "activity",
    "posts",
    "training",
    "meetings",
    "attendance",
    "bids",
    "profiles",
    "queue-items",
    "agreements",
    "funding",
    "assets",
    "offenders",
    "orders",
    "vehicle-stops",
    "performance",
    "recommendations",
    "national-list",
)
"""Kinds in the order in which they are brought in: what others name comes first."""


def make(seed: int = SEED, scale: int = 1) -> Rows:
    """Which canonical rows would the six bodies send?

    The same seed gives the same rows, always and everywhere.

    Args:
        seed: another seed gives other names and days, and the same figures.
        scale: 1, or how many times the rows of kinds that grow. More than 1 adds
            further years before the measured ones; figures of the measured year then
            still hold, totals since the beginning do not.

    Returns:
        Kind to rows, kinds in the order in which they are brought in.
    """
    people, staff = officers(seed)
    rows: Rows = {"officers": people, "training": training(seed, staff)}
    appointed = {t["officer"]: t["appointed_on"] for t in rows["training"]}
    held = rows["threats"] = threats(seed, staff, appointed)
    rows["operations"] = operations(seed, held)
    rows["disruptions"] = disruptions(seed, held, rows["operations"], staff)
    rows["members"] = members(seed, held)
    rows["plans"], rows["plan-actions"] = plans(seed, held, staff)
    rows["activity"] = activity(seed, held, rows["disruptions"])
    rows["posts"] = posts(seed, staff)
    rows["meetings"], rows["attendance"] = meetings(seed)
    rows["bids"] = bids(seed, rows["meetings"])
    rows["queue-items"] = queue_items(seed)
    rows["vehicle-stops"] = vehicle_stops(seed)
    rows["offenders"], rows["orders"] = offenders(seed, held), orders(seed, held)
    rows["priorities"] = priorities()
    rows["requirements"] = requirements(seed, rows["priorities"])
    rows["performance"] = performance(seed)
    rows["agreements"], rows["funding"] = agreements(seed), funding()
    rows["assets"] = assets(seed)
    rows["profiles"], rows["recommendations"] = profiles(), recommendations()
    rows = grown(rows, scale)
    rows["national-list"] = national_list(rows["threats"])
    return {kind: rows[kind] for kind in ORDER}
