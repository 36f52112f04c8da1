package dev.millrace.operate.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Values as JSON, such that what is the same value is the same text, whichever format it was read
 * from: numbers in plain digits without zeros that say nothing, times and timestamps with
 * microseconds, as NDJSON is written, objects without fields that have no value.
 */
final class RowText {
  static final String NULL = "null";

  /** What a number without so many zeros is written with. */
  private static final int MOST_ZEROS = 1_000;

  private static final int MICROS_DIGITS = 6;

  private RowText() {}

  /**
   * The text of a value.
   *
   * @param schema its schema in Avro; missing if it was read from JSON
   */
  static String of(JsonNode value, JsonNode schema) {
    JsonNode type = withoutNull(schema);
    return switch (value.getNodeType()) {
      case NULL, MISSING -> NULL;
      case NUMBER -> number(value);
      case STRING ->
          isTime(type) ? micros(value.textValue()) : TextNode.valueOf(value.textValue()).toString();
      case ARRAY -> array(value, type.path("items"));
      case OBJECT -> object(value, type);
      default -> value.asText();
    };
  }

  /** The other branch of a union with null. */
  private static JsonNode withoutNull(JsonNode schema) {
    for (JsonNode branch : schema.isArray() ? schema : MissingNode.getInstance()) {
      if (!branch.asText().equals(NULL)) {
        return branch;
      }
    }
    return schema;
  }

  /** Not a number is quoted, in whichever format. */
  private static String number(JsonNode value) {
    if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
      return TextNode.valueOf(value.asText()).toString();
    }
    if (value.isIntegralNumber()) {
      return value.asText();
    }
    BigDecimal number = value.decimalValue().stripTrailingZeros();
    return Math.abs(number.scale()) > MOST_ZEROS ? number.toString() : number.toPlainString();
  }

  private static boolean isTime(JsonNode type) {
    String logical = type.path("logicalType").asText();
    return logical.startsWith("time") || logical.startsWith("local-timestamp");
  }

  /** Java leaves out seconds, and thousandths, that are zero. */
  private static String micros(String time) {
    String zone = time.endsWith("Z") ? "Z" : "";
    String local = time.substring(0, time.length() - zone.length());
    if (local.indexOf(':') == local.lastIndexOf(':')) {
      local += ":00";
    }
    int dot = local.indexOf('.');
    int digits = dot < 0 ? 0 : local.length() - dot - 1;
    String zeros = "0".repeat(Math.max(0, MICROS_DIGITS - digits));
    return "\"%s%s%s%s\"".formatted(local, dot < 0 ? "." : "", zeros, zone);
  }

  private static String array(JsonNode values, JsonNode items) {
    StringJoiner text = new StringJoiner(",", "[", "]");
    values.forEach(value -> text.add(of(value, items)));
    return text.toString();
  }

  private static String object(JsonNode object, JsonNode type) {
    StringJoiner text = new StringJoiner(",", "{", "}");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isNull()) {
        text.add(
            TextNode.valueOf(field.getKey())
                + ":"
                + of(field.getValue(), field(type, field.getKey())));
      }
    }
    return text.toString();
  }

  /** The schema of a field. */
  static JsonNode field(JsonNode type, String name) {
    for (JsonNode field : type.path("fields")) {
      if (field.path("name").asText().equals(name)) {
        return field.path("type");
      }
    }
    return type.path("values");
  }
}
