"""How is a table that several sums read worked out once?"""

from itertools import count
from typing import Any

from fourfold.base.engine import DUCKDB

_NUMBERS = count(1)


def kept(backend: Any, table: Any) -> Any:
    """The same table, worked out and held by the engine until the engine is closed."""
    if backend.name == DUCKDB:
        name = f"survey_kept_{next(_NUMBERS)}"
        return backend.create_table(name, table, temp=True)
    return table.cache()
