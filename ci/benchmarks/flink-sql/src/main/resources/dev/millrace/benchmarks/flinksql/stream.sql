-- The benchmark's job that goes on, for Flink SQL.
CREATE TEMPORARY FUNCTION event_time AS 'dev.millrace.benchmarks.flinksql.EventTime';
CREATE TEMPORARY FUNCTION parse_event AS 'dev.millrace.benchmarks.flinksql.ParseMessage';

CREATE TEMPORARY TABLE messages (
  message BYTES,
  event_time AS event_time(message),
  read_at AS PROCTIME(),
  WATERMARK FOR event_time AS event_time - INTERVAL '${lag}' MINUTE)
WITH ('connector' = 'kafka', 'topic' = '${input}', 'format' = 'raw',
  'properties.bootstrap.servers' = '${brokers}', 'scan.startup.mode' = 'earliest-offset',
  'properties.commit.offsets.on.checkpoint' = 'false', 'properties.enable.auto.commit' = 'false');

CREATE TEMPORARY TABLE accepted (
  id STRING, event_time TIMESTAMP_LTZ(3), user_id STRING, session_id STRING, type STRING,
  country STRING, device STRING, page STRING, referrer STRING, user_agent STRING, amount DOUBLE,
  quantity BIGINT, duration_ms BIGINT, signed_in BOOLEAN, campaign STRING)
WITH (${sink}, 'topic' = '${accepted}');

CREATE TEMPORARY TABLE rejects (reason STRING, original STRING)
WITH (${sink}, 'topic' = '${rejects}');

CREATE TEMPORARY TABLE aggregates (
  type STRING, country STRING, window_start BIGINT, window_end BIGINT, `count` BIGINT,
  sum_amount DOUBLE, mean_duration_ms DOUBLE)
WITH (${sink}, 'topic' = '${aggregates}');

CREATE TEMPORARY VIEW parsed AS
SELECT parse_event(message) AS e, event_time, read_at FROM messages;

CREATE TEMPORARY VIEW judged AS
SELECT e, event_time, read_at, ${reason.sql} AS reason
FROM parsed;

-- Without duplicates: the first one of an id by the time at which it was read goes on at once.
CREATE TEMPORARY VIEW events AS
SELECT id, event_time, user_id, session_id, type, country, device, page, referrer, user_agent,
  amount, quantity, duration_ms, signed_in, campaign
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY read_at) AS nth
  FROM (
    SELECT e.id, event_time, e.user_id, e.session_id, e.type, e.country, e.device, e.page,
      e.referrer, e.user_agent, e.amount, e.quantity, e.duration_ms, e.signed_in, e.campaign,
      read_at
    FROM judged WHERE reason IS NULL))
WHERE nth = 1;

INSERT INTO accepted SELECT * FROM events;

INSERT INTO rejects
SELECT reason, DECODE(e.original, 'UTF-8') FROM judged WHERE reason IS NOT NULL;

-- Microseconds since 1970, as the other contenders write them.
INSERT INTO aggregates
SELECT type, country,
  1000000 * CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', window_start) AS BIGINT),
  1000000 * CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', window_end) AS BIGINT),
  COUNT(*), SUM(amount), AVG(CAST(duration_ms AS DOUBLE))
FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
GROUP BY type, country, window_start, window_end;
