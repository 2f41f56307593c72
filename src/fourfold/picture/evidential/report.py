"""How is an evidential report written, as a Word document or a PDF?

The same result gives the same bytes: nothing in the file says when it was made.
"""

from pathlib import Path

from fourfold.base.errors import FourfoldError
from fourfold.base.result import Result
from fourfold.picture.evidential.docx import docx_bytes
from fourfold.picture.evidential.pages import UNMARKED, report_of
from fourfold.picture.evidential.pdf import pdf_bytes

WRITERS = {".docx": docx_bytes, ".pdf": pdf_bytes}


class UnknownPaper(FourfoldError):
    """A report was asked for in a form that we do not write."""

    what = "A report cannot be written as '{ending}'."
    do = "Name a file that ends in .docx or .pdf."
    status = 422


def write_report(result: Result, path: Path, marking: str = UNMARKED) -> None:
    """Write the report of a result to a file, whole or not at all.

    Args:
        result: what was found.
        path: ends in .docx or .pdf.
        marking: stands on every page.

    Raises:
        UnknownPaper: the path has another ending.
    """
    data = report_bytes(result, path.suffix, marking)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def report_bytes(result: Result, ending: str, marking: str = UNMARKED) -> bytes:
    """Which bytes has the report of a result? `ending` is .docx or .pdf.

    Raises:
        UnknownPaper: `ending` is another.
    """
    if ending.lower() not in WRITERS:
        raise UnknownPaper(ending=ending)
    return WRITERS[ending.lower()](report_of(result, marking))
