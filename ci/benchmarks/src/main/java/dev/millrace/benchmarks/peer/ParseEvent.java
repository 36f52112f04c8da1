package dev.millrace.benchmarks.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.benchmarks.plain.Event;
import dev.millrace.benchmarks.plain.EventReader;
import dev.millrace.benchmarks.plain.EventRules;
import dev.millrace.benchmarks.plain.Rejection;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads lines as events; what is not one, or breaks a rule, goes to the side output. */
final class ParseEvent extends ProcessFunction<String, Event> {
  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected") {};
  static final String READ = "read";
  static final String REJECTIONS = "rejections";

  private final LongCounter read = new LongCounter();
  private final LongCounter rejections = new LongCounter();
  private transient ObjectReader reader;

  @Override
  public void open(OpenContext context) {
    reader = EventReader.create();
    getRuntimeContext().addAccumulator(READ, read);
    getRuntimeContext().addAccumulator(REJECTIONS, rejections);
  }

  @Override
  public void processElement(String line, Context context, Collector<Event> out) {
    read.add(1L);
    try {
      Event event = reader.readValue(line);
      List<String> violations = EventRules.violations(event);
      if (violations.isEmpty()) {
        out.collect(event);
      } else {
        reject(new Rejection("contract", violations.toArray(new String[0]), line), context);
      }
    } catch (JsonProcessingException e) {
      reject(
          new Rejection(EventReader.reason(e), new String[] {e.getOriginalMessage()}, line),
          context);
    }
  }

  private void reject(Rejection rejection, Context context) {
    rejections.add(1L);
    context.output(REJECTED, rejection);
  }
}
