-- The two roles, the database and what only a superuser may do in it.
-- Run once: psql -f deploy/roles.sql
CREATE ROLE fourfold_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE fourfold_site LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE fourfold OWNER fourfold_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE fourfold FROM PUBLIC;
GRANT CONNECT ON DATABASE fourfold TO fourfold_site;

\connect fourfold

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Row-level security forbids an index to any operator not marked leakproof. The mark is
-- a trade: an error message or the time taken may hint at a row that the reader may not
-- see. Leave these lines out to refuse it; searches then read whole tables.
ALTER FUNCTION texticlike(text, text) LEAKPROOF;
ALTER FUNCTION textlike(text, text) LEAKPROOF;
ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF;
ALTER FUNCTION similarity_op(text, text) LEAKPROOF;
ALTER FUNCTION word_similarity_op(text, text) LEAKPROOF;
