-- What a cell of text means, value by value. `known` comes first and once: every other
-- macro takes what it gives, text without blanks around it, "" where nothing is known.
-- Most values are figures without blanks and need no more than a look; comparing is
-- cheapest of all, so that what is rare is first told apart by how it begins.
CREATE OR REPLACE MACRO closed(v) AS NOT ends_with(v, ' ') AND NOT ends_with(v, chr(160));
CREATE OR REPLACE MACRO may_be_unknown(v) AS
  strlen(v) < 12 AND (v < '0' OR v > '~' OR (v >= 'N' AND v < 'O') OR (v >= 'U' AND v < 'V')
                      OR (v >= 'n' AND v < 'o') OR (v >= 'u' AND v < 'v'));
CREATE OR REPLACE MACRO known(v) AS
  CASE WHEN v >= '0' AND v < ':' AND closed(v) THEN v
       WHEN v IS NULL THEN ''
       WHEN may_be_unknown(v) AND lower(trim(v)) IN ('n/k', 'nk', 'n/a', 'null', 'none', 'nan', '-', '--', 'unknown', 'not known')
       THEN ''
       WHEN v > '!' AND v <= '~' AND closed(v) THEN v
       ELSE trim(v) END;
CREATE OR REPLACE MACRO bare(v) AS
  CASE WHEN contains(v, ' ') OR contains(v, '-') OR contains(v, '.') OR contains(v, '(') OR contains(v, ')') OR contains(v, chr(160))
       THEN translate(v, ' ()-.' || chr(160), '') ELSE v END;
-- Nothing but figures, with or without + before them.
CREATE OR REPLACE MACRO figures(v) AS regexp_full_match(v, '[+]?[0-9]+');
-- Full numbers become E.164; whatever is none stays as delivered. f: whether the number is figures
-- as it stands; b: without marks.
CREATE OR REPLACE MACRO e164(f, b, v) AS
  CASE WHEN b = '' THEN ''
       WHEN NOT f AND NOT figures(b) THEN
         CASE WHEN lower(v) IN ('withheld', 'anonymous', 'private', 'unavailable', 'number withheld', 'restricted')
              THEN '' ELSE v END
       WHEN b < '0' THEN b
       WHEN b < '1' AND b LIKE '00%' AND strlen(b) BETWEEN 10 AND 18 THEN concat('+', substr(b, 3))
       WHEN b LIKE '44%' AND strlen(b) IN (11, 12) THEN concat('+', b)
       WHEN b < '1' AND strlen(b) IN (10, 11) THEN concat('+44', substr(b, 2))
       WHEN b LIKE '7%' AND strlen(b) = 10 THEN concat('+44', b)
       ELSE b END;
CREATE OR REPLACE MACRO bad_phone(f, v) AS
  NOT f AND contains(v, '+') AND regexp_full_match(v, '[0-9]([.][0-9]+)?[eE][+][0-9]+');
-- Noughts stand for no handset and no SIM.
CREATE OR REPLACE MACRO noughts(b) AS
  b = '' OR (b >= '0' AND b <= repeat('0', 40) AND trim(b, '0') = '');
CREATE OR REPLACE MACRO imei(b) AS CASE WHEN noughts(b) THEN '' ELSE substr(b, 1, 14) END;
CREATE OR REPLACE MACRO imsi(b) AS CASE WHEN noughts(b) THEN '' ELSE b END;
-- All fifteen figures as one number, where the last is a check digit.
CREATE OR REPLACE MACRO imei_whole(b) AS
  CASE WHEN strlen(b) = 15 AND NOT ends_with(b, '0') AND NOT contains(b, 'e') AND NOT contains(b, 'E')
       THEN TRY_CAST(b AS BIGINT) END;
