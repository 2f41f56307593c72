"""How long do pages take through a running site, and what do their rows cost alone?

The peer of each page is one hand-written statement that fetches the same rows as the
site's own role, row-level security included: what the page costs above that is ours.
"""

import json
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.figures import Figure, check, percentile
from benchmarks.processes import python
from benchmarks.regions import Regions
from benchmarks.running_site import Visitor, running_site

OFFICER = "holt"
SLOW_LIST, SLOW_SUMS = 0.5, 1.0
ROUNDS = {False: 10, True: 40}
YEAR = "from=2021-06-01&to=2022-05-31"

THREATS = "SELECT * FROM reporting.threats ORDER BY reference LIMIT 50"
OFF_LIST = """
SELECT * FROM reporting.threats
 WHERE closed_on IS NULL AND phase NOT ILIKE '%closed%'
   AND coalesce(national_ref, '') = '' ORDER BY reference LIMIT 50
"""
RESULTS = "SELECT * FROM reporting.disruptions ORDER BY recorded_on DESC LIMIT 50"
OLDER = RESULTS + " OFFSET 49950"
LED = """
SELECT * FROM reporting.disruptions
 WHERE role = 'lead' AND impact IN ('minor', 'moderate', 'major') AND body = 'emsou'
   AND recorded_on BETWEEN '2021-06-01' AND '2022-05-31' ORDER BY reference
"""
SEARCHED = """
SELECT * FROM reporting.threats
 WHERE reference ILIKE '%group%' OR name ILIKE '%group%'
    OR national_ref ILIKE '%group%' OR area ILIKE '%group%'
 ORDER BY reference LIMIT 50
"""
NO_PEER = ""
ONE = "SELECT * FROM reporting.threats WHERE reference = 'EM-THR-0042'"

PAGES: dict[str, tuple[str, str, float]] = {
    "threats": ("/threats/", THREATS, SLOW_LIST),
    "threats off the list": ("/threats/?off_list=1", OFF_LIST, SLOW_LIST),
    "threats, searched": ("/threats/?q=group", SEARCHED, SLOW_LIST),
    "one threat": ("/threats/EM-THR-0042/", ONE, SLOW_LIST),
    "results": ("/results/", RESULTS, SLOW_LIST),
    "results, last page": ("/results/?page=1000", OLDER, SLOW_LIST),
    "measures": (f"/measures/?{YEAR}", NO_PEER, SLOW_SUMS),
    "rows of a figure": (f"/measures/led/rows/?{YEAR}&body=emsou", LED, SLOW_LIST),
    "inspection": ("/inspection/", NO_PEER, SLOW_SUMS),
}


def figures(regions: Regions, *, full: bool) -> Iterator[Figure]:
    """Each page at scale 1, and at scale 50 when all is asked for."""
    for scale in (1, 50) if full else (1,):
        with regions.loaded(scale) as (home, _):
            queries = _queries(regions, scale)
            with running_site(home) as address:
                visitor = Visitor(address, home)
                visitor.sign_in(OFFICER)
                yield from _pages(visitor, scale, queries, ROUNDS[full])


def _pages(
    visitor: Visitor, scale: int, queries: dict[str, Any], rounds: int
) -> Iterator[Figure]:
    there = [name for name, (path, *_) in PAGES.items() if visitor.status(path) == 200]
    seconds: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(rounds):
        for name in there:
            begun = time.perf_counter()
            visitor.read(PAGES[name][0])
            seconds[name].append(time.perf_counter() - begun)
    for name in there:
        taken, told = seconds[name], queries["pages"][name]
        words = f"{told['queries']} queries"
        if told["sql_seconds"]:
            times = median(taken) / told["sql_seconds"]
            words += f"; {times:.1f} times its rows by hand-written SQL"
        yield Figure(
            f"scale {scale}: {name}, half of {rounds}",
            percentile(taken, 0.5) * 1000,
            "ms",
            low=min(taken) * 1000,
            high=max(taken) * 1000,
            runs=rounds,
            note=words,
        )
        slow = percentile(taken, 0.95) * 1000
        budget = PAGES[name][2] * 1000
        yield Figure(f"scale {scale}: {name}, 19 in 20", slow, "ms", budget)
    for name in PAGES.keys() - there:
        yield Figure(f"scale {scale}: {name}: no such page yet", 0, "ms")


def _queries(regions: Regions, scale: int) -> dict[str, Any]:
    """How many statements does each page make, and what does its peer take?

    Counted in a program of its own, as the site's role, with the counts checked.
    """
    asked = json.dumps({name: [path, sql] for name, (path, sql, _) in PAGES.items()})
    home = regions.folder / f"home-{scale}"
    run = python("benchmarks.page_queries", OFFICER, asked, home=home)
    told: dict[str, Any] = json.loads(run.said.splitlines()[-1])
    for kind, found in told["counts"].items():
        sent = sum(f["good"] for f in regions.manifest(scale) if f["kind"] == kind)
        check(that=f"{kind} at scale {scale}", found=found, expected=sent)
    return told


if __name__ == "__main__":
    sys.exit("Run it as: python -m benchmarks pages")
