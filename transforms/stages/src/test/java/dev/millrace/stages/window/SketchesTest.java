package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.record.Record;
import dev.millrace.stages.Flights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that answer approximately: what is exact, what is the same, what is the bound. */
class SketchesTest {
  private static final AggregatePlan PLAN =
      AggregatePlan.of(
          Flights.SCHEMA,
          List.of(),
          Function.parse(
              "distinct(carrier),distinct(flight),distinct(delay),quantile(flight,0.5),quantile(delay,0.5),quantile(delay,0.99),topK(carrier,3),topK(flight,2),sum(delay)"));
  private static final IntervalWindow HOUR =
      new IntervalWindow(Flights.at("07:00:00"), Flights.at("08:00:00"));

  @Test
  void isExactForFewValues() {
    Record result =
        result(
            flight("UA", "07:00:00", 3L, -1.5),
            flight("AA", "07:00:00", 3L, 0.0),
            flight("DL", "07:00:00", -7L, 2.5),
            flight("AA", "07:00:00", null, 2.5, "a.json", 0),
            flight(null, "07:00:00", 5L, 1e300));

    assertThat(result.value("distinct_carrier"), is(3L));
    assertThat(result.value("distinct_flight"), is(3L));
    assertThat(result.value("distinct_delay"), is(4L));
    assertThat(result.value("quantile_flight_0_5"), is(3L));
    assertThat(result.value("quantile_delay_0_5"), is(2.5));
    assertThat(result.value("quantile_delay_0_99"), is(1e300));
    assertThat(
        result.value("topk_carrier_3"),
        is(
            "[{\"value\":\"AA\",\"count\":2},{\"value\":\"DL\",\"count\":1},{\"value\":\"UA\",\"count\":1}]"));
    assertThat(
        result.value("topk_flight_2"),
        is("[{\"value\":3,\"count\":2},{\"value\":-7,\"count\":1}]"));
    assertThat(result.value("sum_delay"), is(1e300));
  }

  @Test
  void knowsNothingOfNulls() {
    Record result = result(flight(null, "07:00:00", null, null, "a.json", 0));

    assertThat(result.value("distinct_carrier"), is(0L));
    assertThat(result.value("quantile_flight_0_5"), is(nullValue()));
    assertThat(result.value("topk_carrier_3"), is(nullValue()));
  }

  @Test
  void quotesTextAsJson() throws IOException {
    String text = "\"a\\\n\u0001\u0130\uD83D\uDE00";

    Record result = result(flight(text, "07:00:00", 1L, 1.0));

    JsonNode json = new ObjectMapper().readTree((String) result.value("topk_carrier_3"));
    assertThat(json.get(0).get("value").textValue(), is(text));
    assertThat(json.get(0).get("count").longValue(), is(1L));
  }

