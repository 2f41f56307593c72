"""How long does Django itself take to insert the same disruptions, with no checks?

Run as a program: `python -m benchmarks.plain_django`, with FOURFOLD_HOME set to a home
that holds a region. Nothing is kept. Prints one line of JSON.
"""

import json
import time

from fourfold_web.desk.readiness import data_home, ready_site

BATCH = 5_000


def main() -> None:
    """Insert a copy of every disruption by `bulk_create`, then roll back."""
    with ready_site(data_home()):
        from django.db import transaction

        from fourfold_web.act.models import Disruption
        from fourfold_web.base.audit import acting_as
        from fourfold_web.base.models import Officer

        with acting_as(Officer.objects.get(username="service-loader")):
            copies = list(Disruption.objects.all())
            for number, one in enumerate(copies):
                one.pk, one.reference = None, f"COPY-{number}"
                one.source_key = f"copy|{number}"
            begun = time.perf_counter()
            Disruption.objects.bulk_create(copies, batch_size=BATCH)
            seconds = time.perf_counter() - begun
            transaction.set_rollback(True)
    print(json.dumps({"rows": len(copies), "seconds": seconds}))


if __name__ == "__main__":
    main()
