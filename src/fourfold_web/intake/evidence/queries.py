"""Which evidence may an officer see, and what works on it now?"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404

from fourfold_web.base.models import Compartment, Officer
from fourfold_web.base.visible import sight_of, visible_to
from fourfold_web.intake.evidence.models import Authority, EvidenceFile, Job


def visible_files(officer: Officer) -> QuerySet[EvidenceFile]:
    """Which files of evidence may the officer see?"""
    rows = visible_to(officer, EvidenceFile)
    return rows.select_related("body", "made_by", "authority")


def see_file(officer: Officer, reference: str) -> EvidenceFile:
    """Which file of evidence has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    rows = visible_files(officer).select_related("body__region")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def see_files(officer: Officer, numbers: Iterable[int]) -> list[EvidenceFile]:
    """Which of these files may the officer see? In the order asked for."""
    wanted = list(numbers)
    found = {one.pk: one for one in visible_files(officer).filter(pk__in=wanted)}
    return [found[number] for number in wanted if number in found]


def visible_authorities(officer: Officer) -> QuerySet[Authority]:
    """Which authorities may the officer see?"""
    return visible_to(officer, Authority).select_related("body", "made_by")


def see_authority(officer: Officer, reference: str) -> Authority:
    """Which authority has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    found = visible_authorities(officer).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def files_under(officer: Officer, authority: Authority) -> QuerySet[EvidenceFile]:
    """Which files that the officer may see were obtained under an authority?"""
    return visible_files(officer).filter(authority=authority).order_by("-made_at")


def same_bytes(officer: Officer, seen: EvidenceFile) -> list[EvidenceFile]:
    """Which other files that the officer may see have the same bytes?"""
    rows = visible_files(officer).filter(sha256=seen.sha256).exclude(pk=seen.pk)
    return list(rows.order_by("made_at"))


def job_on(reference: str) -> Job | None:
    """Which work was last asked for on a record that the officer may see?"""
    return Job.objects.filter(about=reference).first()


def compartments_of(officer: Officer) -> list[tuple[str, str]]:
    """Behind which walls may the officer put something? Key and name."""
    held = sight_of(officer).compartments
    return list(
        Compartment.objects.filter(key__in=held).order_by("name").values_list(
            "key", "name"
        )
    )  # fmt: skip
