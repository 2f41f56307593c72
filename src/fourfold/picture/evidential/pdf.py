"""How does a report become a PDF, the same bytes each time?

Typst sets the page from a template beside this module. The report goes in as data,
never as markup, so that nothing in the evidence can be taken for an instruction.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources

import typst

from fourfold.picture.evidential.pages import Report

UNDATED = datetime(1980, 1, 1, tzinfo=UTC)


def pdf_bytes(report: Report) -> bytes:
    """Which PDF says what the report says?"""
    template = resources.files("fourfold.picture.evidential") / "report.typ"
    made = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(asdict(report), ensure_ascii=False)},
        timestamp=int(UNDATED.timestamp()),
    )
    return bytes(made)
