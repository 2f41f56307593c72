-- The ordinary calls of one day, from the place of each in the whole delivery.
WITH placed AS (
  SELECT i, (i - $begins + chance(i, $seed, 0)) / ($ends - $begins) AS v,
         floor($phones * pow(chance(i, $seed, 1), 1.6))::BIGINT AS p,
         floor(24 * pow(chance(i, $seed, 2), 1.5))::BIGINT AS slot,
         chance(i, $seed, 3) AS what, chance(i, $seed, 4) AS long,
         chance(i, $seed, 5) AS here, chance(i, $seed, 6) AS there,
         chance(i, $seed, 7) AS told
  FROM range($begins, $ends) AS t(i)
), met AS (
  SELECT *,
         CASE WHEN slot < 14 THEN p // circle() * circle() + hash(p, slot, $seed) % circle()
              WHEN slot < 21 THEN hash(p, slot, $seed, 8) % $phones
              ELSE hash(p, slot, $seed, 9) % hubs() END::BIGINT AS met,
         CASE WHEN what < 0.55 THEN 'voice' WHEN what < 0.95 THEN 'text' ELSE 'data' END AS kind,
         floor(86399 * (v + 0.8 * sin(2 * pi() * v) / (2 * pi())))::BIGINT AS second
  FROM placed
), paired AS (
  SELECT *, CASE WHEN met = p OR met >= $phones THEN (p + 1) % $phones ELSE met END AS q FROM met
), seen AS (
  SELECT *, kind <> 'data' AS two, kind <> 'data' AND told < 0.3 AS known,
         cell_of(mast_of(p, here, $seed), p) AS own_cell,
         cell_of(mast_of(q, there, $seed), q) AS other_cell,
         CASE kind WHEN 'text' THEN 0
              WHEN 'voice' THEN CASE WHEN long < 0.2 THEN 0 ELSE ceil(-80 * ln(long))::BIGINT END
              ELSE ceil(600 * long)::BIGINT END AS seconds
  FROM paired
)
SELECT kind, phone(p) AS caller, CASE WHEN two THEN phone(q) ELSE '' END AS called, '' AS forwarded_to,
       $day::TIMESTAMPTZ + to_seconds(second) AS start_at,
       $day::TIMESTAMPTZ::TIMESTAMP + to_seconds(second) AS start_local,
       seconds, '' AS subject, handset_of(p) AS caller_imei, sim_of(p) AS caller_imsi,
       CASE WHEN known THEN handset_of(q) ELSE '' END AS called_imei,
       CASE WHEN known THEN sim_of(q) ELSE '' END AS called_imsi,
       own_cell AS caller_cell, own_cell AS caller_last_cell,
       CASE WHEN known THEN other_cell ELSE '' END AS called_cell,
       CASE WHEN known THEN other_cell ELSE '' END AS called_last_cell
FROM seen
