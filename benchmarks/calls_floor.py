"""What would each question about calls cost in DuckDB SQL written by hand?

The floor that our expressions are measured against: the same rows and columns, no
sentences. Each gives what `calls_asked.compared` compares, its columns in their order.
"""

from benchmarks.calls_asked import SINCE, TARGETS
from benchmarks.calls_floor_sequences import (
    BROADCASTS,
    CHAINS,
    HANDSETS,
    SILENCES,
    SIMS,
)
from benchmarks.calls_floor_sides import BUSIEST, SEEN, WITH_OTHERS, events
from fourfold.picture.calls.summary import MAY_LACK

IN_TARGETS = "('" + "', '".join(TARGETS) + "')"
SETTINGS = "SET TimeZone = 'UTC'; SET preserve_insertion_order = false;"

LACKS = ", ".join(f"sum(({name} = '')::INT) AS no_{name}" for name, _say in MAY_LACK)
LACKED = ", ".join(
    "('rows without the " + say.replace("'", "''") + f"', no_{name}, rows)"
    for name, say in MAY_LACK
)
SUMMARY = f"""
WITH counts AS (
  SELECT count(*) AS rows, sum((start_at IS NULL)::INT) AS untimed,
         sum(seconds) AS talked, sum((seconds > 14400)::INT) AS long,
         sum((kind = 'voice' AND seconds = 0)::INT) AS unanswered,
         sum((kind = 'voice' AND seconds IS NULL)::INT) AS no_seconds,
         sum((caller = called AND called <> '')::INT) AS to_itself, {LACKS}
  FROM calls),
callers AS (SELECT DISTINCT caller AS number FROM calls WHERE caller <> ''),
every AS (
  FROM callers UNION SELECT DISTINCT called FROM calls WHERE called <> ''),
numbers AS (
  SELECT count(*) AS numbers, (SELECT count(*) FROM callers) AS callers,
         sum(regexp_matches(number, '^[+][1-9][0-9]{{7,}}$')::INT) AS full_ones
  FROM every)
SELECT says, n::BIGINT, of FROM counts, numbers, LATERAL (VALUES
  ('rows', rows, NULL), ('numbers', numbers, NULL),
  ('rows without a time', untimed, rows),
  ('numbers that began an event', callers, numbers),
  ('full telephone numbers', full_ones, numbers),
  ('hours talked', talked // 3600, NULL),
  ('calls of more than 4 hours', long, rows), ('calls not answered', unanswered, rows),
  ('calls without a duration', no_seconds, rows),
  ('numbers that rang themselves: rows', to_itself, rows),
  ('records of a call that another record holds too', 0, rows), {LACKED}
) AS facts (says, n, of)
UNION ALL
SELECT 'rows of kind ' || kind, count(*), (SELECT rows FROM counts) FROM calls
GROUP BY kind"""
CONTACTS = f"""
WITH {BUSIEST}, {events("busiest", WITH_OTHERS)},
days AS (
  SELECT number, other, start_local::DATE AS day, count(*) AS n, sum(out::INT) AS out,
         sum((kind IN ('text', 'multimedia'))::INT) AS texts,
         sum((kind = 'voice' AND seconds > 0)::INT) AS answered, sum(seconds) AS s,
         min(start_at) AS first, max(start_at) AS last
  FROM events GROUP BY ALL),
sums AS (
  SELECT number, other, sum(n)::BIGINT AS n, sum(out)::BIGINT AS out,
         sum(texts)::BIGINT AS texts, sum(answered)::BIGINT AS answered,
         sum(s)::BIGINT AS s, count(*) AS days, min(first) AS first, max(last) AS last
  FROM days GROUP BY ALL)
SELECT number, other, row_number() OVER (PARTITION BY number ORDER BY n DESC, s DESC,
         other) AS place, n, out, n - out, texts, answered, s, days,
       n / (sum(n) OVER (PARTITION BY number)), first, last,
       count(*) OVER (PARTITION BY number)
FROM sums QUALIFY place <= 10"""
COMMON = f"""
WITH named AS (SELECT unnest({list(TARGETS)}) AS number),
{events("named", WITH_OTHERS)},
sums AS (
  SELECT number, other, count(*) AS n, min(start_at) AS first, max(start_at) AS last
  FROM events GROUP BY ALL),
shared AS (
  SELECT other, count(*) AS targets, list(number ORDER BY number) AS names,
         sum(n)::BIGINT AS n, min(n) AS least, min(first) AS first, max(last) AS last
  FROM sums GROUP BY 1 HAVING count(*) >= 2),
met AS (
  SELECT number, count(DISTINCT other) AS met FROM (
    SELECT caller AS number, called AS other FROM calls
    WHERE caller IN (SELECT other FROM shared) AND {WITH_OTHERS}
    UNION ALL
    SELECT called, caller FROM calls
    WHERE called IN (SELECT other FROM shared) AND {WITH_OTHERS}) GROUP BY 1)
SELECT other, targets, {len(TARGETS)}, names, n, least, met - targets,
       other IN {IN_TARGETS}, first, last
FROM shared JOIN met ON met.number = shared.other
WHERE met - targets <= 100 OR other IN {IN_TARGETS}"""
ENDS = ", ".join(
    f"{end}.at, {end}.kind, {end}.{{third}}, {end}.cell, {end}.input, {end}.line"
    for end in ("first", "last")
)
EVENT = """{{'at': {clock}, 'kind': kind, '{third}': {third}, 'cell': cell,
            'input': input, 'line': line}}"""
