"""What would each question about calls cost in DuckDB SQL written by hand?

The floor that our expressions are measured against: the same rows, no names, no words.
Each gives the columns that `calls_asked.KEYS` compares, in their order.
"""

from benchmarks.calls_asked import BURST, CHAIN, SINCE, TARGETS

IN_TARGETS = "('" + "', '".join(TARGETS) + "')"
SETTINGS = "SET TimeZone = 'UTC'; SET preserve_insertion_order = false;"
BUSIEST = """
busiest AS (
  SELECT number FROM (
    SELECT caller AS number, count(*) AS n FROM calls WHERE caller <> '' GROUP BY 1
    UNION ALL
    SELECT called, count(*) FROM calls WHERE called <> '' GROUP BY 1)
  GROUP BY 1 ORDER BY sum(n) DESC, number LIMIT 1000)"""
EVENTS = """
events AS (
  SELECT caller AS number, called AS other, true AS out, kind, start_at, start_local,
         seconds, input, line
  FROM calls WHERE caller IN (SELECT number FROM {of}) AND {which}
  UNION ALL
  SELECT called, caller, false, kind, start_at, start_local, seconds, input, line
  FROM calls WHERE called IN (SELECT number FROM {of}) AND caller <> called
    AND called <> '' AND {which})"""
WITH_OTHERS = "called <> '' AND caller <> called AND kind NOT IN ('data', 'voicemail')"
BUSY_CONTACTS = EVENTS.format(of="busiest", which=WITH_OTHERS)
BUSY_EVENTS = EVENTS.format(of="busiest", which="true")
NAMED = f"named AS (SELECT unnest({list(TARGETS)}) AS number)"

CONTACTS = f"""
WITH {BUSIEST}, {BUSY_CONTACTS},
days AS (
  SELECT number, other, start_local::DATE AS day, count(*) AS n, sum(seconds) AS s
  FROM events GROUP BY ALL),
sums AS (
  SELECT number, other, sum(n)::BIGINT AS n, sum(s)::BIGINT AS s, count(*) AS days
  FROM days GROUP BY ALL)
SELECT number, other, n, s, days FROM sums
QUALIFY row_number() OVER (PARTITION BY number ORDER BY n DESC, s DESC, other) <= 10
ORDER BY 1, 2"""
COMMON = f"""
WITH {NAMED}, {EVENTS.format(of="named", which=WITH_OTHERS)},
sums AS (SELECT number, other, count(*) AS n FROM events GROUP BY ALL),
shared AS (
  SELECT other, count(*) AS targets, sum(n)::BIGINT AS n FROM sums
  GROUP BY 1 HAVING count(*) >= 2),
met AS (
  SELECT number, count(DISTINCT other) AS met FROM (
    SELECT caller AS number, called AS other FROM calls
    WHERE caller IN (SELECT other FROM shared) AND {WITH_OTHERS}
    UNION ALL
    SELECT called, caller FROM calls
    WHERE called IN (SELECT other FROM shared) AND {WITH_OTHERS}) GROUP BY 1)
SELECT other, targets, n FROM shared JOIN met ON met.number = shared.other
WHERE met - targets <= 100 OR other IN {IN_TARGETS} ORDER BY 1"""
FIRST_LAST = f"""
WITH {BUSIEST}, {BUSY_CONTACTS},
pairs AS (
  SELECT number, other, count(*) AS n,
         arg_min(line, (start_at, input, line)) AS first,
         arg_max(line, (start_at, input, line)) AS last, min(start_at) AS begun
  FROM events GROUP BY ALL ORDER BY number, begun, other LIMIT 10000)
SELECT number, other, n, first, last FROM pairs ORDER BY 1, 2"""
PATTERN = """
SELECT (isodow(start_local) - 1)::BIGINT AS weekday, hour(start_local) AS hour,
       count(*) AS n
FROM calls WHERE start_at IS NOT NULL GROUP BY ALL ORDER BY 1, 2"""
SILENCES = f"""
WITH {BUSIEST}, {BUSY_EVENTS},
ends AS (SELECT max(epoch(start_at))::BIGINT AS final FROM calls),
gaps AS (
  SELECT number, start_at, input, line,
         coalesce(epoch(lead(start_at) OVER w)::BIGINT, (SELECT final FROM ends))
         - epoch(start_at)::BIGINT AS gap
  FROM events WINDOW w AS (PARTITION BY number ORDER BY start_at, input, line)),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY number ORDER BY gap, start_at, input, line)
         - 1 AS shorter, count(*) OVER (PARTITION BY number) AS n FROM gaps),
medians AS (SELECT number, gap AS median FROM placed WHERE shorter = (n - 1) // 2)
SELECT number, line, gap FROM placed JOIN medians USING (number)
WHERE gap >= 3 * median AND gap >= 86400 AND n > 1
  AND shorter >= n - greatest(floor(n * 0.02), 1) ORDER BY 1, 2"""
