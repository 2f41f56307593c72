"""Which messages wait for a reviewer, and what was decided about the others?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from fourfold_web.base.models import Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.queries import see_file, visible_files
from fourfold_web.picture.review.models import ReviewedMessage
from fourfold_web.picture.review.texts import Messages


@dataclass(frozen=True)
class Queue:
    """The messages of one file that wait: how many of how many, how many urgent."""

    file: EvidenceFile
    total: int
    reviewed: int
    set_aside: int
    urgent: int

    @property
    def waiting(self) -> int:
        """How many wait to be read?"""
        return self.total - self.reviewed


def queues(officer: Officer) -> list[Queue]:
    """Which files hold messages, and how many of them wait? Most urgent first."""
    files = list(
        visible_files(officer).filter(state=EvidenceFile.READ, found__messages__gt=0)
    )
    counts: dict[int, Mapping[str, int]] = {
        row["file"]: {"reviewed": row["reviewed"], "aside": row["aside"]}
        for row in visible_to(officer, ReviewedMessage)
        .filter(file__in=files)
        .order_by()
        .values("file")
        .annotate(
            reviewed=Count("pk"),
            aside=Count("pk", filter=Q(state=ReviewedMessage.SET_ASIDE)),
        )
    }
    found = [_queue(officer, file, counts.get(file.pk, {})) for file in files]
    return sorted(found, key=lambda one: (-one.urgent, -one.waiting, one.file.pk))


def see_messages(officer: Officer, reference: str) -> EvidenceFile:
    """Which file of messages that were read has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    file = see_file(officer, reference)
    if file.state != EvidenceFile.READ or not file.found.get("messages"):
        raise Http404
    return file


def reviewed_of(officer: Officer, file: EvidenceFile) -> QuerySet[ReviewedMessage]:
    """Which messages of a file were reviewed? Newest first."""
    rows = visible_to(officer, ReviewedMessage).filter(file=file)
    return rows.select_related("file", "reviewed_by", "body", "released_by")


def reviewed_lines(officer: Officer, file: EvidenceFile) -> set[int]:
    """Which lines of a file were reviewed?"""
    return set(reviewed_of(officer, file).order_by().values_list("line", flat=True))


def locked_lines(file: EvidenceFile) -> Sequence[int]:
    """Which lines of a file that the officer may see are set aside?"""
    rows = ReviewedMessage.objects.filter(file=file, state=ReviewedMessage.SET_ASIDE)
    return list(rows.values_list("line", flat=True))


def set_aside_messages(officer: Officer) -> QuerySet[ReviewedMessage]:
    """Which messages are set aside, of those that the officer may be told of?"""
    rows = visible_to(officer, ReviewedMessage)
    kept = rows.filter(state=ReviewedMessage.SET_ASIDE)
    return kept.select_related("file", "reviewed_by", "body")


def see_set_aside(officer: Officer, reference: str) -> ReviewedMessage:
    """Which message that was set aside has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    rows = visible_to(officer, ReviewedMessage).filter(reference=reference)
    found = rows.select_related("file", "reviewed_by", "body", "body__region").first()
    if found is None:
        raise Http404
    return found


def _queue(officer: Officer, file: EvidenceFile, row: Mapping[str, int]) -> Queue:
    risks = [one for one in Messages(file).risks() if one.urgent]
    urgent = len(risks)
    if risks and row:
        done = reviewed_lines(officer, file)
        urgent = sum(one.line not in done for one in risks)
    return Queue(
        file=file,
        total=int(file.found["messages"]),
        reviewed=row.get("reviewed", 0),
        set_aside=row.get("aside", 0),
        urgent=urgent,
    )
