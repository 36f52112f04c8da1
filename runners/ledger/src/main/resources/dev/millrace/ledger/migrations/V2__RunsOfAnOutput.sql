-- A run's id is a name in its output folder: another output may have a run of the same one.

CREATE TABLE runs_of_outputs (
  output TEXT NOT NULL,
  id TEXT NOT NULL,
  job TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  pipeline_version TEXT NOT NULL,
  contract TEXT NOT NULL,
  contract_version TEXT NOT NULL,
  runner TEXT NOT NULL,
  slice_from BIGINT,
  slice_to BIGINT,
  staging TEXT NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  heartbeat_at BIGINT NOT NULL,
  ended_at BIGINT,
  records_read BIGINT,
  records_published BIGINT,
  records_rejected BIGINT,
  records_duplicates BIGINT,
  records_late BIGINT,
  records_filtered BIGINT,
  inputs TEXT,
  failure TEXT,
  PRIMARY KEY (output, id)
);

INSERT INTO runs_of_outputs (
  output, id, job, pipeline, pipeline_version, contract, contract_version, runner,
  slice_from, slice_to, staging, state, actor, reason, started_at, heartbeat_at, ended_at,
  records_read, records_published, records_rejected, records_duplicates, records_late,
  records_filtered, inputs, failure)
SELECT
  output, id, job, pipeline, pipeline_version, contract, contract_version, runner,
  slice_from, slice_to, staging, state, actor, reason, started_at, heartbeat_at, ended_at,
  records_read, records_published, records_rejected, records_duplicates, records_late,
  records_filtered, inputs, failure
FROM runs;

CREATE TABLE audits_of_outputs (
  output TEXT NOT NULL,
  run_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  check_name TEXT NOT NULL,
  passed BOOLEAN NOT NULL,
  finding TEXT NOT NULL,
  PRIMARY KEY (output, run_id, position),
  FOREIGN KEY (output, run_id) REFERENCES runs_of_outputs (output, id)
);

INSERT INTO audits_of_outputs (output, run_id, position, check_name, passed, finding)
SELECT runs.output, audits.run_id, audits.position, audits.check_name, audits.passed, audits.finding
FROM audits JOIN runs ON runs.id = audits.run_id;

DROP TABLE audits;
DROP TABLE runs;
ALTER TABLE runs_of_outputs RENAME TO runs;
ALTER TABLE audits_of_outputs RENAME TO audits;

CREATE INDEX runs_by_id ON runs (id);
