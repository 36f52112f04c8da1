-- The benchmark's job for Flink SQL; summary.sql is the rest of it.
${tables.sql}

CREATE TEMPORARY TABLE records (
  id STRING, event_time TIMESTAMP(3), user_id STRING, session_id STRING, type STRING,
  country STRING, device STRING, page STRING, referrer STRING, user_agent STRING, amount DOUBLE,
  quantity BIGINT, duration_ms BIGINT, signed_in BOOLEAN, campaign STRING, dt STRING)
PARTITIONED BY (dt)
WITH ('connector' = 'filesystem', 'path' = '${output}/records', ${parquet.sql});

CREATE TEMPORARY TABLE aggregates (
  type STRING, country STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), `count` BIGINT,
  sum_amount DOUBLE, mean_duration_ms DOUBLE, dt STRING)
PARTITIONED BY (dt)
WITH ('connector' = 'filesystem', 'path' = '${output}/aggregates', ${parquet.sql});

CREATE TEMPORARY FUNCTION parse_event AS 'dev.millrace.benchmarks.flinksql.ParseEvent';

CREATE TEMPORARY VIEW parsed AS
SELECT parse_event(line) AS e FROM lines;

CREATE TEMPORARY VIEW judged AS
SELECT e, ${reason.sql} AS reason
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
