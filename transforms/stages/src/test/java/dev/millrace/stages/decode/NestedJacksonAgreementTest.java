package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.Contract;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Generated contracts and records of nested types have the values that Jackson reads. */
class NestedJacksonAgreementTest {
  private static final int DEEPEST = 4;

  private final ObjectMapper jackson = new ObjectMapper();
  private final GeneratedJson json = new GeneratedJson(20011231);

  @Test
  void readsWhatJacksonReads() throws IOException {
    for (int i = 0; i < 100; i++) {
      String properties =
          "  - {name: at, logicalType: timestamp}\n  - {name: value, %s}\n".formatted(type(0));
      Contract contract = Contracts.of(properties, "at");
      JsonRecordDecoder decoder = new JsonRecordDecoder(contract);
      RecordSchema.Field field = contract.schema().field(1);
      for (int j = 0; j < 100; j++) {
        String record = "{\"value\":" + value(field) + ",\"at\":\"2001-01-15T07:30:00Z\"}";
        Decoded decoded = Decoded.of(decoder, record.getBytes(StandardCharsets.UTF_8));
        assertThat(record, decoded.violations(), empty());
        assertAgrees(
            record, field, decoded.passed().value("value"), jackson.readTree(record).get("value"));
      }
    }
  }

  /** What a property says of its type. */
  private String type(int depth) {
    return switch (json.below(depth == DEEPEST ? 4 : depth == 0 ? 2 : 6)) {
      case 0 -> depth == DEEPEST ? scalar("string") : array(depth);
      case 1 -> depth == DEEPEST ? scalar("integer") : object(depth);
      case 2 -> scalar("number, physicalType: 'decimal(9,3)'");
      case 3 -> scalar("string");
      case 4 -> scalar("number");
      default -> scalar("boolean");
    };
  }

  private static String scalar(String type) {
    return "logicalType: " + type;
  }

  private String array(int depth) {
    return "logicalType: array, items: {%s}".formatted(type(depth + 1));
  }

  private String object(int depth) {
    List<String> properties = new ArrayList<>();
    for (int i = json.below(4); i >= 0; i--) {
      properties.add("{name: f%d, %s}".formatted(i, type(depth + 1)));
    }
    return "logicalType: object, properties: [%s]".formatted(String.join(", ", properties));
  }

  private String value(RecordSchema.Field field) {
    if (json.oneIn(8)) {
      return "null";
    }
    return switch (field.type()) {
      case OBJECT ->
          field.nested().fields().stream()
              .filter(each -> !json.oneIn(5))
              .map(each -> json.string(each.name()) + json.space() + ":" + value(each))
              .collect(Collectors.joining(",", "{" + json.space(), "}"));
      case ARRAY -> {
        List<String> elements = new ArrayList<>();
        for (int i = json.below(5); i > 0; i--) {
          elements.add(value(field.element()) + json.space());
        }
        yield "[" + json.space() + String.join(",", elements) + "]";
      }
      case DECIMAL -> json.below(1_000_000) + (json.oneIn(2) ? "" : "." + json.below(1000));
      case INTEGER -> json.whole();
      case NUMBER -> json.real();
      case BOOLEAN -> json.literal();
      default -> json.string();
    };
  }

  private static void assertAgrees(
      String message, RecordSchema.Field field, Object value, JsonNode node) {
    if (node == null || node.isNull()) {
      assertThat(message, value == null);
      return;
    }
    switch (field.type()) {
      case OBJECT -> {
        for (RecordSchema.Field each : field.nested().fields()) {
          Object inner = ((Record) value).value(each.name());
          assertAgrees(message, each, inner, ((ObjectNode) node).get(each.name()));
        }
      }
      case ARRAY -> {
        List<Object> elements = ((RecordArray) value).toList();
        assertThat(message, elements.size(), is(node.size()));
        for (int i = 0; i < elements.size(); i++) {
          assertAgrees(message, field.element(), elements.get(i), node.get(i));
        }
      }
      case DECIMAL -> assertThat(message, value.toString(), is(toScale(node.asText(), 3)));
      case INTEGER -> assertThat(message, value, is(node.longValue()));
      case NUMBER -> assertThat(message, value, is(node.doubleValue() + 0.0));
      case BOOLEAN -> assertThat(message, value, is(node.booleanValue()));
      default -> assertThat(message, value, is(node.textValue()));
    }
  }

  private static String toScale(String number, int scale) {
    return new BigDecimal(number).setScale(scale).toString();
  }
}
