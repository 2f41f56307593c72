-- Who may see and write what: the functions that row-level security asks.
-- Run by the owner after every migration; running it again changes nothing.
CREATE SCHEMA IF NOT EXISTS access;

CREATE OR REPLACE FUNCTION access.officer() RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('fourfold.officer', true), '')::bigint
$$;

CREATE OR REPLACE FUNCTION access.today() RETURNS date
LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('fourfold.today', true), '')::date,
                  current_date)
$$;

-- The roles that the officer who asks holds today, with rights and reach.
CREATE OR REPLACE FUNCTION access.held()
RETURNS TABLE (body text, kind text, region text, reach text, rights text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.slug, b.kind, b.region_id, k.reach, k.rights::text[]
  FROM base_roleheld h
  JOIN base_rolekind k ON k.key = h.role_id
  JOIN base_body b ON b.slug = h.body_id
  JOIN base_officer o ON o.id = h.officer_id
  WHERE h.officer_id = access.officer() AND o.is_active
    AND h.since <= access.today() AND (h.until IS NULL OR h.until > access.today())
$$;

-- Bodies whose OFFICIAL records the officer may read: all those of the region.
CREATE OR REPLACE FUNCTION access.official_bodies() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT b.slug::text), '{}') FROM base_body b
  JOIN access.held() h ON 'read' = ANY (h.rights)
   AND (h.reach = 'all' OR h.body = b.slug
        OR (h.region = b.region_id AND h.kind IN ('force', 'rocu')
            AND b.kind IN ('force', 'rocu')))
$$;

-- Bodies whose OFFICIAL-SENSITIVE records the officer may read: their own; for the
-- regional unit, every body of the region.
CREATE OR REPLACE FUNCTION access.sensitive_bodies() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT b.slug::text), '{}') FROM base_body b
  JOIN access.held() h ON 'read' = ANY (h.rights)
   AND (h.reach = 'all' OR h.body = b.slug
        OR (h.kind = 'rocu' AND h.region = b.region_id AND b.kind IN ('force', 'rocu')))
$$;

-- Bodies for which records shared with them are the officer's to read.
CREATE OR REPLACE FUNCTION access.shared_bodies() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT h.body), '{}') FROM access.held() h
  WHERE h.rights && ARRAY['read', 'read_shared']
$$;

-- Bodies for which the officer holds the right.
CREATE OR REPLACE FUNCTION access.bodies_with(wanted text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT b.slug::text), '{}') FROM base_body b
  JOIN access.held() h ON h.rights && wanted
   AND (h.reach = 'all' OR h.body = b.slug
        OR (h.reach = 'region' AND h.region = b.region_id))
$$;

CREATE OR REPLACE FUNCTION access.writable_bodies() RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT access.bodies_with(
    ARRAY['write', 'claim', 'grade', 'moderate', 'import', 'decide', 'report', 'promise',
          'analyse', 'authorise', 'privileged'])
$$;

CREATE OR REPLACE FUNCTION access.compartments() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT c.key::text), '{}') FROM base_compartment c
  WHERE EXISTS (SELECT FROM access.held() h WHERE 'every_compartment' = ANY (h.rights))
     OR EXISTS (SELECT FROM base_compartmentheld m
                WHERE m.compartment_id = c.key AND m.officer_id = access.officer()
                  AND m.since <= access.today()
                  AND (m.until IS NULL OR m.until > access.today()))
$$;

CREATE OR REPLACE FUNCTION access.username() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT username::text FROM base_officer WHERE id = access.officer()
$$;

-- How many rows of which values has a table? Asked for after a large delivery: until
-- the planner knows, it takes a table of a hundred thousand rows for one of a few, and
-- a figure over it takes minutes. The site does not own the tables, so it asks here.
CREATE OR REPLACE FUNCTION access.take_statistics(record text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('ANALYZE (SKIP_LOCKED) public.%I', record);
END $$;

-- The change log: the database numbers, times and seals each line.
CREATE OR REPLACE FUNCTION access.seal_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head base_chainhead%ROWTYPE;
BEGIN
  SELECT * INTO head FROM base_chainhead WHERE id = 1 FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.at := clock_timestamp();
  NEW.prev := head.digest;
  NEW.txid := (pg_current_xact_id()::text)::bigint;
  NEW.line := jsonb_build_object(
    'seq', NEW.seq, 'at', to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', NEW.actor, 'event', NEW.event, 'about', NEW.about, 'body', NEW.body,
    'classification', NEW.classification, 'compartments', to_jsonb(NEW.compartments),
    'shared_with', to_jsonb(NEW.shared_with), 'dpa', NEW.dpa, 'reason', NEW.reason,
    'made', NEW.made)::text;
  NEW.digest := encode(sha256(convert_to(NEW.prev || NEW.line, 'UTF8')), 'hex');
  UPDATE base_chainhead SET seq = NEW.seq, digest = NEW.digest WHERE id = 1;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION access.refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

-- No write without a line: the first write of a transaction notes itself; when the
-- transaction ends, the note must find a line of the same transaction.
CREATE OR REPLACE FUNCTION access.note_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- The owner sets up roles and reference data, and cannot write records at all.
  IF session_user <> current_user THEN
    INSERT INTO base_pendingwrite (txid)
    VALUES ((pg_current_xact_id()::text)::bigint) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION access.check_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM base_pendingwrite p WHERE p.txid = NEW.txid;
  IF NOT EXISTS (SELECT FROM base_entry WHERE txid = NEW.txid) THEN
    RAISE EXCEPTION 'a write without a line in the change log'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS check_line ON base_pendingwrite;
CREATE CONSTRAINT TRIGGER check_line AFTER INSERT ON base_pendingwrite
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access.check_line();

DROP TRIGGER IF EXISTS seal_line ON base_entry;
CREATE TRIGGER seal_line BEFORE INSERT ON base_entry
  FOR EACH ROW EXECUTE FUNCTION access.seal_line();
DROP TRIGGER IF EXISTS keep_line ON base_entry;
CREATE TRIGGER keep_line BEFORE UPDATE OR DELETE ON base_entry
  FOR EACH ROW EXECUTE FUNCTION access.refuse();
DROP TRIGGER IF EXISTS keep_all_lines ON base_entry;
CREATE TRIGGER keep_all_lines BEFORE TRUNCATE ON base_entry
  FOR EACH STATEMENT EXECUTE FUNCTION access.refuse();
DROP TRIGGER IF EXISTS keep_look ON base_look;
CREATE TRIGGER keep_look BEFORE UPDATE OR DELETE ON base_look
  FOR EACH ROW EXECUTE FUNCTION access.refuse();
INSERT INTO base_chainhead (id, seq, digest) VALUES (1, 0, repeat('0', 64))
  ON CONFLICT DO NOTHING;
