"""A real report in the register, and a force of which one finding is still true."""

from pathlib import Path

import pytest

from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Officer
from fourfold_web.inspect.models import Finding
from fourfold_web.inspect.services import file_report

REPORT = Path(__file__).parents[2] / "data" / "reports" / "east-midlands-2023.txt"


@pytest.fixture
def filed(db):
    quill = Officer.objects.get(username="quill")
    with acting_as(quill):
        return file_report(actor=quill, path=REPORT)


@pytest.fixture
def crowded(make_threat, officer):
    """Twelve threats of Lincolnshire, all led by one officer: rule T06 is red."""
    wold = officer("wold")
    return [
        make_threat("lincolnshire", name=f"Group Elm {n}", lro=wold) for n in range(12)
    ]


@pytest.fixture
def wider_group(filed):
    """The published finding that too few officers lead Lincolnshire's threats."""
    with acting_as(filed.made_by):
        return Finding.objects.get(
            place="lincolnshire", heading__contains="wider group"
        )
