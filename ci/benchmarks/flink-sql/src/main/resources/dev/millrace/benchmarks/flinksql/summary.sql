-- The second job of the batch: it reads what the first has written.
INSERT INTO aggregates
SELECT type, country, window_start, window_start + INTERVAL '1' HOUR, COUNT(*), SUM(amount),
  AVG(CAST(duration_ms AS DOUBLE)), DATE_FORMAT(window_start, 'yyyy-MM-dd')
FROM (SELECT type, country, FLOOR(event_time TO HOUR) AS window_start, amount, duration_ms
  FROM records)
GROUP BY type, country, window_start;

${counts.sql}
