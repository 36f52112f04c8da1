package dev.millrace.stages.contract;

import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.ContractException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;

/** Contracts to test with, and ways to change them in one place. */
final class Contracts {
  static final String FLIGHTS =
      """
      version: 1.2.0
      apiVersion: v3.1.0
      kind: DataContract
      id: us-flights
      name: US flights
      status: active
      schema:
        - name: flights
          properties:
            - name: date
              logicalType: timestamp
              required: true
            - name: delay
              logicalType: integer
              required: true
              logicalTypeOptions:
                minimum: -120
                maximum: 720
            - name: distance
              logicalType: number
            - name: origin
              logicalType: string
          customProperties:
            - property: millrace.eventTimeField
              value: date
      """;

  private Contracts() {}

  /** The contract of flights with one text in it replaced. */
  static String flights(String text, String replacement) {
    if (!FLIGHTS.contains(text)) {
      throw new IllegalArgumentException("Cannot replace " + text + ": it is not there");
    }
    return FLIGHTS.replace(text, replacement);
  }

  /** The contract of flights with more of Millrace's properties: name, value, name, value. */
  static String flightsWith(String... settings) {
    StringBuilder yaml = new StringBuilder(FLIGHTS);
    for (int i = 0; i < settings.length; i += 2) {
      yaml.append("      - property: ").append(settings[i]).append('\n');
      yaml.append("        value: ").append(settings[i + 1]).append('\n');
    }
    return yaml.toString();
  }

  static Contract parse(String yaml) {
    return Contract.parse("flights.odcs.yaml", yaml);
  }

  /** The rule of a field "value" of a type, with what follows its type in the contract. */
  static FieldRule rule(String type, String... lines) {
    String more = lines.length == 0 ? "" : "\n        " + String.join("\n        ", lines);
    String yaml =
        flights(
            "      - name: origin\n        logicalType: string",
            "      - name: value\n        logicalType: " + type + more);
    return parse(yaml).rules().get(3);
  }

  static List<Violation> check(FieldRule rule, String value) {
    byte[] utf8 = ("<" + value + ">").getBytes(StandardCharsets.UTF_8);
    return collect(out -> rule.check(utf8, 1, utf8.length - 2, out));
  }

  static List<Violation> check(FieldRule rule, long value) {
    return collect(out -> rule.check(value, out));
  }

  static List<Violation> check(FieldRule rule, double value) {
    return collect(out -> rule.check(value, out));
  }

  private static List<Violation> collect(Consumer<List<Violation>> check) {
    List<Violation> violations = new ArrayList<>();
    check.accept(violations);
    return violations;
  }

  static long micros(TimeFormat format, String text) {
    byte[] utf8 = ("2" + text + "0").getBytes(StandardCharsets.UTF_8);
    return format.micros(utf8, 1, utf8.length - 2);
  }

  /** A contract exception with exactly these lines. */
  static Matcher<ContractException> hasErrors(String... lines) {
    return new FeatureMatcher<>(Matchers.contains(lines), "errors", "errors") {
      @Override
      protected Iterable<? extends String> featureValueOf(ContractException e) {
        return e.errors();
      }
    };
  }

  static <T> T copied(T value, Class<T> type) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return type.cast(in.readObject());
    }
  }
}
