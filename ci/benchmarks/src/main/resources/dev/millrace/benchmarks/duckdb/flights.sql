-- The flights' job for DuckDB; ingest.sql says why lines are read as text. There are no numbers
-- where texts are asked for, and the reverse, so that casts are as strict as the contract here.
SET threads = 2;
SET memory_limit = '2GB';
SET preserve_insertion_order = false;
SET TimeZone = 'UTC';

CREATE TEMP TABLE checked AS
WITH lines AS (
  SELECT line, json_valid(line) AS valid
  FROM read_csv('${input}/*.ndjson', columns = {'line': 'VARCHAR'}, header = false,
    auto_detect = false, delim = '\x01', quote = '', escape = '', new_line = '\n',
    store_rejects = true)),
parsed AS (
  SELECT line, CASE WHEN valid THEN json_transform(line, '{
      "date": "VARCHAR", "delay": "BIGINT", "distance": "BIGINT", "origin": "VARCHAR",
      "destination": "VARCHAR"}') END AS f,
    CASE WHEN valid THEN json_keys(line) END AS fields
  FROM lines),
typed AS (
  SELECT line, fields, f, TRY_CAST(f.date AS TIMESTAMP) AS date FROM parsed),
judged AS (
  SELECT line, f, date, coalesce(
      date >= TIMESTAMP '2001-01-01' AND date < TIMESTAMP '2001-07-01'
      AND f.delay BETWEEN -120 AND 720
      AND f.distance >= 1
      AND regexp_full_match(f.origin, '[A-Z0-9]{3}')
      AND regexp_full_match(f.destination, '[A-Z0-9]{3}')
      AND list_has_all(['date', 'delay', 'distance', 'origin', 'destination'], fields),
      false) AS good
  FROM typed)
SELECT CASE WHEN NOT good THEN line END AS line, date, f.delay, f.distance, f.origin, f.destination
FROM judged;

COPY (
  SELECT line AS original FROM checked WHERE line IS NOT NULL
  UNION ALL
  SELECT csv_line FROM reject_errors)
TO '${output}/quarantine/rejected.ndjson' (FORMAT json);

COPY (
  SELECT DISTINCT * EXCLUDE (line), strftime(date, '%Y-%m-%d') AS dt
  FROM checked WHERE line IS NULL)
TO '${output}/records'
(FORMAT parquet, PARTITION_BY (dt), COMPRESSION zstd, COMPRESSION_LEVEL 1);

COPY (
  SELECT origin, date_trunc('hour', date) AS window_start,
    window_start + INTERVAL 1 HOUR AS window_end, count(*) AS count, avg(delay) AS mean_delay,
    max(delay) AS max_delay, strftime(window_start, '%Y-%m-%d') AS dt
  FROM read_parquet('${output}/records/*/*.parquet')
  GROUP BY ALL)
TO '${output}/aggregates'
(FORMAT parquet, PARTITION_BY (dt), COMPRESSION zstd, COMPRESSION_LEVEL 1);
