"""What is the answer to a question? Worked out in a process of its own, and kept.

The order names `analysis`, `files` (each with its folder of rows and its reference),
`parameters`, `engine`, `results` (the folder of all results) and `left_out` (the lines
of each file that are set aside). The answer names the digest of the result.
"""

import importlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from fourfold.base.analysis import Analysis
from fourfold.base.result import Input
from fourfold.intake.evidence import EVIDENCE
from fourfold.picture.running import Evidence, Part, run_analysis
from fourfold_web.intake.evidence.telling import Tell, answer
from fourfold_web.picture.runs.left_out import without
from fourfold_web.picture.runs.parameters_kept import taken_up


def run(order: dict[str, Any], tell: Tell) -> dict[str, Any]:
    """Answer the question and keep the result under its digest."""
    asked = _analysis(order["analysis"])
    results = Path(order["results"])
    with tempfile.TemporaryDirectory(prefix=".run-", dir=results) as scratch:
        evidence = Evidence()
        for number, file in enumerate(order["files"]):
            evidence = evidence + _evidence(file, Path(scratch) / str(number), asked)
        given = taken_up(asked, order["parameters"])
        result = run_analysis(asked, evidence, given, order["engine"], tell)
        tell(1.0, "Keeping the result")
        kept = Path(scratch) / "result"
        digest = result.keep(kept)
        place = results / digest
        if not place.exists():
            kept.rename(place)
    shutil.rmtree(scratch, ignore_errors=True)
    return {"result": digest}


def _analysis(key: str) -> Analysis:
    """The question, without reading those of other areas."""
    area = importlib.import_module(f"fourfold.picture.{key.split('.')[0]}.analyses")
    found: Analysis = next(one for one in area.ANALYSES if one.key == key)
    return found


def _evidence(file: dict[str, Any], scratch: Path, asked: Analysis) -> Evidence:
    """The rows of one file that the analysis takes, without what is set aside."""
    wanted = (*asked.takes, *asked.may_take)
    paths = sorted(Path(file["rows"]).glob("*.parquet"))
    parts = tuple(
        Part(path.stem, without(path, file["left_out"], scratch))
        for path in paths
        if path.stem in EVIDENCE and path.stem in wanted
    )
    return Evidence(parts, (Input(**file["input"]),))


if __name__ == "__main__":
    answer(run)
