package dev.millrace.benchmarks.peer;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Lets the first row of a key pass and counts the others. */
final class DropRepeats<K, T> extends KeyedProcessFunction<K, T, T> {
  static final String DUPLICATES = "duplicates";

  private final LongCounter duplicates = new LongCounter();
  private transient ValueState<Boolean> seen;

  @Override
  public void open(OpenContext context) {
    seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
    getRuntimeContext().addAccumulator(DUPLICATES, duplicates);
  }

  @Override
  public void processElement(T row, Context context, Collector<T> out) throws Exception {
    if (seen.value() == null) {
      seen.update(true);
      out.collect(row);
    } else {
      duplicates.add(1L);
    }
  }
}
