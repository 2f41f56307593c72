"""How many statements does each page make, and how long do its rows take by hand?

Run as a program: `python -m benchmarks.page_queries OFFICER PAGES`, with FOURFOLD_HOME
set; PAGES is JSON, name to [path, statement]. Prints one line of JSON.
"""

import json
import sys
import time
from statistics import median
from typing import Any

from fourfold_web.desk.readiness import data_home, ready_site

RUNS = 5


def main(username: str, pages: dict[str, list[str]]) -> None:
    """Ask each page once to warm up, then count; time each statement."""
    with ready_site(data_home()):
        from django.test import Client

        from fourfold_web.base.audit import acting_as
        from fourfold_web.base.models import Officer

        officer = Officer.objects.get(username=username)
        client = Client()
        client.force_login(officer, "fourfold_web.base.sign_in.OfficerBackend")
        told = {name: {"queries": _counted(client, path), "sql_seconds": 0.0}
                for name, (path, _) in pages.items()}  # fmt: skip
        with acting_as(officer):
            for name, (_, statement) in pages.items():
                told[name]["sql_seconds"] = _timed(statement) if statement else 0.0
        counter = Officer.objects.get(username="service-counter")
        with acting_as(counter):
            counts = {name: _count(name) for name in ("threats", "disruptions")}
    print(json.dumps({"pages": told, "counts": counts}))


def _counted(client: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if client.get(path).status_code != 200:
        return 0
    with CaptureQueriesContext(connection) as made:
        client.get(path)
    return len(made)


def _timed(statement: str) -> float:
    from django.db import connection

    seconds = []
    with connection.cursor() as cursor:
        for _ in range(RUNS):
            begun = time.perf_counter()
            cursor.execute(statement)
            cursor.fetchall()
            seconds.append(time.perf_counter() - begun)
    return median(seconds)


def _count(name: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM reporting.{name}")
        found: int = cursor.fetchone()[0]
    return found


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
