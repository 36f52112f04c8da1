-- Runs on SQLite and on PostgreSQL. Times are microseconds since 1970.

-- What is locked while the facts of one output must not change; and the number of its last publish.
CREATE TABLE outputs (
  output TEXT PRIMARY KEY,
  ordinal BIGINT NOT NULL
);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  job TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  pipeline_version TEXT NOT NULL,
  contract TEXT NOT NULL,
  contract_version TEXT NOT NULL,
  runner TEXT NOT NULL,
  slice_from BIGINT,
  slice_to BIGINT,
  output TEXT NOT NULL,
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
  failure TEXT
);

CREATE INDEX runs_by_output ON runs (output, started_at);

CREATE TABLE audits (
  run_id TEXT NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  check_name TEXT NOT NULL,
  passed BOOLEAN NOT NULL,
  finding TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
);

-- The runs need not be known: what they published may be older than the ledger.
CREATE TABLE publishes (
  output TEXT NOT NULL,
  table_name TEXT NOT NULL,
  partition_name TEXT NOT NULL,
  run_id TEXT NOT NULL,
  action TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  replaced_run_id TEXT,
  row_count BIGINT NOT NULL,
  byte_count BIGINT NOT NULL,
  file_count INTEGER NOT NULL,
  reject_count BIGINT NOT NULL,
  due_at BIGINT,
  ordinal BIGINT NOT NULL,
  PRIMARY KEY (output, table_name, partition_name, run_id, action, published_at)
);

CREATE INDEX publishes_by_partition ON publishes (output, table_name, partition_name, ordinal);

CREATE TABLE backfills (
  id TEXT PRIMARY KEY,
  job TEXT NOT NULL,
  arguments TEXT NOT NULL,
  output TEXT NOT NULL,
  asked_range TEXT NOT NULL,
  max_active_runs INTEGER NOT NULL,
  reprocess TEXT NOT NULL,
  backwards BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  heartbeat_at BIGINT NOT NULL,
  ended_at BIGINT,
  -- How often somebody asked to resume it, and whose turn it is.
  tickets BIGINT NOT NULL,
  turn BIGINT NOT NULL
);

CREATE INDEX backfills_by_output ON backfills (output, state);

CREATE TABLE slices (
  backfill_id TEXT NOT NULL REFERENCES backfills (id),
  slice_from BIGINT NOT NULL,
  slice_to BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  run_id TEXT,
  note TEXT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  records_read BIGINT,
  records_published BIGINT,
  records_rejected BIGINT,
  records_duplicates BIGINT,
  records_late BIGINT,
  records_filtered BIGINT,
  PRIMARY KEY (backfill_id, slice_from, slice_to)
);

CREATE TABLE leases (
  output TEXT NOT NULL,
  partition_name TEXT NOT NULL,
  holder TEXT NOT NULL,
  acquired_at BIGINT NOT NULL,
  heartbeat_at BIGINT NOT NULL,
  PRIMARY KEY (output, partition_name)
);

CREATE INDEX leases_by_holder ON leases (holder);
