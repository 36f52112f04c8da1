package dev.millrace.benchmarks.plain;

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

/** How Jackson is to read lines. */
public final class StrictReader {
  private StrictReader() {}

  /** A reader of a type, which is made once for each subtask. */
  public static ObjectReader of(Class<?> type) {
    // As strict as the contract: Jackson would otherwise take "3" for 3, 1.5 for 1 and ignore what
    // follows the object. The fast parsers of numbers are off unless asked for.
    return JsonMapper.builder()
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
        .readerFor(type);
  }

  /** Jackson wraps the error of a broken line that it finds inside of a field. */
  public static String reason(JsonProcessingException e) {
    boolean malformed =
        e instanceof StreamReadException || e.getCause() instanceof StreamReadException;
    return malformed ? "malformed" : "contract";
  }
}
