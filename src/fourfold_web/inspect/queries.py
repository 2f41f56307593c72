"""What did inspectors find, and would they find it today?"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock
from typing import TypeVar

from django.db import connection
from django.db.models import Count, QuerySet
from django.http import Http404

from fourfold.base.bodies import region
from fourfold.inspect.answers import Answer, inspect
from fourfold.inspect.links import Tied
from fourfold_web.base.clock import today
from fourfold_web.base.models import Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.inspect.models import Finding, Judgment, Promise, Report
from fourfold_web.measure.queries import tables

KEPT = 24
"""How many sets of answers a worker remembers."""

UNANSWERABLE = (
    "innovative practice",
    "promising practice",
    "good practice",
    "positive heading",
    "history",
)

R = TypeVar("R")
Key = tuple[int, str, str, date, date]

_remembered: OrderedDict[Key, list[Answer]] = OrderedDict()
_lock = Lock()


def findings_with_rules() -> list[Tied]:
    """Which filed findings have a rule, and of which body? Newest report first."""
    filed = Finding.objects.exclude(rules=[]).order_by(
        "-report__published_on", "line", "pk"
    )
    return [
        Tied(name=f.reference, body_slug=f.place, rules=tuple(f.rules)) for f in filed
    ]


def answers(
    region_key: str, as_at: date, bodies: Iterable[str] | None = None
) -> list[Answer]:
    """Would an inspector find each failure today? Run inside `acting_as`.

    Args:
        region_key: the region.
        as_at: the day asked about.
        bodies: slugs to answer for; all of the region and itself when None.
    """
    return inspect(
        tables(),
        region=region_key,
        as_at=as_at,
        bodies=bodies,
        findings=findings_with_rules(),
    )


def answers_for(officer: Officer, region_key: str, as_at: date) -> list[Answer]:
    """Would an inspector find each failure, on the rows this officer may see?

    Answers stand until the next line of the change log: nothing is written without
    one. They are remembered by officer, so nobody is shown another's, and by the seal
    of the last line, which no other line will ever have.
    """
    key = (officer.pk, _last_seal(), region_key, as_at, today())
    with _lock:
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
    found = answers(region_key, as_at)
    with _lock:
        _remembered[key] = found
        while len(_remembered) > KEPT:
            _remembered.popitem(last=False)
    return found


def _last_seal() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM base_chainhead WHERE id = 1")
        return str(cursor.fetchone()[0])


def findings_of(officer: Officer, places: Sequence[str]) -> QuerySet[Finding]:
    """What did reports find of these bodies, that today may answer? As printed.

    Practices held up as good, praise and history are left out, unless a rule reads
    a failure in them.
    """
    found = visible_to(officer, Finding).exclude(kind__in=UNANSWERABLE, rules=[])
    ordered = found.filter(place__in=places).order_by(
        "-report__published_on", "report_id", "line", "pk"
    )
    return ordered.select_related("report").defer("report__lines")


def judgments_of(officer: Officer, places: Sequence[str]) -> dict[str, Judgment]:
    """Which grade was each body given last?"""
    found = visible_to(officer, Judgment).filter(place__in=places)
    newest_last = found.order_by("report__published_on", "-line")
    return {judgment.place: judgment for judgment in newest_last}


def promises_of(officer: Officer, findings: Iterable[int]) -> QuerySet[Promise]:
    """What was promised about these findings, first due first?"""
    found = visible_to(officer, Promise).filter(finding__in=list(findings))
    return found.select_related("owner", "body")


def see_finding(officer: Officer, reference: str) -> Finding:
    """Which finding has that reference?

    Raises:
        Http404: there is none, or it is not for this officer; both read alike.
    """
    found = visible_to(officer, Finding).select_related("report")
    return _one(found.defer("report__lines").filter(reference=reference).first())


def see_promise(officer: Officer, reference: str) -> Promise:
    """Which promise has that reference?

    Raises:
        Http404: there is none, or it is not for this officer; both read alike.
    """
    found = visible_to(officer, Promise).select_related("finding", "owner", "body")
    return _one(found.filter(reference=reference).first())


def see_report(officer: Officer, reference: str) -> Report:
    """Which report has that reference?

    Raises:
        Http404: there is none, or it is not for this officer; both read alike.
    """
    return _one(visible_to(officer, Report).filter(reference=reference).first())


def reports(officer: Officer) -> QuerySet[Report]:
    """Which reports are filed, with counts of what each holds? Unordered."""
    counts = {
        "n_judgments": Count("judgments", distinct=True),
        "n_findings": Count("findings", distinct=True),
        "n_recommendations": Count("recommendations", distinct=True),
        "n_figures": Count("reportfigures", distinct=True),
    }
    found = visible_to(officer, Report).defer("lines")
    return found.select_related("body", "made_by").annotate(**counts)


def places_of(region_key: str) -> tuple[str, ...]:
    """Of which places are there findings: the region, its unit, its forces?"""
    return (region_key, *region(region_key).bodies())


def _one(found: R | None) -> R:
    if found is None:
        raise Http404
    return found
