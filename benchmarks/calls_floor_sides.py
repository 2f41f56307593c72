"""What do several questions about calls share in SQL written by hand?"""

BUSIEST = """
busiest AS (
  SELECT number FROM (
    SELECT caller AS number, count(*) AS n FROM calls WHERE caller <> '' GROUP BY 1
    UNION ALL
    SELECT called, count(*) FROM calls WHERE called <> '' GROUP BY 1)
  GROUP BY 1 ORDER BY sum(n) DESC, number LIMIT 1000)"""
WITH_OTHERS = "called <> '' AND caller <> called AND kind NOT IN ('data', 'voicemail')"
SEEN = """
seen AS (
  SELECT number, min(first) AS first, max(last) AS last, sum(n)::BIGINT AS n,
         sum(out)::BIGINT AS out FROM (
    SELECT caller AS number, min(start_at) AS first, max(start_at) AS last,
           count(*) AS n, count(*) AS out FROM calls WHERE caller <> '' GROUP BY 1
    UNION ALL
    SELECT called, min(start_at), max(start_at), count(*), 0
    FROM calls WHERE called <> '' GROUP BY 1) GROUP BY 1)"""


def events(of: str, which: str) -> str:
    """The events of the numbers of a table, seen from both sides."""
    return f"""
events AS (
  SELECT caller AS number, called AS other, true AS out, kind, start_at, start_local,
         seconds, caller_cell AS cell, input, line
  FROM calls WHERE caller IN (SELECT number FROM {of}) AND {which}
  UNION ALL
  SELECT called, caller, false, kind, start_at, start_local, seconds, called_cell,
         input, line
  FROM calls WHERE called IN (SELECT number FROM {of}) AND caller <> called
    AND called <> '' AND {which})"""