PAIR = EVENT.format(clock="start_at", third="out")
DAY = EVENT.format(clock="start_local", third="other")
FIRST_LAST = (
    f"CREATE TEMP TABLE busiest AS WITH {BUSIEST} FROM busiest",
    f"""
WITH {events("busiest", WITH_OTHERS)},
pairs AS (
  SELECT number, other, count(*) AS n,
         arg_min({PAIR}, (start_at, input, line)) AS first,
         arg_max({PAIR}, (start_at, input, line)) AS last
  FROM events GROUP BY ALL)
SELECT number, other, n, {ENDS.format(third="out")} FROM pairs
ORDER BY number, first.at, other LIMIT 10000""",
    f"""
WITH {events("busiest", "true")},
days AS (
  SELECT number, (start_local - INTERVAL 4 HOUR)::DATE AS day, count(*) AS n,
         arg_min({DAY}, (start_at, input, line)) AS first,
         arg_max({DAY}, (start_at, input, line)) AS last
  FROM events GROUP BY ALL)
SELECT number, day, n, {ENDS.format(third="other")} FROM days
ORDER BY number, day LIMIT 10000""",
)
PATTERN = """
WITH hours AS (
  SELECT dayname(start_local) AS weekday, hour(start_local) AS hour, count(*) AS n
  FROM calls WHERE start_at IS NOT NULL GROUP BY ALL)
SELECT 'all numbers', weekday, hour, n, (sum(n) OVER ())::BIGINT, n / sum(n) OVER (),
       n / sum(n) OVER () FROM hours"""
NEW_SINCE = f"""
WITH {SEEN},
new AS (
  SELECT * FROM seen
  WHERE first >= TIMESTAMPTZ '{SINCE} 00:00:00+00' AND n >= 2
  ORDER BY n DESC, number LIMIT 1000),
{events("new", WITH_OTHERS)},
met AS (SELECT number, count(DISTINCT other) AS met FROM events GROUP BY 1)
SELECT number, '', n, out, coalesce(met, 0), first, last, true
FROM new LEFT JOIN met USING (number)"""
SHORT_LIVED = f"""
WITH {SEEN},
span AS (SELECT min(start_at) AS a, max(start_at) AS z FROM calls),
short AS (
  SELECT seen.* FROM seen, span WHERE first >= a + INTERVAL 3 DAY
    AND last <= z - INTERVAL 3 DAY AND last <= first + INTERVAL 60 DAY AND n >= 5),
{events("short", WITH_OTHERS)},
pairs AS (
  SELECT number, other, count(*) AS n, sum(out::INT) IN (0, count(*)) AS one_way
  FROM events GROUP BY ALL),
met AS (
  SELECT number, count(*) AS contacts, sum(one_way::INT)::BIGINT AS one_way,
         list(other ORDER BY n DESC, other)[:20] AS names,
         coalesce(sum(n) FILTER (one_way), 0) / sum(n) AS share
  FROM pairs GROUP BY 1)
SELECT number, epoch(last - first) / 86400, n, contacts, names, one_way, share, first,
       last, out > 0
FROM short JOIN met USING (number) WHERE contacts <= 10000"""

FLOOR: dict[str, tuple[str, ...]] = {
    "summary": (SUMMARY,),
    "contacts": (CONTACTS,),
    "common": (COMMON,),
    "first-last": FIRST_LAST,
    "pattern": (PATTERN,),
    "silences": (SILENCES,),
    "chains": (CHAINS,),
    "handsets": HANDSETS,
    "sims": SIMS,
    "broadcasts": (BROADCASTS,),
    "new-since": (NEW_SINCE,),
    "short-lived": (SHORT_LIVED,),
}
"""The statements that answer each question; those that give rows give its tables."""
