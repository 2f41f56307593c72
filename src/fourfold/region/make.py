"""Which rows make up the whole region?"""

from fourfold.region.disruptions import disruptions
from fourfold.region.officers import officers
from fourfold.region.operations import operations
from fourfold.region.rows import Rows
from fourfold.region.threats import threats

SEED = 20220601


def make(seed: int = SEED, scale: int = 1) -> Rows:
    """Which canonical rows would the six bodies send?"""
    people, staff = officers(seed)
    rows: Rows = {"officers": people}
    rows["threats"] = threats(seed, staff)
    rows["operations"] = operations(seed, rows["threats"])
    rows["disruptions"] = disruptions(seed, rows["threats"], rows["operations"], staff)
    return rows
