"""Does the tutorial tell the truth? Its commands are run, and compared."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "start" / "tutorial.md"
PROGRAM = str(Path(sys.executable).with_name("fourfold"))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, list[str]]]:
    """Which commands does the tutorial give, and which lines does each print?"""
    told: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                told.append((line[2:], []))
            elif line != "...":
                told[-1][1].append(line.strip())
    return told


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own with the region in it, as `make up` leaves it."""
    folder = tmp_path_factory.mktemp("tutorial")
    run("region load", folder)
    return folder


def run(arguments: str, home: Path) -> str:
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("FOURFOLD_", "DATABASE_", "DJANGO_"))
    }
    done = subprocess.run(
        [PROGRAM, *shlex.split(arguments)],
        cwd=ROOT,
        env={**inherited, "FOURFOLD_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_each_command_of_the_tutorial_prints_what_it_says(home: Path) -> None:
    for command, told in steps():
        assert command.startswith(".venv/bin/fourfold "), command
        printed = run(command.removeprefix(".venv/bin/fourfold "), home)
        for line in told:
            assert line in printed, f"$ {command}\n{printed}"


def test_the_tutorial_gives_commands_and_what_they_print() -> None:
    assert len(steps()) >= 8
    assert all(told for _, told in steps())
