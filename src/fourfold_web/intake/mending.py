"""What does a row that was kept back say once somebody has corrected its texts?"""

from collections.abc import Mapping

from fourfold.base.errors import FourfoldError
from fourfold.intake.cells import Fault, RawRow
from fourfold.intake.check import row_check
from fourfold.intake.errors import UnknownLayout
from fourfold.intake.kinds import kind
from fourfold.intake.layout import Layout
from fourfold.intake.layout_book import layout_called
from fourfold.intake.rows import row_digest, row_key
from fourfold.intake.spool import CheckedRow
from fourfold_web.base.clock import today
from fourfold_web.intake.models import QuarantinedRow


class CannotMend(FourfoldError):
    """A row cannot be mended here, or not any more."""

    what = "{reference} was not mended: {said}."
    do = "Bring in a corrected file instead; nothing was changed."
    status = 409


def layout_of(row: QuarantinedRow) -> Layout:
    """How are the texts of a row read?

    Raises:
        CannotMend: its texts are withheld or could not be told apart, or its layout
            was a sheet that is not in the book.
    """
    if not row.row:
        said = "its fields could not be told apart, or are withheld"
        raise CannotMend(reference=row.reference, said=said)
    try:
        return layout_called(
            row.layout, kind=kind(row.kind), body=row.body_id, format_="csv"
        )
    except UnknownLayout as error:
        said = f"the layout {row.layout} that read it is not kept here"
        raise CannotMend(reference=row.reference, said=said) from error


def mended_row(
    row: QuarantinedRow, layout: Layout, texts: Mapping[str, str]
) -> tuple[CheckedRow | None, list[Fault]]:
    """Which row do the texts give, or what is still wrong with them?"""
    cells = [texts.get(name, row.row.get(name, "")) for name in layout.columns]
    found, faults = row_check(layout, today())(RawRow(row.line, list(cells)))
    if faults:
        return None, faults
    rows = layout.kind
    key, digest = row_key(rows, found), row_digest(found)
    return CheckedRow(row.line, key, digest, found), []
