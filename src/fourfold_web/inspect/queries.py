"""What did inspectors find, and would they find it today?"""

from collections.abc import Iterable
from datetime import date

from fourfold.inspect.answers import Answer, inspect
from fourfold.inspect.links import Tied
from fourfold_web.inspect.models import Finding
from fourfold_web.measure.queries import tables


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
