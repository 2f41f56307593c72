"""What does a published report, press text or tracker page say?"""

from datetime import date
from pathlib import Path

from fourfold.inspect import bodies, sections
from fourfold.inspect.blocks import blocks_of
from fourfold.inspect.documents import Document, read_document
from fourfold.inspect.figures import figures
from fourfold.inspect.findings import findings
from fourfold.inspect.judgments import judgments
from fourfold.inspect.recommendations import recommendations
from fourfold.inspect.report import Report


def read_report(path: Path) -> Report:
    """What does the file say?

    Args:
        path: a .txt, .html, .docx or .pdf file.

    Raises:
        FourfoldError: the file cannot be read; see `faults` for each reason.
    """
    return read_lines(read_document(path))


def read_lines(document: Document) -> Report:
    """What does the document say, item by item?

    Source:
        The fixed phrases are rows of rules/report_phrases.toml, figure_phrases.toml,
        body_names.toml and counted.toml, each with its source.
    """
    blocks = blocks_of(document)
    outline = sections.outline(blocks)
    names = bodies.printed_names(block.text for block in blocks)
    printed = sections.published_on(outline.published)
    published = date.fromisoformat(printed) if printed else None
    found = findings(outline.places, names)
    return Report(
        title=outline.title,
        published=published,
        judgments=judgments(outline, names),
        findings=found,
        recommendations=recommendations(outline.places, found, names, published),
        figures=figures(outline, names),
        source=document.name,
        lines=tuple(line.text for line in document.lines),
    )
