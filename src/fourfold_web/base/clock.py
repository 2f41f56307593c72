"""What day is it here?

Every part takes today's date from this one place. The demonstration region runs on
its own clock (1 June 2022); the banner says so.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """What is today's date, in London, or on the demonstration's clock?"""
    fixed: date | None = settings.FOURFOLD_TODAY
    return fixed if fixed is not None else timezone.localdate()


def demonstration() -> bool:
    """Is this the demonstration region, where every person is invented?"""
    return bool(settings.FOURFOLD_DEMONSTRATION)
