"""Which deliveries may an officer see, and which rows wait to be mended?"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from fourfold.intake.cells import Fault
from fourfold_web.base.models import Body, Officer
from fourfold_web.base.visible import visible_to
from fourfold_web.intake.models import Delivery, QuarantinedRow

READ_AT_ONCE = 2_000


def bodies_to_import_for(officer: Officer) -> list[Body]:
    """For which bodies may the officer bring files in? Their own first."""
    bodies = Body.objects.filter(kind__in=["force", "rocu"]).order_by("short")
    mine = [body for body in bodies if officer.may("import", body)]
    return sorted(mine, key=lambda body: body.slug != officer.body_id)


def visible_deliveries(officer: Officer) -> QuerySet[Delivery]:
    """Which deliveries may the officer see? Of bodies that they bring files in for."""
    return (
        visible_to(officer, Delivery)
        .filter(body__in=bodies_to_import_for(officer))
        .select_related("body", "made_by")
        .annotate(open_rows=Count("quarantine", filter=Q(quarantine__state="open")))
    )


def see_delivery(officer: Officer, reference: str) -> Delivery:
    """Which delivery has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    found = visible_deliveries(officer).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def kept_back(officer: Officer, delivery: Delivery) -> QuerySet[QuarantinedRow]:
    """Which rows of a delivery were kept back, as far as the officer may see them?"""
    rows = visible_to(officer, QuarantinedRow).filter(of=delivery)
    return rows.select_related("of", "body").order_by("line", "pk")


def see_kept_back(officer: Officer, reference: str) -> QuarantinedRow:
    """Which row that was kept back has that reference?

    Raises:
        Http404: there is none, or the officer may not see it; both read alike.
    """
    rows = visible_to(officer, QuarantinedRow).filter(
        body__in=bodies_to_import_for(officer), reference=reference
    )
    found = rows.select_related("of", "of__body", "body", "body__region").first()
    if found is None:
        raise Http404
    return found


def faults_of(rows: QuerySet[QuarantinedRow]) -> Iterator[Fault]:
    """Which faults do the rows have, in their order?"""
    for faults in rows.values_list("faults", flat=True).iterator(READ_AT_ONCE):
        for fault in faults:
            yield Fault(**fault)


def fault_rows(rows: QuerySet[QuarantinedRow]) -> Iterator[list[Any]]:
    """What stands in a file of the faults? Reference, state, line, field and so on."""
    for row in rows.iterator(READ_AT_ONCE):
        state = QuarantinedRow.STATES[row.state]
        for fault in row.faults:
            told = [fault[name] for name in ("field", "value", "fault", "mend")]
            yield [row.reference, state, row.line, *told]


def states_of(rows: QuerySet[QuarantinedRow]) -> Counter[str]:
    """How many of the rows are open, mended and replaced?"""
    counted = rows.order_by().values_list("state").annotate(count=Count("pk"))
    return Counter(dict(counted))