  @Test
  void takesInfinitiesForTheEnds() {
    Record result =
        result(
            flight("07:00:00", 1, Double.NEGATIVE_INFINITY),
            flight("07:00:00", 2, Double.NEGATIVE_INFINITY),
            flight("07:00:00", 3, Double.POSITIVE_INFINITY));

    assertThat(result.value("quantile_delay_0_5"), is(Double.NEGATIVE_INFINITY));
    assertThat(result.value("quantile_delay_0_99"), is(Double.POSITIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1000, 3000})
  void isTheSameInAnyOrderAndGrouping(int values) throws CoderException {
    Random random = new Random(values);
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 3 * values; i++) {
      records.add(any(random.nextInt(values), Math.exp(random.nextGaussian() * 4)));
    }
    Record expected = result(totals(records));
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(records, random);

      assertThat(result(inPieces(records, random)), is(expected));
    }
  }

  @Test
  void countsDistinctAndRanksTheSameInAnyOrderWhateverTheNumberOfValues() throws CoderException {
    Random random = new Random(1);
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      records.add(any(i, random.nextGaussian()));
    }
    Record expected = result(totals(records));
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(records, random);
      Record result = result(inPieces(records, random));

      for (String field :
          List.of(
              "distinct_carrier",
              "distinct_delay",
              "quantile_flight_0_5",
              "quantile_delay_0_5",
              "quantile_delay_0_99")) {
        assertThat(field, result.value(field), is(expected.value(field)));
      }
    }
  }

  @Test
  void givesTheSameTopValuesAgainInTheSameOrder() throws CoderException {
    List<Record> records = IntStream.range(0, 50_000).mapToObj(i -> any(i % 9999, i)).toList();

    Record again = result(inPieces(records, new Random(2)));

    assertThat(result(inPieces(records, new Random(2))), is(again));
  }

  @Test
  void countsAThousandDistinctValuesToTheOne() {
    Record result = result(totals(IntStream.range(0, 1000).mapToObj(i -> any(i, i)).toList()));

    assertThat(result.value("distinct_carrier"), is(1000L));
    assertThat(result.value("distinct_flight"), is(1000L));
    assertThat(result.value("distinct_delay"), is(1000L));
  }

  @Test
  void staysWithinItsBounds() {
    int number = 200_000;
    Record result =
        result(totals(IntStream.rangeClosed(1, number).mapToObj(i -> any(i, i)).toList()));

    assertThat((double) (long) result.value("distinct_carrier"), closeTo(number, 0.016 * number));
    assertThat((double) (long) result.value("distinct_flight"), closeTo(number, 0.016 * number));
    double most = 18 / 2048.0;
    assertThat((double) result.value("quantile_delay_0_5"), closeTo(100_000, 100_000 * most));
    assertThat((double) result.value("quantile_delay_0_99"), closeTo(198_000, 198_000 * most));
    assertThat(
        (double) (long) result.value("quantile_flight_0_5"), closeTo(100_000, 100_000 * most));
  }

  @Test
  void findsTheMostFrequentOfManyValues() throws IOException {
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      records.add(any(i % 10 == 0 ? i % 30 : i, 0));
    }
    Collections.shuffle(records, new Random(3));

    JsonNode top =
        new ObjectMapper().readTree((String) result(totals(records)).value("topk_carrier_3"));

    assertThat(top.findValuesAsText("value").stream().sorted().toList(), is(names(0, 10, 20)));
    for (JsonNode entry : top) {
      assertThat(
          entry.get("count").longValue(),
          both(greaterThanOrEqualTo(3333L)).and(lessThanOrEqualTo(3334L + 90)));
    }
  }

  private static List<String> names(int... values) {
    return Arrays.stream(values).mapToObj(SketchesTest::name).toList();
  }

  private static String name(int value) {
    return "carrier" + (10_000_000 + value);
  }

  private static Record any(int value, double delay) {
    return flight(name(value), "07:00:00", (long) value, delay);
  }

  /** Adds up in pieces, some of which are coded and decoded on the way, and merges them. */
  private static Totals inPieces(List<Record> records, Random random) throws CoderException {
    Totals merged = Totals.none(PLAN.measures());
    for (int from = 0; from < records.size(); ) {
      int to = from + 1 + random.nextInt(records.size() - from);
      Totals piece = totals(records.subList(from, to));
      merged.merge(random.nextBoolean() ? piece : copy(piece));
      merged = random.nextBoolean() ? merged : copy(merged);
      from = to;
    }
    return merged;
  }

  private static Totals copy(Totals totals) throws CoderException {
    return CoderUtils.clone(PLAN.totalsCoder(), totals);
  }

  private static Record result(Record... records) {
    return result(totals(Arrays.asList(records)));
  }

  private static Record result(Totals totals) {
    return PLAN.result(new byte[0], HOUR, totals);
  }

  private static Totals totals(List<Record> records) {
    Totals totals = Totals.none(PLAN.measures());
    records.forEach(record -> totals.add(record, PLAN.measureFields()));
    return totals;
  }
}
