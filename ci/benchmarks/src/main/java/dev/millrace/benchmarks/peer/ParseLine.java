package dev.millrace.benchmarks.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.benchmarks.plain.Rejection;
import dev.millrace.benchmarks.plain.StrictReader;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/** Reads lines as POJOs; what is not one, or breaks a rule, goes to the side output. */
final class ParseLine<T> extends ProcessFunction<String, T> {
  static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected") {};
  static final String READ = "read";
  static final String REJECTIONS = "rejections";

  private final Class<T> type;
  private final SerializableFunction<T, List<String>> rules;
  private final LongCounter read = new LongCounter();
  private final LongCounter rejections = new LongCounter();
  private transient ObjectReader reader;

  /** Of a type whose rules say all that is wrong with one of it. */
  ParseLine(Class<T> type, SerializableFunction<T, List<String>> rules) {
    this.type = type;
    this.rules = rules;
  }

  @Override
  public void open(OpenContext context) {
    reader = StrictReader.of(type);
    getRuntimeContext().addAccumulator(READ, read);
    getRuntimeContext().addAccumulator(REJECTIONS, rejections);
  }

  @Override
  public void processElement(String line, Context context, Collector<T> out) {
    read.add(1L);
    try {
      T row = reader.readValue(line);
      List<String> violations = rules.apply(row);
      if (violations.isEmpty()) {
        out.collect(row);
      } else {
        reject(new Rejection("contract", violations.toArray(new String[0]), line), context);
      }
    } catch (JsonProcessingException e) {
      reject(
          new Rejection(StrictReader.reason(e), new String[] {e.getOriginalMessage()}, line),
          context);
    }
  }

  private void reject(Rejection rejection, Context context) {
    rejections.add(1L);
    context.output(REJECTED, rejection);
  }
}
