"""What would the questions of what follows what cost in SQL written by hand?"""

from benchmarks.calls_asked import BURST, CHAIN
from benchmarks.calls_floor_sides import BUSIEST, WITH_OTHERS, events

SILENCES = f"""
WITH {BUSIEST}, {events("busiest", "true")},
ends AS (SELECT max(epoch(start_at))::BIGINT AS final FROM calls),
gaps AS (
  SELECT number, start_at, other, cell, input, line, lead(start_at) OVER w AS ended_at,
         lead(other) OVER w AS after, lead(cell) OVER w AS cell_after,
         coalesce(epoch(lead(start_at) OVER w)::BIGINT, (SELECT final FROM ends))
         - epoch(start_at)::BIGINT AS gap
  FROM events WINDOW w AS (PARTITION BY number ORDER BY start_at, input, line)),
medians AS (
  SELECT number, quantile_disc(gap, 0.5) AS median, count(*) AS n FROM gaps GROUP BY 1),
long AS (
  SELECT *, n - row_number() OVER (PARTITION BY number ORDER BY gap DESC,
         start_at DESC, input DESC, line DESC) AS shorter
  FROM gaps JOIN medians USING (number) WHERE gap >= 86400 AND n > 1),
found AS (
  SELECT * FROM long
  WHERE gap >= 3 * median AND shorter >= n - greatest(floor(n * 0.02), 1)),
spans AS (SELECT epoch(start_at) AS a, epoch(start_at) + gap AS z FROM found),
also AS (
  SELECT number, line, input, count(*) - 1 AS also FROM found, spans
  WHERE epoch(start_at) + gap / 2 >= a AND epoch(start_at) + gap / 2 < z GROUP BY ALL)
SELECT number, start_at, ended_at, gap / 3600, median / 3600, gap / greatest(median, 1),
       shorter, n, ended_at IS NULL, also, other, after, cell, cell_after, input, line
FROM found JOIN also USING (number, input, line)"""


def follows(first: str, shift: int) -> str:
    """Calls of B that begin within ten minutes of the end of one of A to B."""
    return f"""
  SELECT a, b, c, start_at, begins - ends - {shift} AS delay, then_at FROM (
    SELECT *, (ends + {shift}) // 600 AS bucket FROM {first}
    UNION ALL SELECT *, (ends + {shift}) // 600 + 1 FROM {first})
  JOIN (SELECT a AS b, b AS c, epoch(start_at)::BIGINT AS begins, start_at AS then_at,
               epoch(start_at)::BIGINT // 600 AS bucket FROM {first}) USING (b, bucket)
  WHERE begins - ends - {shift} BETWEEN 0 AND 600 AND a <> c"""


