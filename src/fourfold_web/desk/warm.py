"""Which statements can a worker make before anybody asks for them?

Making the statements of the measures and of the inspection rules takes seconds, once a
process; running them takes tenths. A worker makes them as soon as it is up.
"""

import threading
from typing import Any

from fourfold.inspect.answers import inspect
from fourfold.measure.figures import figures
from fourfold.measure.tables import Row, Tables, postgres_sql
from fourfold_web.base.clock import today
from fourfold_web.measure.queries import year_to_today

ANY_REGION = "east-midlands"


def make_statements() -> None:
    """Make every statement of the measures and the inspection rules, run none."""
    only_made = Tables(run=_made)
    period = year_to_today()
    figures(
        only_made,
        region=ANY_REGION,
        period_from=period.first,
        period_to=period.last,
        as_at=period.as_at,
    )
    inspect(only_made, region=ANY_REGION, as_at=today())


def make_statements_meanwhile() -> threading.Thread:
    """Make them beside the first requests."""
    thread = threading.Thread(target=make_statements, daemon=True, name="warm")
    thread.start()
    return thread


def _made(question: Any) -> list[Row]:
    postgres_sql(question)
    return []
