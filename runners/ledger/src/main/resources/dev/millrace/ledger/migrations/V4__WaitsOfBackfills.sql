-- How the slices of a backfill wait for their input, for whoever resumes it.
ALTER TABLE backfills ADD COLUMN waiting TEXT NOT NULL DEFAULT '';
