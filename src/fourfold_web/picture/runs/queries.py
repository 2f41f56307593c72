"""Which runs may an officer see, and which files can a question be asked of?"""

from collections.abc import Iterable
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db.models import QuerySet
from django.http import Http404

from fourfold.base.analysis import Analysis
from fourfold_web.base.models import Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.intake.evidence import store
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.queries import visible_files
from fourfold_web.picture.review.models import ReviewedMessage
from fourfold_web.picture.runs.models import BulkSearch, EvidenceRun, KeptResult

VEHICLES = "vehicles"


def visible_runs(officer: Officer) -> QuerySet[EvidenceRun]:
    """Which questions that were asked may the officer see?"""
    return visible_to(officer, EvidenceRun).select_related("body", "made_by")


def see_run(officer: Officer, reference: str) -> EvidenceRun:
    """Which run has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    rows = visible_runs(officer).select_related("body__region", "under")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def runs_of(officer: Officer, file: EvidenceFile) -> QuerySet[EvidenceRun]:
    """What was asked of a file, as far as the officer may see it?"""
    return visible_runs(officer).filter(files__contains=[file.pk])


def asked_before(officer: Officer, digest: str) -> EvidenceRun | None:
    """Which run has answered the very same question, that the officer may see?"""
    same = visible_runs(officer).filter(asked=digest, state=EvidenceRun.DONE)
    return same.order_by("-made_at").first()


def files_for(officer: Officer, analysis: Analysis) -> list[EvidenceFile]:
    """Which files that were read hold something that the analysis takes?"""
    wanted = [*analysis.takes, *analysis.may_take]
    read = visible_files(officer).filter(state=EvidenceFile.READ)
    fits = read.filter(found__has_any_keys=wanted) if wanted else read
    return list(fits.order_by("-made_at"))


def kept_of(officer: Officer, run: EvidenceRun) -> list[KeptResult]:
    """As what was the result of a run kept?"""
    rows = visible_to(officer, KeptResult).filter(run=run)
    return list(rows.select_related("made_by", "body"))


def visible_kept(officer: Officer) -> QuerySet[KeptResult]:
    """Which results that were kept as evidence may the officer see?"""
    return visible_to(officer, KeptResult).select_related("run", "body", "made_by")


def set_aside_of(files: Iterable[int]) -> list[tuple[int, int]]:
    """Which messages of these files are set aside? File and line, in that order.

    Asked inside `acting_as` somebody who may see the files.
    """
    rows = ReviewedMessage.objects.filter(
        file__in=list(files), state=ReviewedMessage.SET_ASIDE
    )
    return list(rows.order_by("file_id", "line").values_list("file_id", "line"))


def set_aside_since(run: EvidenceRun) -> int:
    """How many messages of its files were set aside after a run was asked?

    Asked inside `acting_as` somebody who may see the run.
    """
    rows = ReviewedMessage.objects.filter(
        file__in=run.files,
        state=ReviewedMessage.SET_ASIDE,
        reviewed_at__gt=run.made_at,
    )
    return rows.count()


def visible_searches(officer: Officer) -> QuerySet[BulkSearch]:
    """Which requests to search plate reads in bulk may the officer see?"""
    rows = visible_to(officer, BulkSearch)
    return rows.select_related("body", "made_by", "decided_by")


def see_search(officer: Officer, reference: str) -> BulkSearch:
    """Which request to search in bulk has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    rows = visible_searches(officer).select_related("body__region")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def approved_searches(officer: Officer) -> QuerySet[BulkSearch]:
    """Under which approved requests may the officer search in bulk?"""
    rows = visible_searches(officer).filter(state=BulkSearch.APPROVED)
    return rows.order_by("-made_at")


def kinds_in(files: Iterable[EvidenceFile]) -> dict[str, Any]:
    """How many rows of each kind of evidence do these files hold together?"""
    held: dict[str, Any] = {}
    for file in files:
        for kind, count in file.found.items():
            held[kind] = held.get(kind, 0) + count
    return held


def lists_of_vehicles(files: Iterable[EvidenceFile]) -> list[str]:
    """Which lists of vehicles stand in these files, by name, in that order?"""
    names: set[str] = set()
    for file in files:
        if VEHICLES in file.found:
            rows = store.rows_folder(file.sha256, file.reading)
            read = pq.read_table(rows / f"{VEHICLES}.parquet", columns=["list"])
            names.update(pc.unique(read["list"]).to_pylist())
    return sorted(name for name in names if name)
