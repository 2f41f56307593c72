"""What must a connection of the engine know before it reads evidence?"""

from importlib import resources

import duckdb


def prepare(base: duckdb.DuckDBPyConnection) -> None:
    """Teach a connection what the words of evidence mean."""
    sql = resources.files("fourfold.intake.bulk") / "sql" / "macros.sql"
    base.execute("SET TimeZone = 'UTC'")
    # The engine would join all rows to each short list of words, one after another.
    base.execute("SET disabled_optimizers = 'in_clause'")
    base.execute(sql.read_text(encoding="utf-8"))
