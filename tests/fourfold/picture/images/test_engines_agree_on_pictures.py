"""Do DuckDB and Spark give the same answers about pictures?"""

import pyarrow.parquet as pq
import pytest

from fourfold.picture.images.analyses import ANALYSES
from fourfold.picture.running import run_analysis
from tests.fourfold.picture.images.small_pictures import known, pictures
from tests.fourfold.picture.images.test_known import LISTS, PICTURES


@pytest.mark.slow
def test_both_engines_answer_alike(tmp_path):
    pytest.importorskip("pyspark")
    pq.write_table(pictures(PICTURES * 3), tmp_path / "images.parquet")
    pq.write_table(known(LISTS), tmp_path / "known.parquet")
    for analysis in ANALYSES:
        files = {kind: [tmp_path / f"{kind}.parquet"] for kind in analysis.takes}
        first, second = (
            run_analysis(analysis, files, {}, engine) for engine in ("duckdb", "spark")
        )
        assert first.records() == second.records(), analysis.key
        assert first.findings.answers == second.findings.answers
