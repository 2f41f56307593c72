"""Which number does somebody mean who types 07700 900123?"""

from collections.abc import Sequence

import duckdb

from fourfold.intake.bulk.prepared import prepare
from fourfold.intake.bulk.sql_text import phone_of


def numbers_meant(typed: Sequence[str]) -> list[str]:
    """How do the records write these numbers? By the same rule as the reader's.

    Returns:
        Each once, in the order typed; what is no full number stays as it is.
    """
    if not typed:
        return []
    with duckdb.connect() as base:
        prepare(base)
        asked = f"SELECT {phone_of('known(v)')} FROM (SELECT unnest($1) AS v)"  # noqa: S608
        rows = base.execute(asked, [list(typed)]).fetchall()
    return list(dict.fromkeys(str(row[0]) for row in rows if row[0]))
