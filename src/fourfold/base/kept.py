"""How is a table that several sums read worked out once?"""

from itertools import count
from typing import Any

import ibis
import pyarrow as pa

from fourfold.base.engine import DUCKDB

_NUMBERS = count(1)


def kept(backend: Any, table: Any) -> Any:
    """The same table, worked out and held by the engine until the engine is closed."""
    if backend.name == DUCKDB:
        name = f"kept_{next(_NUMBERS)}"
        return backend.create_table(name, table, temp=True)
    # Spark learns of rows at hand by a query of its own; to hold them comes too late.
    backend.execute(table.limit(0))
    return table.cache()


def laid_down(backend: Any, rows: pa.Table) -> Any:
    """An ibis table of rows at hand, for the engine to join with.

    Spark knows such rows only once a query of its own has named them; a table that is
    kept asks too late.
    """
    table = ibis.memtable(rows)
    if backend.name != DUCKDB:
        backend.execute(table.count())
    return table
