-- Made-up phones: chance, names and places, all from numbers alone.
CREATE MACRO chance(i, seed, k) AS (hash(i, seed, k) >> 11)::DOUBLE / 9007199254740992;
CREATE MACRO phone(p) AS '+9997' || lpad(p::VARCHAR, 8, '0');
CREATE MACRO handset_of(p) AS '35' || lpad((hash(p, 1) % 1000000000000)::VARCHAR, 12, '0');
CREATE MACRO sim_of(p) AS '00101' || lpad(p::VARCHAR, 10, '0');
CREATE MACRO home_of(p, seed) AS (hash(p // circle(), seed, 2) % (wide() * high()) + hash(p, 3) % 3)::BIGINT;
CREATE MACRO work_of(p, seed) AS (hash(p, seed, 4) % (wide() * high()))::BIGINT;
-- Half of the time at home, a quarter at work, else a mast near home.
CREATE MACRO mast_of(p, u, seed) AS
  CASE WHEN u < 0.5 THEN home_of(p, seed) WHEN u < 0.75 THEN work_of(p, seed)
       ELSE home_of(p, seed) + (u * 1000)::BIGINT % 7 + wide() * ((u * 10000)::BIGINT % 3) END;
CREATE MACRO cell_of(mast, p) AS
  '001-01-4101-' || ((mast % (wide() * high())) * 3 + hash(p, mast) % 3)::VARCHAR;
