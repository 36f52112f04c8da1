-- The tables of a batch that are the same for all records.
CREATE TEMPORARY TABLE lines (line STRING)
WITH ('connector' = 'filesystem', 'path' = '${input}', 'format' = 'raw');

CREATE TEMPORARY TABLE quarantine (reason STRING, original STRING)
WITH ('connector' = 'filesystem', 'path' = '${output}/quarantine', 'format' = 'json');

CREATE TEMPORARY TABLE counts (name STRING, n BIGINT)
WITH ('connector' = 'filesystem', 'path' = '${output}/_counts', 'format' = 'json');
