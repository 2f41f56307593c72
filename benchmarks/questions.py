"""How long do measures, inspection and verifying take within one program?

Run as a program: `python -m benchmarks.questions LINES`, with FOURFOLD_HOME set to a
home that holds a region. Writes lines to the change log until it has LINES. Prints one
line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from fourfold_web.desk.readiness import data_home, ready_site

RUNS = 5


def main(lines: int) -> None:
    """Ask each question once to warm up, then some times more."""
    with ready_site(data_home()):
        from fourfold_web.base.audit import acting_as
        from fourfold_web.base.verify import verify_log
        from fourfold_web.inspect.queries import answers
        from fourfold_web.measure import queries

        region = "east-midlands"
        period = queries.year_to_today()
        with acting_as(queries.counting_officer()):
            measures = _timed(lambda: queries.regional_figures(region, period))
            inspect = _timed(lambda: answers(region, date(2022, 6, 1)))
        written = _written(lines)
        begun = time.perf_counter()
        verdict = verify_log()
        verify = [time.perf_counter() - begun]
        assert verdict.whole, verdict.breaks[:3]
    told = {"measures": measures, "inspect": inspect, "verify": verify}
    print(json.dumps(told | {"lines": verdict.lines, "written": written}))


def _timed(asked: Callable[[], Any]) -> list[float]:
    asked()
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        asked()
        seconds.append(time.perf_counter() - begun)
    return seconds


def _written(lines: int) -> int:
    """How many lines has the log, once there are at least so many? By the one door."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT seq FROM base_chainhead")
        there: int = cursor.fetchone()[0]
    if there < lines:
        _write(lines - there)
    return max(there, lines)


def _write(count: int) -> None:
    from fourfold_web.base.audit import acting_as, change
    from fourfold_web.base.models import Officer
    from fourfold_web.picture.models import Threat

    officer = Officer.objects.get(username="service-loader")
    with acting_as(officer):
        threat = Threat.objects.order_by("pk").first()
        assert threat is not None
        for _ in range(count):
            with change(officer, "delivery.loaded", about=threat) as draft:
                draft.add(threat, name=threat.name)


if __name__ == "__main__":
    main(int(sys.argv[1]))
