-- The second job of the flights' batch: it reads what the first has written.
INSERT INTO aggregates
SELECT origin, window_start, window_start + INTERVAL '1' HOUR, COUNT(*),
  AVG(CAST(delay AS DOUBLE)), MAX(delay), DATE_FORMAT(window_start, 'yyyy-MM-dd')
FROM (SELECT origin, FLOOR(`date` TO HOUR) AS window_start, delay FROM records)
GROUP BY origin, window_start;

${counts.sql}
