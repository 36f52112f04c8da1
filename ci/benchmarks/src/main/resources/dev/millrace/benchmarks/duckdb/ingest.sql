-- The benchmark's job for DuckDB. Lines are read as text, since read_ndjson has no way to say which
-- lines it could not read; those that are not UTF-8 are set aside by the reader. A number would pass as text, and a fraction as a whole number: pages are
-- to be addresses, and quantities are read as fractions, too.
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
      "id": "VARCHAR", "event_time": "VARCHAR", "user_id": "VARCHAR", "session_id": "VARCHAR",
      "type": "VARCHAR", "country": "VARCHAR", "device": "VARCHAR", "page": "VARCHAR",
      "referrer": "VARCHAR", "user_agent": "VARCHAR", "amount": "DOUBLE", "quantity": "DOUBLE",
      "duration_ms": "BIGINT", "signed_in": "VARCHAR", "campaign": "VARCHAR"}') END AS e,
    CASE WHEN valid THEN json_keys(line) END AS fields
  FROM lines),
typed AS (
  SELECT line, fields, e, TRY_CAST(e.event_time AS TIMESTAMP) AS event_time FROM parsed),
judged AS (
  SELECT line, e, event_time, coalesce(
      length(e.id) BETWEEN 24 AND 32
      AND event_time >= TIMESTAMP '2026-01-01' AND event_time < TIMESTAMP '2027-01-01'
      AND length(e.user_id) BETWEEN 1 AND 32
      AND length(e.session_id) BETWEEN 8 AND 32
      AND e.type IN ('page_view', 'search', 'product_view', 'add_to_cart', 'checkout', 'purchase',
        'refund', 'sign_in')
      AND regexp_full_match(e.country, '[A-Z]{2}')
      AND e.device IN ('desktop', 'mobile', 'tablet', 'tv', 'console')
      AND length(e.page) BETWEEN 1 AND 2048 AND starts_with(e.page, 'https://')
      AND coalesce(length(e.referrer) <= 2048, true)
      AND coalesce(length(e.user_agent) <= 512, true)
      AND e.amount BETWEEN 0 AND 100000
      AND e.quantity BETWEEN 1 AND 1000 AND e.quantity = floor(e.quantity)
      AND e.duration_ms BETWEEN 0 AND 86400000
      AND e.signed_in IN ('true', 'false')
      AND coalesce(length(e.campaign) <= 64, true)
      AND list_has_all(['id', 'event_time', 'user_id', 'session_id', 'type', 'country', 'device',
        'page', 'referrer', 'user_agent', 'amount', 'quantity', 'duration_ms', 'signed_in',
        'campaign'], fields), false) AS good
  FROM typed)
SELECT CASE WHEN NOT good THEN line END AS line, e.id, event_time, e.user_id, e.session_id, e.type,
  e.country, e.device, e.page, e.referrer, e.user_agent, e.amount,
  CAST(e.quantity AS BIGINT) AS quantity, e.duration_ms, e.signed_in = 'true' AS signed_in,
  e.campaign
FROM judged;

COPY (
  SELECT line AS original FROM checked WHERE line IS NOT NULL
  UNION ALL
  SELECT csv_line FROM reject_errors)
TO '${output}/quarantine/rejected.ndjson' (FORMAT json);

COPY (
  SELECT * EXCLUDE (line), strftime(event_time, '%Y-%m-%d') AS dt FROM checked WHERE line IS NULL
  QUALIFY row_number() OVER (PARTITION BY id ORDER BY event_time) = 1)
TO '${output}/records'
(FORMAT parquet, PARTITION_BY (dt), COMPRESSION zstd, COMPRESSION_LEVEL 1);

COPY (
  SELECT type, country, date_trunc('hour', event_time) AS window_start,
    window_start + INTERVAL 1 HOUR AS window_end, count(*) AS count, sum(amount) AS sum_amount,
    avg(duration_ms) AS mean_duration_ms, strftime(window_start, '%Y-%m-%d') AS dt
  FROM read_parquet('${output}/records/*/*.parquet')
  GROUP BY ALL)
TO '${output}/aggregates'
(FORMAT parquet, PARTITION_BY (dt), COMPRESSION zstd, COMPRESSION_LEVEL 1);
