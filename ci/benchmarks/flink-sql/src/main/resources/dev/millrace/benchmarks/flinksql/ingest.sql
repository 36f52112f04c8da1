-- The benchmark's job for Flink SQL, in two parts of one job each.
CREATE TEMPORARY TABLE lines (line STRING)
WITH ('connector' = 'filesystem', 'path' = '${input}', 'format' = 'raw');

CREATE TEMPORARY TABLE records (
  id STRING, event_time TIMESTAMP(3), user_id STRING, session_id STRING, type STRING,
  country STRING, device STRING, page STRING, referrer STRING, user_agent STRING, amount DOUBLE,
  quantity BIGINT, duration_ms BIGINT, signed_in BOOLEAN, campaign STRING, dt STRING)
PARTITIONED BY (dt)
WITH ('connector' = 'filesystem', 'path' = '${output}/records', 'format' = 'parquet',
  'parquet.compression' = 'ZSTD', 'parquet.compression.codec.zstd.level' = '1',
  'parquet.utc-timezone' = 'true', 'parquet.write.int64.timestamp' = 'true',
  'parquet.timestamp.time.unit' = 'micros');

CREATE TEMPORARY TABLE quarantine (reason STRING, original STRING)
WITH ('connector' = 'filesystem', 'path' = '${output}/quarantine', 'format' = 'json');

CREATE TEMPORARY TABLE aggregates (
  type STRING, country STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), `count` BIGINT,
  sum_amount DOUBLE, mean_duration_ms DOUBLE, dt STRING)
PARTITIONED BY (dt)
WITH ('connector' = 'filesystem', 'path' = '${output}/aggregates', 'format' = 'parquet',
  'parquet.compression' = 'ZSTD', 'parquet.compression.codec.zstd.level' = '1',
  'parquet.utc-timezone' = 'true', 'parquet.write.int64.timestamp' = 'true',
  'parquet.timestamp.time.unit' = 'micros');

CREATE TEMPORARY TABLE counts (name STRING, n BIGINT)
WITH ('connector' = 'filesystem', 'path' = '${output}/_counts', 'format' = 'json');

CREATE TEMPORARY FUNCTION parse_event AS 'dev.millrace.benchmarks.flinksql.ParseEvent';

CREATE TEMPORARY VIEW parsed AS
SELECT parse_event(line) AS e FROM lines;

CREATE TEMPORARY VIEW judged AS
SELECT e, CASE
    WHEN e.flaw IS NOT NULL THEN e.flaw
    WHEN (CHAR_LENGTH(e.id) BETWEEN 24 AND 32
      AND e.event_time >= TIMESTAMP '2026-01-01 00:00:00'
      AND e.event_time < TIMESTAMP '2027-01-01 00:00:00'
      AND CHAR_LENGTH(e.user_id) BETWEEN 1 AND 32
      AND CHAR_LENGTH(e.session_id) BETWEEN 8 AND 32
      AND e.type IN ('page_view', 'search', 'product_view', 'add_to_cart', 'checkout', 'purchase',
        'refund', 'sign_in')
      AND REGEXP(e.country, '^[A-Z]{2}$')
      AND e.device IN ('desktop', 'mobile', 'tablet', 'tv', 'console')
      AND CHAR_LENGTH(e.page) BETWEEN 1 AND 2048
      AND COALESCE(CHAR_LENGTH(e.referrer), 0) <= 2048
      AND COALESCE(CHAR_LENGTH(e.user_agent), 0) <= 512
      AND e.amount BETWEEN 0 AND 100000
      AND e.quantity BETWEEN 1 AND 1000
      AND e.duration_ms BETWEEN 0 AND 86400000
      AND e.signed_in IS NOT NULL
      AND COALESCE(CHAR_LENGTH(e.campaign), 0) <= 64) IS NOT TRUE THEN 'contract'
  END AS reason
FROM parsed;

INSERT INTO records
SELECT id, event_time, user_id, session_id, type, country, device, page, referrer, user_agent,
  amount, quantity, duration_ms, signed_in, campaign, DATE_FORMAT(event_time, 'yyyy-MM-dd')
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY event_time) AS nth
  FROM (
    SELECT e.id, e.event_time, e.user_id, e.session_id, e.type, e.country, e.device, e.page,
      e.referrer, e.user_agent, e.amount, e.quantity, e.duration_ms, e.signed_in, e.campaign
    FROM judged WHERE reason IS NULL))
WHERE nth = 1;

INSERT INTO quarantine SELECT reason, e.original FROM judged WHERE reason IS NOT NULL;

-- The second part: it reads what the first has written.
INSERT INTO aggregates
SELECT type, country, window_start, window_start + INTERVAL '1' HOUR, COUNT(*), SUM(amount),
  AVG(CAST(duration_ms AS DOUBLE)), DATE_FORMAT(window_start, 'yyyy-MM-dd')
FROM (SELECT type, country, FLOOR(event_time TO HOUR) AS window_start, amount, duration_ms
  FROM records)
GROUP BY type, country, window_start;

INSERT INTO counts
SELECT 'read', COUNT(*) FROM lines
UNION ALL SELECT 'rejected', COUNT(*) FROM quarantine
UNION ALL SELECT 'unique', COUNT(*) FROM records;
