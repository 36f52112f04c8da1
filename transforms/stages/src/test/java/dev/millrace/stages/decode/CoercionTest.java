package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasToString;

import dev.millrace.stages.contract.Contract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of another type, where the contract lets them be taken. */
class CoercionTest {

  private static Decoded decode(String coercion, String type, String json) {
    String properties =
        """
          - {name: at, logicalType: timestamp, required: true}
          - {name: value, logicalType: %s}
        """
            .formatted(type);
    Contract contract = Contracts.of(properties, "at", "millrace.coercion: " + coercion);
    return Decoded.of(contract, "{\"at\":\"2001-01-15T07:30:00Z\",\"value\":" + json + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | \"12\" | 12",
        "integer | \"-0\" | 0",
        "integer | 12.0 | 12",
        "integer | 1e3 | 1000",
        "integer | \"1.20e1\" | 12",
        "integer | 9223372036854775807.0 | 9223372036854775807",
        "number | \"1.5e-1\" | 0.15",
        "number, physicalType: 'decimal(5,2)' | \"1.50\" | 1.50",
        "boolean | \"true\" | true",
        "string | 1.50 | 1.50",
        "string | -1e400 | -1e400",
        "string | false | false",
        "timestamp, logicalTypeOptions: {format: epochMillis} | \"1000\" | 1970-01-01T00:00:01Z",
      })
  void takesWhatCanBeReadAsTheType(String type, String json, String value) {
    Decoded decoded = decode("lossless", type, json);
    assertThat(decoded.violations(), empty());
    assertThat(decoded.passed().value("value"), hasToString(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | \"12a\"",
        "integer | \"\"",
        "integer | \" 12\"",
        "integer | \"007\"",
        "integer | 1.5",
        "integer | 9223372036854775808.0",
        "integer | 1e-400",
        "integer | true",
        "number | \"NaN\"",
        "number | false",
        "boolean | 1",
        "boolean | \"TRUE\"",
        "string | [1]",
        "string | {}",
      })
  void refusesWhatCannot(String type, String json) {
    assertThat(
        decode("lossless", type, json).violations(),
        contains(
            "WRONG_TYPE value: Invalid value: %s (expected %s)".formatted(json, expected(type))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | \"12\"",
        "integer | 12.0",
        "integer | 1e3",
        "number | \"1\"",
        "boolean | \"true\"",
        "string | 12",
      })
  void takesNothingOfAnotherTypeUnlessAskedTo(String type, String json) {
    assertThat(
        decode("none", type, json).violations(),
        contains(
            "WRONG_TYPE value: Invalid value: %s (expected %s)".formatted(json, expected(type))));
  }

  private static String expected(String type) {
    return switch (type) {
      case "integer" -> "an integer of 64 bits";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      default -> "a string";
    };
  }
}