-- The check digit of fourteen figures, seven at a time: whole numbers of 32 bits are quicker.
CREATE OR REPLACE MACRO doubled(d) AS 2 * d - 9 * (d > 4)::INTEGER;
CREATE OR REPLACE MACRO of_left(x) AS
  x % 10 + doubled(x // 10 % 10) + x // 100 % 10 + doubled(x // 1000 % 10)
  + x // 10000 % 10 + doubled(x // 100000 % 10) + x // 1000000;
CREATE OR REPLACE MACRO of_right(x) AS
  doubled(x % 10) + x // 10 % 10 + doubled(x // 100 % 10) + x // 1000 % 10
  + doubled(x // 10000 % 10) + x // 100000 % 10 + doubled(x // 1000000);
CREATE OR REPLACE MACRO luhn(n) AS
  (10 - (of_left((n // 10000000)::INTEGER) + of_right((n % 10000000)::INTEGER)) % 10) % 10;
CREATE OR REPLACE MACRO bad_imei(b, n) AS
  CASE WHEN n >= 100000000000000 THEN n % 10 <> luhn(n // 10)
       WHEN noughts(b) THEN false
       WHEN NOT regexp_full_match(b, '[0-9]{14,16}') THEN true
       WHEN n IS NULL THEN false
       ELSE n % 10 <> luhn(n // 10) END;
CREATE OR REPLACE MACRO bad_imsi(f, b) AS
  CASE WHEN noughts(b) THEN false
       WHEN f AND b >= '0' AND strlen(b) BETWEEN 14 AND 15 THEN false
       ELSE NOT regexp_full_match(b, '[0-9]{14,15}') END;
-- A cell's name: its parts joined by "-", whatever stood between them.
CREATE OR REPLACE MACRO cell_name(v) AS
  CASE WHEN v >= '0' AND v < '001' AND strlen(v) > 1 AND trim(v, '0-') = '' THEN ''
       WHEN NOT v LIKE '___-%'
            AND (contains(v, '/') OR contains(v, ':') OR contains(v, '_') OR contains(v, ' '))
            AND regexp_full_match(v, '[0-9]{3}[/: _][0-9]{2,3}[/: _].*')
       THEN translate(v, '/: _', '----')
       ELSE v END;
-- 60 or 00:01:00 or 1:00 are a minute.
CREATE OR REPLACE MACRO seconds_of(v) AS
  CASE WHEN v = '' THEN NULL
       WHEN contains(v, ':') THEN
         CASE WHEN regexp_full_match(v, '[0-9]+:[0-9]{1,2}(:[0-9]{1,2})?')
              THEN list_reduce(list_transform(string_split(v, ':'), lambda x: TRY_CAST(x AS BIGINT)),
                               lambda x, y: 60 * x + y) END
       ELSE coalesce(TRY_CAST(v AS BIGINT), TRY_CAST(round(TRY_CAST(v AS DOUBLE)) AS BIGINT)) END;
CREATE OR REPLACE MACRO number_of(v) AS
  TRY_CAST(translate(v, ',£ ' || chr(160), '') AS DOUBLE);
CREATE OR REPLACE MACRO flag_of(v) AS
  CASE WHEN lower(v) IN ('y', 'yes', 'true', 't', '1', 'deleted') THEN true
       WHEN lower(v) IN ('n', 'no', 'false', 'f', '0', 'intact') THEN false END;
CREATE OR REPLACE MACRO plate_of(v) AS regexp_replace(upper(v), '[^A-Z0-9]', '', 'g');
CREATE OR REPLACE MACRO words_of(v) AS
  CASE WHEN v = '' THEN []::VARCHAR[]
       ELSE list_transform(string_split_regex(v, '\s*[;|]\s*'), lambda x: trim(x)) END;
-- A cell identity written as a decimal or as hexadecimal.
CREATE OR REPLACE MACRO whole_of(v) AS
  CASE WHEN regexp_full_match(v, '[0-9]+') THEN v
       WHEN regexp_full_match(upper(v), '(0X)?[0-9A-F]{4,9}')
       THEN CAST(TRY_CAST('0x' || regexp_replace(upper(v), '^0X', '') AS UBIGINT) AS VARCHAR)
       ELSE v END;