CHAINS = f"""
WITH pairs AS MATERIALIZED (
  SELECT caller AS a, called AS b, count(*) AS n FROM calls
  WHERE {WITH_OTHERS} AND caller <> '' GROUP BY ALL HAVING count(*) >= {CHAIN}),
often AS MATERIALIZED (
  SELECT a, b, start_at, epoch(start_at)::BIGINT + coalesce(seconds, 0) AS ends
  FROM calls JOIN pairs ON caller = a AND called = b WHERE {WITH_OTHERS}),
best AS MATERIALIZED (
  SELECT a, b, c, count(*) AS n FROM ({follows("often", 0)})
  GROUP BY ALL HAVING count(*) >= {CHAIN} ORDER BY n DESC, 1, 2, 3 LIMIT 1000),
parts AS (SELECT a, b FROM best UNION SELECT b, c FROM best),
few AS MATERIALIZED (SELECT often.* FROM often SEMI JOIN parts USING (a, b)),
sums AS (
  SELECT a, b, c, sum(delay) AS delays, min(start_at) AS first, max(start_at) AS last
  FROM ({follows("few", 0)}) GROUP BY ALL),
chance AS (
  SELECT a, b, c, count(*) AS n FROM (
    {follows("few", 86400)} UNION ALL {follows("few", -86400)}) GROUP BY ALL)
SELECT best.a, best.b, best.c, best.n, ab.n, bc.n, coalesce(chance.n, 0) / 2,
       round_even(delays / best.n, 0)::BIGINT, first, last
FROM best JOIN sums USING (a, b, c) LEFT JOIN chance USING (a, b, c)
JOIN pairs ab ON ab.a = best.a AND ab.b = best.b
JOIN pairs bc ON bc.a = best.b AND bc.b = best.c"""
SPELLS = """
CREATE TEMP TABLE sides AS
SELECT caller_imei AS imei, caller_imsi AS imsi, min(start_at) AS first,
       max(start_at) AS last, count(*) AS n, max(caller) AS number
FROM calls WHERE start_at IS NOT NULL GROUP BY ALL
UNION ALL
SELECT called_imei, called_imsi, min(start_at), max(start_at), count(*), max(called)
FROM calls WHERE start_at IS NOT NULL GROUP BY ALL"""
CHANGES = """
WITH seen AS (
  SELECT left(imei, 14) AS imei, imsi, min(first) AS first, max(last) AS last,
         sum(n)::BIGINT AS n, max(number) AS number
  FROM sides WHERE trim(imei, '0') <> '' AND trim(imsi, '0') <> '' GROUP BY ALL),
placed AS (
  SELECT {holder} AS holder, lag({worn}) OVER w AS old, {worn} AS new,
         lag(number) OVER w AS old_number, number, lag(last) OVER w AS old_last,
         first, lag(first) OVER w AS old_first, last, lag(n) OVER w AS old_n, n,
         count(*) OVER (PARTITION BY {holder}) AS worn
  FROM seen WINDOW w AS (PARTITION BY {holder} ORDER BY first, last, {worn}))
SELECT holder, old, new, old_number, number, old_last, first,
       CASE WHEN first >= old_last THEN epoch(first - old_last) / 3600 END,
       CASE WHEN first < old_last
         THEN (epoch(least(last, old_last)) - epoch(first)) / 3600 END,
       old_first, last, old_n, n, worn
FROM placed WHERE old IS NOT NULL AND worn <= 20
ORDER BY first, holder, new LIMIT 10000"""
HANDSETS = SPELLS, CHANGES.format(holder="imsi", worn="imei")
SIMS = SPELLS, CHANGES.format(holder="imei", worn="imsi")
BROADCASTS = f"""
WITH senders AS MATERIALIZED (
  SELECT caller AS number, sum(n) AS sent FROM (
    SELECT caller, called, count(*) AS n FROM calls
    WHERE kind IN ('text', 'multimedia') AND caller <> '' AND called <> '' GROUP BY ALL)
  GROUP BY 1 HAVING sum(n) >= {3 * BURST} AND count(*) >= {BURST}),
texts AS (
  SELECT caller AS number, called AS other, start_at,
         epoch(start_at)::BIGINT AS sent, input, line
  FROM calls WHERE caller IN (SELECT number FROM senders)
    AND kind IN ('text', 'multimedia') AND called <> ''),
begun AS (
  SELECT *, coalesce(sent - lag(sent) OVER w > 300, true)::INT AS begins
  FROM texts WINDOW w AS (PARTITION BY number ORDER BY sent, input, line)),
numbered AS MATERIALIZED (
  SELECT *, sum(begins) OVER (PARTITION BY number ORDER BY sent, input, line) AS burst
  FROM begun),
wide AS (
  SELECT number, burst, count(*) AS n, count(DISTINCT other) AS reached,
         min(start_at) AS first, max(sent) AS ended
  FROM numbered GROUP BY ALL
  HAVING count(DISTINCT other) >= {BURST} AND max(sent) - min(sent) <= 3600),
bursts AS MATERIALIZED (
  SELECT * FROM wide QUALIFY count(*) OVER (PARTITION BY number) >= 3),
met AS MATERIALIZED (
  SELECT DISTINCT number, burst, other, ended
  FROM numbered JOIN bursts USING (number, burst)),
back AS MATERIALIZED (
  SELECT called AS number, caller AS other, epoch(start_at)::BIGINT AS rang FROM calls
  WHERE called IN (SELECT number FROM bursts)),
answers AS (
  SELECT number, count(DISTINCT (burst, other)) AS answers
  FROM met JOIN back USING (number, other)
  WHERE rang > ended AND rang <= ended + 14400 GROUP BY 1),
others AS (
  SELECT number, count(*) AS every, sum(times) AS reached,
         sum(times) FILTER (times > 1) AS again
  FROM (SELECT number, other, count(*) AS times FROM met GROUP BY ALL) GROUP BY 1),
sums AS (
  SELECT number, count(*) AS bursts, max(reached) AS most, sum(n)::BIGINT AS n,
         min(first) AS first, max(first) AS last FROM bursts GROUP BY 1)
SELECT number, bursts, most, reached / bursts, every, coalesce(again, 0) / reached,
       coalesce(answers, 0) / reached, n / sent, n, first, last
FROM sums JOIN others USING (number) JOIN senders USING (number)
LEFT JOIN answers USING (number)"""
