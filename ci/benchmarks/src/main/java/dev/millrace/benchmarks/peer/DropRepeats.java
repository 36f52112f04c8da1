package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Event;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Lets the first event of an id pass and counts the others. */
final class DropRepeats extends KeyedProcessFunction<String, Event, Event> {
  static final String DUPLICATES = "duplicates";

  private final LongCounter duplicates = new LongCounter();
  private transient ValueState<Boolean> seen;

  @Override
  public void open(OpenContext context) {
    seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
    getRuntimeContext().addAccumulator(DUPLICATES, duplicates);
  }

  @Override
  public void processElement(Event event, Context context, Collector<Event> out) throws Exception {
    if (seen.value() == null) {
      seen.update(true);
      out.collect(event);
    } else {
      duplicates.add(1L);
    }
  }
}
