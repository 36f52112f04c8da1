package dev.millrace.stages.window;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema.Field;
import dev.millrace.stages.Flights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTest {

  @Test
  void readsAListOfFunctions() {
    assertThat(
        Function.parse("count, sum(delay),min( delay )"),
        contains(
            new Function(Function.Kind.COUNT, null),
            new Function(Function.Kind.SUM, "delay"),
            new Function(Function.Kind.MIN, "delay")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "median(delay)", "sum", "count(delay)", "sum()", "sum(delay", "SUM(delay)"})
  void refusesAnythingElse(String call) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Function.parse(call));

    assertThat(
        failure.getMessage(),
        is(
            "Invalid aggregate: %s (expected count, sum(field), min(field), max(field) or mean(field), separated by commas)"
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

  private static Field result(String call) {
    Function function = Function.parse(call).get(0);
    function.check(Flights.SCHEMA);
    return function.result(Flights.SCHEMA);
  }

  private static String failureOf(String call) {
    return assertThrows(IllegalArgumentException.class, () -> result(call)).getMessage();
  }
}
