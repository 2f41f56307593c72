"""Do both engines open, answer alike and leave nothing behind?"""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fourfold.base.engine import UnknownEngine, engine_name, open_engine


def test_duckdb_is_the_engine_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("FOURFOLD_ENGINE", raising=False)
    assert engine_name() == "duckdb"
    monkeypatch.setenv("FOURFOLD_ENGINE", "Spark")
    assert (engine_name(), engine_name("duckdb")) == ("spark", "duckdb")


def test_an_unknown_engine_is_refused():
    with pytest.raises(UnknownEngine, match="'duckdbb'"):
        engine_name("duckdbb")


def test_duckdb_never_fetches_an_extension_and_works_in_utc():
    with open_engine("duckdb", threads=1, memory_gb=0.5) as backend:
        asked = "SELECT current_setting('{}')"
        settings = {
            name: backend.raw_sql(asked.format(name)).fetchone()[0]
            for name in ("autoinstall_known_extensions", "TimeZone", "threads")
        }
    assert settings == {
        "autoinstall_known_extensions": False,
        "TimeZone": "UTC",
        "threads": 1,
    }


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_both_engines_read_the_same_rows(engine, tmp_path):
    pq.write_table(pa.table({"n": [1, 2, 3, None]}), tmp_path / "n.parquet")
    with open_engine(engine) as backend:
        table = backend.read_parquet(tmp_path / "n.parquet")
        asked = table.aggregate(total=table.n.sum(), rows=table.count())
        assert asked.to_pyarrow().to_pylist() == [{"total": 6, "rows": 4}]
