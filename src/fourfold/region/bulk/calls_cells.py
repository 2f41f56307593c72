"""Where do the masts of the made-up calls stand, and how are their cells called?

A grid of masts over the East Midlands, three cells each, of the network 001-01 that the
numbering plan keeps for tests. A cell is a place in the grid and a sector.
"""

import numpy as np
import pyarrow as pa

from fourfold.intake.evidence import evidence_kind

WIDE, HIGH, SECTORS = 60, 50, 3
AREA = 4101
SOUTH, WEST, NORTH, EAST = 52.0, -2.0, 53.6, 0.3
BEAM = 120.0


def cell_name(mast: int, sector: int = 0) -> str:
    """What is the cell of a mast and sector called? Masts wrap round the grid."""
    return f"001-01-{AREA}-{mast % (WIDE * HIGH) * SECTORS + sector}"


def cell_table() -> pa.Table:
    """All cells, as a table of the kind `cells`."""
    kind = evidence_kind("cells")
    number = np.arange(WIDE * HIGH * SECTORS)
    mast, sector = number // SECTORS, number % SECTORS
    across, up = mast % WIDE, mast // WIDE
    count = len(number)
    columns = {
        "input": np.zeros(count, dtype=np.int64),
        "line": number + 1,
        "cell": [cell_name(int(m), int(s)) for m, s in zip(mast, sector, strict=True)],
        "operator": ["Invented"] * count,
        "technology": ["3G"] * count,
        "lat": np.round(SOUTH + (NORTH - SOUTH) * up / (HIGH - 1), 5),
        "lon": np.round(WEST + (EAST - WEST) * across / (WIDE - 1), 5),
        "azimuth": sector * BEAM,
        "beamwidth": np.full(count, BEAM),
        "site": [f"Mast {m}" for m in mast.tolist()],
        "postcode": [""] * count,
        "valid_from": pa.nulls(count),
        "valid_to": pa.nulls(count),
    }
    return pa.table(columns).select(kind.schema.names).cast(kind.schema)
