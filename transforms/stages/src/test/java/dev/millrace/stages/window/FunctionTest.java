package dev.millrace.stages.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.stages.Flights;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTest {

  @Test
  void readsAListOfFunctions() {
    assertThat(
        Function.parse("count, sum(delay),min( delay )"),
        contains(
            new Function(Function.Kind.COUNT, null, null),
            new Function(Function.Kind.SUM, "delay", null),
            new Function(Function.Kind.MIN, "delay", null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "median(delay)",
        "sum",
        "count(delay)",
        "sum()",
        "sum(delay",
        "SUM(delay)",
        "sum(delay,2)",
        "quantile(delay)",
        "quantile(delay,-1)",
        "quantile(delay,0.5,1)",
        "topK(carrier)",
        "distinct"
      })
  void refusesAnythingElse(String call) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Function.parse(call));

    assertThat(
        failure.getMessage(),
        is(
            "Invalid aggregate: %s (expected count, sum(field), min(field), max(field), mean(field), distinct(field), quantile(field,0.95) or topK(field,10), separated by commas)"
                .formatted(call)));
  }

  @Test
  void namesAndTypesItsResult() {
    assertThat(result("count"), is(Field.required("count", FieldType.INTEGER)));
    assertThat(result("sum(flight)"), is(Field.optional("sum_flight", FieldType.INTEGER)));
    assertThat(result("mean(flight)"), is(Field.optional("mean_flight", FieldType.NUMBER)));
    assertThat(result("max(landed)"), is(Field.optional("max_landed", FieldType.TIMESTAMP)));
  }

  @Test
  void readsArguments() {
    assertThat(
        Function.parse("quantile(delay,0.50),topK( carrier , 10 ),count"),
        contains(
            new Function(Function.Kind.QUANTILE, "delay", new BigDecimal("0.5")),
            new Function(Function.Kind.TOP_K, "carrier", BigDecimal.TEN),
            new Function(Function.Kind.COUNT, null, null)));
    assertThat(Function.parse("quantile(delay,.50)").toString(), is("[quantile(delay,0.5)]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantile(delay,1.5) | Invalid share of quantile: 1.5 (expected 0 to 1)",
        "quantile(delay,0.5.5) | Invalid share of quantile: 0.5.5 (expected 0 to 1)",
        "topK(carrier,0) | Invalid number of topK: 0 (expected 1 to 1000)",
        "topK(carrier,2.5) | Invalid number of topK: 2.5 (expected 1 to 1000)",
        "topK(carrier,1001) | Invalid number of topK: 1001 (expected 1 to 1000)",
      })
  void refusesArgumentsOutOfRange(String call, String message) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Function.parse(call));

    assertThat(failure.getMessage(), is(message));
  }

  @Test
  void namesAndTypesApproximateResults() {
    assertThat(
        result("distinct(carrier)"), is(Field.required("distinct_carrier", FieldType.INTEGER)));
    assertThat(
        result("quantile(delay,0.95)"),
        is(Field.optional("quantile_delay_0_95", FieldType.NUMBER)));
    assertThat(
        result("quantile(landed,1.0)"),
        is(Field.optional("quantile_landed_1", FieldType.TIMESTAMP)));
    assertThat(result("topK(flight,10)"), is(Field.optional("topk_flight_10", FieldType.STRING)));
  }

  @Test
  void refusesAFieldThatThereIsNot() {
    assertThat(
        failureOf("sum(plane)"),
        is("Cannot find field plane in flights: its fields are [carrier, flight, delay, landed]"));
  }

  @Test
  void refusesAFieldOfTheWrongType() {
    assertThat(
        failureOf("sum(carrier)"),
        is(
            "Cannot compute sum(carrier): carrier is of type STRING (expected one of the fields [flight, delay])"));
    assertThat(
        failureOf("mean(landed)"),
        is(
            "Cannot compute mean(landed): landed is of type TIMESTAMP (expected one of the fields [flight, delay])"));
    assertThat(
        failureOf("min(carrier)"),
        is(
            "Cannot compute min(carrier): carrier is of type STRING (expected one of the fields [flight, delay, landed])"));
  }

  @Test
  void refusesAFieldOfTheWrongTypeForApproximateFunctions() {
    assertThat(
        failureOf("quantile(carrier,0.5)"),
        is(
            "Cannot compute quantile(carrier,0.5): carrier is of type STRING (expected one of the fields [flight, delay, landed])"));
    assertThat(
        failureOf("topK(delay,3)"),
        is(
            "Cannot compute topK(delay,3): delay is of type NUMBER (expected one of the fields [carrier, flight])"));
  }

  private static Field result(String call) {
    Function function = Function.parse(call).get(0);
    function.check(Flights.SCHEMA);
    return function.result(Flights.SCHEMA);
  }

  private static String failureOf(String call) {
    return assertThrows(IllegalArgumentException.class, () -> result(call)).getMessage();
  }
}
