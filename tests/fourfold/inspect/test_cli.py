import json
from pathlib import Path

from click.testing import CliRunner

from fourfold.inspect.cli import report

PRESS = Path("tests/data/reports/south-west-2025-press-release.txt")


def test_json_prints_every_item():
    done = CliRunner().invoke(report, ["read", str(PRESS), "--json"])
    assert done.exit_code == 0
    assert len(json.loads(done.stdout)["judgments"]) == 6


def test_without_json_a_person_reads_a_summary():
    done = CliRunner().invoke(report, ["read", str(PRESS)])
    assert done.exit_code == 0
    assert "line 10: Gloucestershire Constabulary: inadequate" in done.stdout


def test_a_file_that_cannot_be_read_ends_in_one_line_and_status_1(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(PRESS.read_bytes())
    done = CliRunner().invoke(report, ["read", str(path)])
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "report.pdf is named .pdf but holds text." in done.stderr
