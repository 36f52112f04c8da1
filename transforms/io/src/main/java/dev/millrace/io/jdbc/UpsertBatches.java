package dev.millrace.io.jdbc;

import dev.millrace.record.Disposition;
import dev.millrace.record.Record;
import dev.millrace.record.Tally;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Records to counts of them, which it gives out when they are in the table. */
final class UpsertBatches extends DoFn<Record, KV<Tally, Long>> {
  private static final long serialVersionUID = 1L;
  private static final long MAX_BATCH_BYTES = 4L << 20;

  private final Counter written = Metrics.counter("write_jdbc", "records_written");
  private final Counter failed = Metrics.counter("write_jdbc", "attempts_failed");
  private final Upsert upsert;
  private final Database database;
  private final Patience patience;
  private final int batchSize;
  private transient TableWriter writer;
  private transient Batch batch;
  private transient long records;

  UpsertBatches(Upsert upsert, Database database, Patience patience, int batchSize) {
    this.upsert = upsert;
    this.database = database;
    this.patience = patience;
    this.batchSize = batchSize;
  }

  TableWriter writer() {
    return new TableWriter(upsert, database, patience);
  }

  @Setup
  public void setup() {
    writer = writer();
    batch = new Batch(upsert, batchSize, MAX_BATCH_BYTES);
  }

  @StartBundle
  public void startBundle() {
    batch.clear();
    records = 0;
  }

  @ProcessElement
  public void processElement(@Element Record record) throws IOException, InterruptedException {
    if (batch.add(record)) {
      write();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException, InterruptedException {
    write();
    if (records > 0) {
      context.output(
          KV.of(Tally.of(Disposition.PUBLISHED), records),
          GlobalWindow.INSTANCE.maxTimestamp(),
          GlobalWindow.INSTANCE);
    }
  }

  private void write() throws IOException, InterruptedException {
    if (batch.size() == 0) {
      return;
    }
    failed.inc(writer.write(batch));
    records += batch.size();
    written.inc(batch.size());
    batch.clear();
  }

  @Teardown
  public void teardown() {
    if (writer != null) {
      writer.close();
    }
  }
}
