-- What a cell of text means, value by value. Each macro takes text as delivered and gives
-- our form of it; `bad_…` says whether it cannot be one.
CREATE OR REPLACE MACRO tidy(v) AS trim(coalesce(v, ''), ' ' || chr(9) || chr(160));
CREATE OR REPLACE MACRO known(v) AS
  CASE WHEN lower(tidy(v)) IN ('n/k', 'nk', 'n/a', 'null', 'none', 'nan', '-', '--', 'unknown', 'not known')
       THEN '' ELSE tidy(v) END;
CREATE OR REPLACE MACRO bare(v) AS translate(known(v), ' ()-.' || chr(160), '');
-- Full numbers become E.164; whatever is none stays as delivered.
CREATE OR REPLACE MACRO e164(b, v) AS
  CASE WHEN b = '' THEN ''
       WHEN NOT regexp_full_match(b, '[+]?[0-9]+') THEN
         CASE WHEN lower(known(v)) IN ('withheld', 'anonymous', 'private', 'unavailable', 'number withheld', 'restricted')
              THEN '' ELSE known(v) END
       WHEN starts_with(b, '+') THEN b
       WHEN starts_with(b, '00') AND length(b) BETWEEN 10 AND 18 THEN '+' || substr(b, 3)
       WHEN starts_with(b, '44') AND length(b) IN (11, 12) THEN '+' || b
       WHEN starts_with(b, '0') AND length(b) IN (10, 11) THEN '+44' || substr(b, 2)
       WHEN starts_with(b, '7') AND length(b) = 10 THEN '+44' || b
       ELSE b END;
CREATE OR REPLACE MACRO phone(v) AS e164(bare(v), v);
CREATE OR REPLACE MACRO bad_phone(v) AS regexp_full_match(tidy(v), '[0-9]([.][0-9]+)?[eE][+][0-9]+');
CREATE OR REPLACE MACRO imei(v) AS
  CASE WHEN trim(bare(v), '0') = '' THEN '' ELSE left(translate(bare(v), '/', ''), 14) END;
CREATE OR REPLACE MACRO doubled(d) AS CASE WHEN d > 4 THEN 2 * d - 9 ELSE 2 * d END;
CREATE OR REPLACE MACRO luhn(n) AS
  (10 - (((n // 10000000000000) % 10) + doubled((n // 1000000000000) % 10)
       + ((n // 100000000000) % 10) + doubled((n // 10000000000) % 10)
       + ((n // 1000000000) % 10) + doubled((n // 100000000) % 10)
       + ((n // 10000000) % 10) + doubled((n // 1000000) % 10)
       + ((n // 100000) % 10) + doubled((n // 10000) % 10)
       + ((n // 1000) % 10) + doubled((n // 100) % 10)
       + ((n // 10) % 10) + doubled(n % 10)) % 10) % 10;
CREATE OR REPLACE MACRO bad_imei_text(b) AS
  b <> '' AND (NOT regexp_full_match(b, '[0-9]{14,16}')
    OR (length(b) = 15 AND b[15] <> '0'
        AND CAST(b[15] AS INTEGER) <> luhn(CAST(left(b, 14) AS BIGINT))));
CREATE OR REPLACE MACRO bad_imei(v) AS bad_imei_text(translate(bare(v), '/', ''));
CREATE OR REPLACE MACRO bad_imsi(v) AS
  bare(v) <> '' AND NOT regexp_full_match(bare(v), '[0-9]{14,15}');
-- A cell's name: its parts joined by "-", whatever stood between them.
CREATE OR REPLACE MACRO cell_name(v) AS
  CASE WHEN regexp_full_match(known(v), '[0-9]{3}[-/: _][0-9]{2,3}[-/: _].*')
       THEN translate(known(v), '/: _', '----')
       WHEN trim(known(v), '0-') = '' AND length(known(v)) > 1 THEN ''
       ELSE known(v) END;
-- 60 or 00:01:00 or 1:00 are a minute.
CREATE OR REPLACE MACRO seconds_of(v) AS
  CASE WHEN known(v) = '' THEN NULL
       WHEN contains(v, ':') THEN
         CASE WHEN regexp_full_match(tidy(v), '[0-9]+:[0-9]{1,2}(:[0-9]{1,2})?')
              THEN list_reduce(list_transform(string_split(tidy(v), ':'), lambda x: CAST(x AS BIGINT)),
                               lambda x, y: 60 * x + y) END
       ELSE TRY_CAST(round(TRY_CAST(known(v) AS DOUBLE)) AS BIGINT) END;
CREATE OR REPLACE MACRO number_of(v) AS
  TRY_CAST(translate(known(v), ',£ ' || chr(160), '') AS DOUBLE);
CREATE OR REPLACE MACRO flag_of(v) AS
  CASE WHEN lower(known(v)) IN ('y', 'yes', 'true', 't', '1', 'deleted') THEN true
       WHEN lower(known(v)) IN ('n', 'no', 'false', 'f', '0', 'intact') THEN false END;
CREATE OR REPLACE MACRO plate_of(v) AS regexp_replace(upper(known(v)), '[^A-Z0-9]', '', 'g');
CREATE OR REPLACE MACRO words_of(v) AS
  CASE WHEN known(v) = '' THEN []::VARCHAR[]
       ELSE list_transform(string_split_regex(known(v), '\s*[;|]\s*'), lambda x: trim(x)) END;
-- A cell identity written as a decimal or as hexadecimal.
CREATE OR REPLACE MACRO whole_of(v) AS
  CASE WHEN regexp_full_match(known(v), '[0-9]+') THEN known(v)
       WHEN regexp_full_match(upper(known(v)), '(0X)?[0-9A-F]{4,9}')
       THEN CAST(CAST('0x' || regexp_replace(upper(known(v)), '^0X', '') AS UBIGINT) AS VARCHAR)
       ELSE known(v) END;
