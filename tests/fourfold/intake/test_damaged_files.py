"""Does a file that is cut or altered anywhere get one clear answer, never a crash?"""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.intake.delivery import read_delivery
from fourfold.intake.errors import FileRefused
from fourfold.intake.kinds import KINDS
from fourfold.intake.layout_book import canonical
from fourfold.intake.layout_writer import write_rows
from fourfold.intake.readers.formats import format_of

from .made_rows import threat

FORMATS = ("csv", "xlsx", "jsonl", "json", "xml")
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a whole file of each format: 20 threats, some with odd letters."""
    folder = tmp_path_factory.mktemp("whole")
    rows = [threat(ref=f"T-{n}", name=f"Zoë “{n}”", tags=["prison"]) for n in range(20)]
    files = {}
    for format_ in FORMATS:
        path = folder / f"threats.{format_}"
        write_rows(rows, canonical(KINDS["threats"], "derbyshire", format_), path)
        files[format_] = path.read_bytes()
    return files


def read_all(path, data):
    """The rows of a file, or None when it was refused with a reason."""
    path.write_bytes(data)
    today = date(2022, 6, 1)
    with (
        contextlib.suppress(FileRefused),
        read_delivery(path, "threats", "derbyshire", today=today) as reading,
    ):
        assert reading.rows == reading.whole + reading.repeats + reading.quarantined
        return reading.rows
    return None


@pytest.mark.parametrize("format_", FORMATS)
@MANY
@given(data=st.data())
def test_a_file_with_altered_bytes_is_read_or_refused(tmp_path, whole, format_, data):
    content = bytearray(whole[format_])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    read_all(tmp_path / f"threats.{format_}", bytes(content))


@pytest.mark.parametrize("format_", ["xlsx", "json", "xml"])
@MANY
@given(data=st.data())
def test_a_file_cut_anywhere_loads_nothing(tmp_path, whole, format_, data):
    size = data.draw(st.integers(1, len(whole[format_].rstrip()) - 1))
    assert read_all(tmp_path / f"t.{format_}", whole[format_][:size]) is None


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
@MANY
@given(data=st.data())
def test_lines_cut_inside_a_row_load_nothing(tmp_path, whole, format_, data):
    lines = whole[format_].splitlines(keepends=True)
    keep = data.draw(st.integers(2, len(lines) - 1))
    most = 40 if format_ == "csv" else len(lines[keep].rstrip()) - 1
    part = lines[keep][: data.draw(st.integers(1, most))]
    content = b"".join(lines[:keep]) + part
    assert read_all(tmp_path / f"t.{format_}", content) is None


@MANY
@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_read_or_refused(tmp_path_factory, data):
    read_all(tmp_path_factory.getbasetemp() / "threats.csv", data)


def test_a_workbook_of_a_version_that_nobody_reads_is_refused(tmp_path, whole):
    data = whole["xlsx"]
    at = data.index(b"PK\x01\x02") + 6  # version needed, in the list of parts
    path = tmp_path / "a.xlsx"
    path.write_bytes(data[:at] + b"\x40\x00" + data[at + 2 :])
    with pytest.raises(FileRefused):
        format_of(path)
