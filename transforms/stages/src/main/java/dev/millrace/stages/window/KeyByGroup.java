package dev.millrace.stages.window;

import dev.millrace.record.KeyBytes;
import dev.millrace.record.Record;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Puts the bytes of its group before a record. */
final class KeyByGroup extends DoFn<Record, KV<byte[], Record>> {
  private static final long serialVersionUID = 1L;

  private final AggregatePlan plan;
  private transient KeyBytes group;

  KeyByGroup(AggregatePlan plan) {
    this.plan = plan;
  }

  @Setup
  public void setUp() {
    group = plan.groupBytes();
  }

  @ProcessElement
  public void process(@Element Record record, OutputReceiver<KV<byte[], Record>> output) {
    group.read(record);
    output.output(KV.of(group.copy(), record));
  }
}
