package dev.millrace.stages.window;

import dev.millrace.record.Record;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/**
 * Makes records of what was added up. A pane of nothing gives none: where the watermark passes the
 * end of a window and its lateness at once, a runner fires another pane after the last, with state
 * that is cleared already.
 */
final class ToRecords extends DoFn<KV<byte[], Totals>, Record> {
  private static final long serialVersionUID = 1L;

  private final AggregatePlan plan;

  ToRecords(AggregatePlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(
      @Element KV<byte[], Totals> group, BoundedWindow window, OutputReceiver<Record> output) {
    if (group.getValue().records() > 0) {
      output.output(plan.result(group.getKey(), (IntervalWindow) window, group.getValue()));
    }
  }
}
