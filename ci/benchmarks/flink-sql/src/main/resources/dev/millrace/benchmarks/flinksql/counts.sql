-- The counts of what was written.
INSERT INTO counts
SELECT 'read', COUNT(*) FROM lines
UNION ALL SELECT 'rejected', COUNT(*) FROM quarantine
UNION ALL SELECT 'unique', COUNT(*) FROM records;
