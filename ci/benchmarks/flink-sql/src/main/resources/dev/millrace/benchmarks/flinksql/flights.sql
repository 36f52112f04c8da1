-- The flights' job for Flink SQL; hours.sql is the rest of it.
${tables.sql}

CREATE TEMPORARY TABLE records (
  `date` TIMESTAMP(3), delay BIGINT, distance BIGINT, origin STRING, destination STRING, dt STRING)
PARTITIONED BY (dt)
WITH ('connector' = 'filesystem', 'path' = '${output}/records', ${parquet.sql});

CREATE TEMPORARY TABLE aggregates (
  origin STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), `count` BIGINT,
  mean_delay DOUBLE, max_delay BIGINT, dt STRING)
PARTITIONED BY (dt)
WITH ('connector' = 'filesystem', 'path' = '${output}/aggregates', ${parquet.sql});

CREATE TEMPORARY FUNCTION parse_flight AS 'dev.millrace.benchmarks.flinksql.ParseFlight';

CREATE TEMPORARY VIEW parsed AS
SELECT parse_flight(line) AS f FROM lines;

CREATE TEMPORARY VIEW judged AS
SELECT f,
  CASE
    WHEN f.flaw IS NOT NULL THEN f.flaw
    WHEN (f.`date` >= TIMESTAMP '2001-01-01 00:00:00'
      AND f.`date` < TIMESTAMP '2001-07-01 00:00:00'
      AND f.delay BETWEEN -120 AND 720
      AND f.distance >= 1
      AND REGEXP(f.origin, '^[A-Z0-9]{3}$')
      AND REGEXP(f.destination, '^[A-Z0-9]{3}$')) IS NOT TRUE THEN 'contract'
  END AS reason
FROM parsed;

INSERT INTO records
SELECT `date`, delay, distance, origin, destination, DATE_FORMAT(`date`, 'yyyy-MM-dd')
FROM (
  SELECT DISTINCT f.`date`, f.delay, f.distance, f.origin, f.destination
  FROM judged WHERE reason IS NULL);

INSERT INTO quarantine SELECT reason, f.original FROM judged WHERE reason IS NOT NULL;
