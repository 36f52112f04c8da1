package dev.millrace.io.jdbc;

import dev.millrace.io.Unwindow;
import dev.millrace.record.Record;
import dev.millrace.record.RecordCoder;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Tally;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes records to a table of PostgreSQL, each in place of the row that has its key. Bounded or
 * unbounded; windows and timestamps of the input don't matter. The output is how many records were
 * written: parts, a bundle's each, to be added up, in the global window at its end.
 *
 * <p><b>Which row stays.</b> With a {@linkplain #withVersion version}, of all records of a key the
 * table has the one of the greatest version, and of those of one version the greatest by its other
 * values: the same one in whatever order they come, and however often. So a replay of old records
 * changes nothing, and what is there already isn't written again. Without a version the record that
 * comes last stays, and records have no order: that is for keys that are unique.
 *
 * <p><b>Types.</b> STRING goes to text or varchar, INTEGER to bigint, NUMBER to double precision,
 * DECIMAL to numeric, BOOLEAN to boolean, DATE to date, TIME to time, TIMESTAMP to timestamptz or,
 * in UTC, to timestamp, OBJECT and ARRAY to jsonb. A column may be smaller than its field, as
 * varchar(3) or integer are, and then refuses what it can't hold; a column that would round, pad or
 * cut is refused itself. Columns are found by the names of the fields; those that no field has keep
 * their values, and get their defaults in new rows. The table must be there, with a unique index of
 * the key. All of that is checked when the pipeline is built, which so needs the database, and at
 * each connection.
 *
 * <p><b>Failures.</b> A batch is one transaction. It is repeated when the failure is one that may
 * pass: no connection, no resources, a deadlock, a timeout, a server that restarts or was replaced.
 * After the deadline, and at once for any other failure, the bundle fails with a {@link
 * dev.millrace.io.WriteException}. A bundle that failed may have written some of its batches; it is
 * repeated, and a record that is written twice is the same row.
 *
 * <p>Cost: a connection for each worker thread, up to a batch of records in its memory, and one
 * statement for a batch. What a bundle holds it writes before it ends: small bundles are small
 * batches.
 */
public final class WriteJdbc extends PTransform<PCollection<Record>, PCollection<KV<Tally, Long>>> {
  private static final long serialVersionUID = 1L;
  private static final int DEFAULT_BATCH_SIZE = 5_000;

  /** What is configured, and travels to the workers. */
  private record Config(
      Database database,
      String table,
      List<String> key,
      String version,
      int batchSize,
      Patience patience)
      implements Serializable {
    Config with(Patience other) {
      return new Config(database, table, key, version, batchSize, other);
    }
  }

  private final Config config;

  private WriteJdbc(Config config) {
    this.config = config;
  }

  /**
   * Writes to a table.
   *
   * @param table {@code flights}, or {@code schema.flights}: names as they are, not folded
   * @param key the fields that tell rows apart
   */
  public static WriteJdbc to(Database database, String table, List<String> key) {
    if (table.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: table");
    }
    if (key.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: key");
    }
    return new WriteJdbc(
        new Config(database, table, List.copyOf(key), "", DEFAULT_BATCH_SIZE, Patience.DEFAULT));
  }

  /**
   * The field whose greater value is the later record of a key: the time or the number of its last
   * change. Required, and an INTEGER, DECIMAL, DATE, TIME or TIMESTAMP.
   */
  public WriteJdbc withVersion(String field) {
    return new WriteJdbc(
        new Config(
            config.database, config.table, config.key, field, config.batchSize, config.patience));
  }

  /** After how many records a batch is written, unless it has 4 MB before; 5,000 by default. */
  public WriteJdbc withBatchSize(int records) {
    if (records < 1) {
      throw new IllegalArgumentException(
          "Invalid batchSize: %d (expected at least 1)".formatted(records));
    }
    return new WriteJdbc(
        new Config(
            config.database, config.table, config.key, config.version, records, config.patience));
  }

  /** How long a statement may take before it is cancelled, and tried again; 60 s by default. */
  public WriteJdbc withStatementTimeout(Duration timeout) {
    return new WriteJdbc(config.with(config.patience.withStatementTimeout(timeout)));
  }

  /** How long all waits between the attempts of a batch may take; 5 min by default. */
  public WriteJdbc withRetryDeadline(Duration deadline) {
    return new WriteJdbc(config.with(config.patience.withDeadline(deadline)));
  }

  /** What waits between attempts. */
  WriteJdbc withSleeper(Patience.SerializableSleeper sleeper) {
    return new WriteJdbc(config.with(config.patience.withSleeper(sleeper)));
  }

  /**
   * Checks that key and version fit records of a schema. {@code expand} does so, too, and asks the
   * database as well.
   *
   * @throws IllegalArgumentException if a field isn't there, or is of no use for that
   */
  public void check(RecordSchema schema) {
    upsert(schema);
  }

  private Upsert upsert(RecordSchema schema) {
    return new Upsert(config.table, schema, config.key, config.version);
  }

  @Override
  public PCollection<KV<Tally, Long>> expand(PCollection<Record> records) {
    Upsert upsert = upsert(RecordCoder.schemaOf(records));
    UpsertBatches sink =
        new UpsertBatches(upsert, config.database, config.patience, config.batchSize);
    try (TableWriter writer = sink.writer()) {
      writer.check();
    }
    return Unwindow.each("Unwindow", records)
        .apply("UpsertBatches", ParDo.of(sink))
        .setCoder(KvCoder.of(Tally.TallyCoder.of(), VarLongCoder.of()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    config.database.populateDisplayData(builder);
    builder
        .add(DisplayData.item("table", config.table))
        .add(DisplayData.item("key", String.join(", ", config.key)))
        .addIfNotDefault(DisplayData.item("version", config.version), "")
        .add(DisplayData.item("batchSize", config.batchSize))
        .add(DisplayData.item("statementTimeout", config.patience.statementTimeout().toString()))
        .add(DisplayData.item("retryDeadline", config.patience.deadline().toString()));
  }
}
