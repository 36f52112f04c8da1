package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.Rejection;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets the first event of an id pass, drops those that repeat it within the horizon, and sets apart
 * what is behind the watermark, which the window further on would drop.
 *
 * <p>An id is forgotten by a timer, when the watermark is a horizon past its event: whatever could
 * repeat it is late then. Flink's own time to live goes by the machine's clock: a backlog of days
 * is read in minutes, so it would either forget too late or, where a job has stood still, too
 * early.
 */
final class DropRecent extends KeyedProcessFunction<String, Event, Event> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Rejection> LATE = new OutputTag<>("late") {};

  private final long horizonMillis;
  private transient ValueState<Boolean> seen;

  DropRecent(Duration horizon) {
    this.horizonMillis = horizon.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
  }

  @Override
  public void processElement(Event event, Context context, Collector<Event> out) throws Exception {
    if (seen.value() != null) {
      return;
    }
    seen.update(true);
    context.timerService().registerEventTimeTimer(context.timestamp() + horizonMillis);
    if (context.timestamp() < context.timerService().currentWatermark()) {
      context.output(LATE, new Rejection("late", new String[] {event.id}, null));
    } else {
      out.collect(event);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Event> out) {
    seen.clear();
  }
}
