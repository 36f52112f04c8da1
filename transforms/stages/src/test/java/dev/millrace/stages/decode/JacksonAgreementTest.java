package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.contract.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated records, read by this decoder and by Jackson, have the same values. */
class JacksonAgreementTest {
  private static final String PROPERTIES =
      """
        - {name: at, logicalType: timestamp}
        - {name: text, logicalType: string}
        - {name: "te\\"xt ığ", logicalType: string}
        - {name: whole, logicalType: integer}
        - {name: real, logicalType: number}
        - {name: flag, logicalType: boolean}
      """;

  private final ObjectMapper jackson = new ObjectMapper();
  private final GeneratedJson json = new GeneratedJson(19700101);
  private final Random order = new Random(7);

  @Test
  void readsWhatJacksonReads() throws IOException {
    Contract contract = Contracts.of(PROPERTIES, "at", "millrace.unknownFields: keep");
    JsonRecordDecoder decoder = new JsonRecordDecoder(contract);
    for (int i = 0; i < 20_000; i++) {
      String record = record();
      Decoded decoded = Decoded.of(decoder, record.getBytes(StandardCharsets.UTF_8));
      assertThat(record, decoded.violations(), empty());
      assertAgrees(record, decoded.passed(), (ObjectNode) jackson.readTree(record));
    }
  }

  private String record() {
    List<String> members = new ArrayList<>();
    members.add(member("at", "\"2001-01-15T07:30:00Z\""));
    add(members, "text", json.string());
    add(members, "te\"xt ığ", json.string());
    add(members, "whole", json.whole());
    add(members, "real", json.real());
    add(members, "flag", json.literal());
    add(members, "unknown", json.value(0));
    add(members, "un\tknown", json.value(0));
    if (json.oneIn(3)) {
      Collections.shuffle(members, order);
    }
    return json.space() + "{" + String.join(",", members) + "}" + json.space();
  }

  /** Most fields are there in most records. */
  private void add(List<String> members, String name, String value) {
    if (!json.oneIn(5)) {
      members.add(member(name, json.oneIn(10) ? "null" : value));
    }
  }

  private String member(String name, String value) {
    String token = json.string(name);
    return json.space() + token + json.space() + ":" + json.space() + value + json.space();
  }

  private void assertAgrees(String message, Record record, ObjectNode tree) throws IOException {
    ObjectNode rest = tree.deepCopy();
    for (RecordSchema.Field field : record.schema().fields()) {
      Object value = record.value(field.name());
      JsonNode node = rest.remove(field.name());
      switch (field.type()) {
        case STRING -> {
          if (!field.name().equals("_unknown")) {
            assertThat(message, value, is(node == null ? null : node.textValue()));
          }
        }
        case INTEGER -> assertThat(message, value, is(isNull(node) ? null : node.longValue()));
        case NUMBER ->
            assertThat(message, value, is(isNull(node) ? null : node.doubleValue() + 0.0));
        case BOOLEAN -> assertThat(message, value, is(isNull(node) ? null : node.booleanValue()));
        default -> assertThat(message, node.isTextual());
      }
    }
    String unknown = (String) record.value("_unknown");
    assertThat(message, jackson.readTree(unknown == null ? "{}" : unknown), is(rest));
  }

  private static boolean isNull(JsonNode node) {
    return node == null || node.isNull();
  }
}
