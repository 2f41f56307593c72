"""Which evidence do files hold that somebody names, whatever their form?

A Parquet file that has the columns of its kind already is used where it lies; all else
is read, checked and converted first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fourfold.base.analysis import Analysis
from fourfold.intake.bulk.reading import ReadingOptions, read_evidence
from fourfold.intake.evidence import Reading
from fourfold.intake.handsets.reading import read_container
from fourfold.picture.running import (
    Evidence,
    evidence_kept,
    evidence_read,
    is_canonical,
)

Tell = Callable[[float, str], None]
REPORTS = (".ufdr",)
"""Endings of handset reports, which hold several kinds of evidence."""


@dataclass(frozen=True)
class HowToRead:
    """What somebody says of files that no sheet knows, or that leave things open.

    `columns` names, for each kind of evidence, which of our columns is which of theirs.
    """

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: str = ""
    zone: str = ""
    layout: str = ""
    authority: str = ""


def read_kind(
    kind: str, paths: Sequence[Path], how: HowToRead, out: Path, tell: Tell
) -> Reading:
    """Read files of one kind of evidence into Parquet in a folder.

    A handset report gives calls too.
    """
    options = ReadingOptions(
        columns=dict(how.columns.get(kind, {})),
        dates=how.dates,
        zone=how.zone,
        layout=how.layout,
        authority=how.authority,
    )
    if any(path.suffix.lower() in REPORTS for path in paths):
        return read_container(kind, list(paths), options, out, tell)
    return read_evidence(kind, list(paths), options, out, tell)


def gathered(
    files: Mapping[str, Sequence[Path]], how: HowToRead, out: Path, tell: Tell
) -> tuple[Evidence, list[Reading]]:
    """What is there to ask of, in files of several kinds?

    Args:
        files: the files of each kind of evidence, the main kind first.
        how: what was said of them.
        out: a folder of our own for what is read.
        tell: told how far it is.

    Returns:
        The evidence, and a reading for each kind that had to be read.
    """
    evidence, readings = Evidence(), []
    for kind, paths in files.items():
        ready = [path for path in paths if is_canonical(kind, path)]
        others = [path for path in paths if path not in ready]
        evidence = evidence + evidence_kept(kind, ready)
        if others:
            reading = read_kind(kind, others, how, out / kind, tell)
            evidence = evidence + evidence_read([reading])
            readings.append(reading)
    return evidence, readings


def kinds_of(analysis: Analysis) -> tuple[str, ...]:
    """Which kinds of evidence can be handed to an analysis, the main one first?"""
    return tuple(dict.fromkeys((*analysis.takes, *analysis.may_take)))
