"""What does an address ask of inspection: which region, day, body, answer, rule?"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from fourfold.base.bodies import REGIONS, region
from fourfold.inspect.answers import ORDER
from fourfold.inspect.failures import FAILURES
from fourfold_web.base.clock import today
from fourfold_web.base.dates import NoSuchDay, typed_date

OVERDUE = "1"


@dataclass(frozen=True)
class Question:
    """The region and day asked about, how the answers are narrowed, what was wrong."""

    region: str
    as_at: date
    body: str = ""
    answer: str = ""
    rule: str = ""
    overdue: bool = False
    faults: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """How does an address say the region and the day?"""
        return urlencode({"region": self.region, "as_at": self.as_at.isoformat()})

    @property
    def is_narrowed(self) -> bool:
        """Is less than everything shown?"""
        return bool(self.body or self.answer or self.rule or self.overdue)


def asked(given: QueryDict, home_region: str) -> Question:
    """What is asked? What cannot be read is named and left out.

    Args:
        given: `region`, `as_at`, `body`, `answer`, `rule`, `overdue`, as typed.
        home_region: the region of the officer, shown when none is asked for.
    """
    faults: list[str] = []
    known = _known(given, "region", tuple(REGIONS), faults) or home_region
    places = (*region(known).bodies(), known)
    return Question(
        region=known,
        as_at=_day(given.get("as_at", "").strip(), faults),
        body=_known(given, "body", places, faults),
        answer=_known(given, "answer", ORDER, faults),
        rule=_known(given, "rule", tuple(FAILURES), faults),
        overdue=given.get("overdue") == OVERDUE,
        faults=tuple(faults),
    )


def _day(typed: str, faults: list[str]) -> date:
    if not typed:
        return today()
    try:
        return typed_date(typed)
    except NoSuchDay as fault:
        faults.append(str(fault))
        return today()


def _known(
    given: QueryDict, name: str, known: tuple[str, ...], faults: list[str]
) -> str:
    typed = given.get(name, "").strip()
    if typed and typed not in known:
        faults.append(f"No {name} here is called \u2018{typed[:40]}\u2019.")
        return ""
    return typed
