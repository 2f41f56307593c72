"""What the terminal says: one object of JSON, or one clear line."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from fourfold_web.desk.cli import OneLineErrors
from fourfold_web.intake import commands
from fourfold_web.picture.models import Threat
from tests.fourfold_web.intake.conftest import THREAT, write_csv

pytestmark = pytest.mark.django_db

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture
def run(db: None) -> Any:
    """`run("threats", path, ...)`: the command, its database already there."""
    command = click.Command(
        "import",
        params=commands.import_command.params,
        callback=getattr(
            commands.import_command.callback,
            "__wrapped__",
            commands.import_command.callback,
        ),
    )
    group = OneLineErrors("fourfold", commands={"import": command})

    def invoke(
        kind: str, *files: Path, body: str = "derbyshire", more: Any = ()
    ) -> Result:
        names = [str(file) for file in files]
        return CliRunner().invoke(
            group, ["import", kind, *names, "--body", body, *more]
        )

    return invoke


def test_one_file_gives_an_object_and_several_a_list(run, tmp_path):
    one = write_csv(tmp_path / "one.csv", [THREAT])
    two = write_csv(tmp_path / "two.csv", [THREAT | {"ref": "T2"}])
    answer = json.loads(run("threats", one, more=["--json"]).stdout)
    assert (answer["rows"], answer["loaded"]) == (1, 1)
    answers = json.loads(run("threats", one, two, more=["--json"]).stdout)
    assert [(a["loaded"], a["unchanged"]) for a in answers] == [(0, 1), (1, 0)]


def test_without_json_the_arithmetic_and_the_faults_are_said(run, tmp_path):
    path = write_csv(
        tmp_path / "threats.csv", [THREAT, THREAT | {"ref": "2", "soc": "?"}]
    )
    said = run("threats", path).stdout
    assert "2 rows = 1 loaded + 0 changed + 0 unchanged + 1 quarantined" in said
    assert "line 3, soc: '?' not in the list soc." in said


def test_a_dry_run_has_no_delivery(run, tmp_path):
    path = write_csv(tmp_path / "threats.csv", [THREAT])
    answer = json.loads(run("threats", path, more=["--json", "--dry-run"]).stdout)
    assert (answer["delivery"], answer["loaded"]) == (None, 1)


def test_several_files_come_in_up_to_the_one_that_cannot_be_read(run, tmp_path, acting):
    good = write_csv(tmp_path / "good.csv", [THREAT])
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    result = run("threats", good, bad, more=["--json"])
    assert result.exit_code == 1
    assert [answer["loaded"] for answer in json.loads(result.stdout)] == [1]
    assert "bad.csv is empty." in result.stderr
    with acting("service-loader"):
        assert Threat.objects.count() == 1


HEADING = ",".join(THREAT)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty.csv is empty."),
        ("utf16.csv", f"{HEADING}\n".encode("utf-16-le"), "NUL byte"),
        (
            "latin.csv",
            f"{HEADING}\nT1,Caf\xe9 Group,ocg\n".encode("latin-1"),
            "Line 2 of latin.csv is not utf-8",
        ),
        ("cut.csv", f'{HEADING}\nT1,"Group A'.encode(), "cut.csv is cut short"),
        ("cut.xlsx", b"PK\x03\x04half", "cut.xlsx"),
        ("locked.xlsx", ENCRYPTED, "locked.xlsx"),
        ("wrong.csv", b"ref,name,rank,unit\n1,A,PC,X\n", "looks like officers"),
        ("other.csv", b"colour,size\nred,2\n", "lacks columns"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "picture.csv"),
    ],
)
def test_each_bad_file_is_answered_in_one_line(
    run, tmp_path, acting, name, content, said
):
    path = tmp_path / name
    path.write_bytes(content)
    result = run("threats", path, more=["--json"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    with acting("service-loader"):
        assert not Threat.objects.exists()


@pytest.mark.parametrize(
    ("kind", "more", "body", "said"),
    [
        ("threat", [], "derbyshire", "No kind of row is called 'threat'."),
        ("threats", [], "derby", "No body is called 'derby'."),
        ("threats", ["--layout", "odd"], "derbyshire", "No layout is called 'odd'."),
        (
            "threats",
            ["--as", "nobody"],
            "derbyshire",
            "No officer signs in as 'nobody'.",
        ),
        ("threats", ["--as", "lamb"], "derbyshire", "You may not do this"),
    ],
)
def test_a_wrong_word_is_answered_in_one_line(run, tmp_path, kind, more, body, said):
    path = write_csv(tmp_path / "threats.csv", [THREAT])
    assert run("threats", path).exit_code == 0
    result = run(kind, path, body=body, more=more)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_missing_file_is_answered_in_one_line(run, tmp_path):
    result = run("threats", tmp_path / "nowhere.csv")
    assert result.exit_code == 1
    assert "There is no file at" in result.stderr or "cannot be read" in result.stderr


@pytest.mark.parametrize(
    ("field", "odd"), [("name", "\ud800"), ("soc", "so\0c?"), ("name", "a\0b")]
)
def test_odd_characters_stop_no_more_than_their_row(run, tmp_path, field, odd):
    path = tmp_path / "threats.jsonl"
    rows = [THREAT, THREAT | {"ref": "T2", field: odd}, THREAT | {"ref": "T3"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    answer = json.loads(run("threats", path, more=["--json"]).stdout)
    assert answer["rows"] == 3
    assert answer["loaded"] + answer["quarantined"] == 3
    assert answer["loaded"] >= 2
