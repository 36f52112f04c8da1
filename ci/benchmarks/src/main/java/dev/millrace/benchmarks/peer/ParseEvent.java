package dev.millrace.benchmarks.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
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
    // As strict as the contract: Jackson would otherwise take "3" for 3, 1.5 for 1 and ignore what
    // follows the object. The fast parsers of numbers are off unless asked for.
    reader =
        JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build()
            .readerFor(Event.class);
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
      reject(new Rejection(reason(e), new String[] {e.getOriginalMessage()}, line), context);
    }
  }

  private void reject(Rejection rejection, Context context) {
    rejections.add(1L);
    context.output(REJECTED, rejection);
  }

  /** Jackson wraps the error of a broken line that it finds inside of a field. */
  private static String reason(JsonProcessingException e) {
    boolean malformed =
        e instanceof StreamReadException || e.getCause() instanceof StreamReadException;
    return malformed ? "malformed" : "contract";
  }
}
