-- Calls as an operator writes them.
SELECT '00' || substr(caller, 2) AS "A Number",
       CASE WHEN called = '' THEN '' ELSE '00' || substr(called, 2) END AS "B Number",
       CASE kind WHEN 'voice' THEN 'MOC' WHEN 'text' THEN 'SMS' ELSE 'GPRS' END AS "Call Type",
       strftime(start_local, '%d/%m/%Y %H:%M:%S') AS "Start Time",
       seconds AS "Duration (s)",
       caller_imei || luhn(caller_imei::BIGINT)::VARCHAR AS "A IMEI", caller_imsi AS "A IMSI",
       CASE WHEN called_imei = '' THEN '' ELSE called_imei || luhn(called_imei::BIGINT)::VARCHAR END AS "B IMEI",
       called_imsi AS "B IMSI",
       caller_cell AS "A First Cell", caller_last_cell AS "A Last Cell",
       called_cell AS "B First Cell", called_last_cell AS "B Last Cell"
FROM read_parquet($calls)
