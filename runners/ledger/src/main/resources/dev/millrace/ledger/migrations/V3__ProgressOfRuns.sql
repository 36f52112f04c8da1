-- How much of its input a run had read when it was last heard of.
ALTER TABLE runs ADD COLUMN read_bytes BIGINT;
ALTER TABLE runs ADD COLUMN total_bytes BIGINT;
