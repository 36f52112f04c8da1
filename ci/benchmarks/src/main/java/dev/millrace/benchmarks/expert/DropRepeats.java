package dev.millrace.benchmarks.expert;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Lets the first event of an id pass and adds up what passes; the sums go to the side output at the
 * end. What it remembers is in no state of Flink's: a bounded job that fails starts anew.
 */
final class DropRepeats extends AbstractStreamOperator<EventRow>
    implements OneInputStreamOperator<EventRow, EventRow>, BoundedOneInput {
  static final OutputTag<HourSum> SUMS = new OutputTag<>("sums") {};
  static final String DUPLICATES = "duplicates";

  private static final long serialVersionUID = 1L;

  private transient LongCounter duplicates;
  private transient HashSet128 seen;
  private transient HourSums sums;

  @Override
  public void open() {
    duplicates = new LongCounter();
    seen = new HashSet128();
    sums = new HourSums();
    getRuntimeContext().addAccumulator(DUPLICATES, duplicates);
  }

  @Override
  public void processElement(StreamRecord<EventRow> element) {
    EventRow row = element.getValue();
    if (seen.add(row.hashHigh, row.hashLow)) {
      sums.add(row);
      output.collect(element);
    } else {
      duplicates.add(1L);
    }
  }

  @Override
  public void endInput() {
    sums.drain(sum -> output.collect(SUMS, new StreamRecord<>(sum)));
  }
}