CHAINS = f"""
WITH kept AS (
  SELECT caller, called, epoch(start_at)::BIGINT AS begins, seconds FROM calls
  WHERE {WITH_OTHERS} AND caller <> ''),
pairs AS (SELECT caller, called FROM kept GROUP BY ALL HAVING count(*) >= {CHAIN}),
often AS (SELECT kept.* FROM kept SEMI JOIN pairs USING (caller, called)),
first AS (
  SELECT caller AS a, called AS b, begins + coalesce(seconds, 0) AS ends FROM often),
near AS (
  SELECT *, ends // 600 AS bucket FROM first
  UNION ALL SELECT *, ends // 600 + 1 FROM first),
second AS (
  SELECT caller AS b, called AS c, begins, begins // 600 AS bucket FROM often)
SELECT a, b, c, count(*) AS n FROM near JOIN second USING (b, bucket)
WHERE begins - ends BETWEEN 0 AND 600 AND a <> c
GROUP BY ALL HAVING count(*) >= {CHAIN} ORDER BY n DESC, 1, 2, 3 LIMIT 1000"""
SPELLS = """
WITH seen AS (
  SELECT left(imei, 14) AS imei, imsi, min(first) AS first, max(last) AS last FROM (
    SELECT caller_imei AS imei, caller_imsi AS imsi, min(start_at) AS first,
           max(start_at) AS last FROM calls GROUP BY ALL
    UNION ALL
    SELECT called_imei, called_imsi, min(start_at), max(start_at) FROM calls
    GROUP BY ALL)
  WHERE trim(imei, '0') <> '' AND trim(imsi, '0') <> '' GROUP BY ALL)"""
CHANGES = (
    SPELLS
    + """, placed AS (
  SELECT {holder} AS holder, {worn} AS new,
         lag({worn}) OVER (PARTITION BY {holder} ORDER BY first, last, {worn}) AS old,
         count(*) OVER (PARTITION BY {holder}) AS n FROM seen)
SELECT holder, old, new FROM placed WHERE old IS NOT NULL AND n <= 20
ORDER BY 1, 2, 3"""
)
BROADCASTS = f"""
WITH texts AS (
  SELECT caller AS number, called AS other, epoch(start_at)::BIGINT AS sent, input, line
  FROM calls WHERE kind IN ('text', 'multimedia') AND caller <> '' AND called <> ''),
senders AS (
  SELECT number FROM texts GROUP BY 1
  HAVING count(*) >= {3 * BURST} AND count(DISTINCT other) >= {BURST}),
begun AS (
  SELECT *, coalesce(sent - lag(sent) OVER w > 300, true)::INT AS begins
  FROM texts SEMI JOIN senders USING (number)
  WINDOW w AS (PARTITION BY number ORDER BY sent, input, line)),
numbered AS (
  SELECT *, sum(begins) OVER (PARTITION BY number ORDER BY sent, input, line) AS burst
  FROM begun),
bursts AS (
  SELECT number, burst, count(*) AS n, count(DISTINCT other) AS reached
  FROM numbered GROUP BY ALL
  HAVING count(DISTINCT other) >= {BURST} AND max(sent) - min(sent) <= 3600)
SELECT number, count(*) AS bursts, sum(n)::BIGINT AS n FROM bursts GROUP BY 1
HAVING count(*) >= 3 ORDER BY 1"""
SEEN = """
WITH seen AS (
  SELECT number, min(first) AS first, max(last) AS last, sum(n)::BIGINT AS n FROM (
    SELECT caller AS number, min(start_at) AS first, max(start_at) AS last,
           count(*) AS n FROM calls WHERE caller <> '' GROUP BY 1
    UNION ALL
    SELECT called, min(start_at), max(start_at), count(*)
    FROM calls WHERE called <> '' GROUP BY 1) GROUP BY 1)"""
NEW_SINCE = (
    SEEN
    + f"""
SELECT number, n FROM seen WHERE first >= TIMESTAMPTZ '{SINCE} 00:00:00+00' AND n >= 2
ORDER BY n DESC, number LIMIT 1000"""
)
SHORT_LIVED = (
    SEEN
    + f""",
span AS (SELECT min(start_at) AS a, max(start_at) AS z FROM calls),
short AS (
  SELECT number FROM seen, span WHERE first >= a + INTERVAL 3 DAY
    AND last <= z - INTERVAL 3 DAY AND last <= first + INTERVAL 60 DAY AND n >= 5),
{EVENTS.format(of="short", which=WITH_OTHERS)}
SELECT number, count(*) AS n, count(DISTINCT other) AS contacts FROM events
GROUP BY 1 HAVING count(DISTINCT other) <= 10000 ORDER BY 1"""
)
SUMMARY = """
SELECT count(*), sum((called = '')::INT)::BIGINT, sum((caller_cell = '')::INT)::BIGINT,
       sum((called_imei = '')::INT)::BIGINT, min(start_at), max(start_at),
       (SELECT count(*) FROM (SELECT caller FROM calls WHERE caller <> ''
        UNION SELECT called FROM calls WHERE called <> ''))
FROM calls"""

FLOOR = {
    "summary": SUMMARY,
    "contacts": CONTACTS,
    "common": COMMON,
    "first-last": FIRST_LAST,
    "pattern": PATTERN,
    "silences": SILENCES,
    "chains": CHAINS,
    "handsets": CHANGES.format(holder="imsi", worn="imei"),
    "sims": CHANGES.format(holder="imei", worn="imsi"),
    "broadcasts": BROADCASTS,
    "new-since": NEW_SINCE,
    "short-lived": SHORT_LIVED,
}
