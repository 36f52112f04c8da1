package dev.millrace.stages.window;

import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.record.RecordSchema;
import dev.millrace.stages.Flights;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class TotalsTest {
  private static final AggregatePlan PLAN =
      AggregatePlan.of(
          Flights.SCHEMA,
          List.of("carrier"),
          Function.parse(
              "count,sum(flight),min(flight),max(flight),mean(flight),sum(delay),min(delay),max(delay),mean(delay)"));
  private static final IntervalWindow HOUR =
      new IntervalWindow(Flights.at("07:00:00"), Flights.at("08:00:00"));

  @Test
  void computesEveryFunction() {
    Record result = result(flight("07:00:00", 3, 1.5), flight("07:30:00", 4, -0.25));

    assertThat(result.value("carrier"), is("AA"));
    assertThat(result.value("count"), is(2L));
    assertThat(result.value("sum_flight"), is(7L));
    assertThat(result.value("min_flight"), is(3L));
    assertThat(result.value("max_flight"), is(4L));
    assertThat(result.value("mean_flight"), is(3.5));
    assertThat(result.value("sum_delay"), is(1.25));
    assertThat(result.value("min_delay"), is(-0.25));
    assertThat(result.value("max_delay"), is(1.5));
    assertThat(result.value("mean_delay"), is(0.625));
  }

  @Test
  void givesTheWindowAndItsStartAsEventTime() {
    Record result = result(flight("07:30:00", 3, 1.5));

    assertThat(result.value("window_start"), is(Instant.parse("2001-01-15T07:00:00Z")));
    assertThat(result.value("window_end"), is(Instant.parse("2001-01-15T08:00:00Z")));
    assertThat(result.eventTimeMillis(), is(Flights.millis("07:00:00")));
    assertThat(result.source(), is(""));
    assertThat(result.offset(), is(-1L));
    assertThat(result.schema().name(), is("flights_aggregate"));
  }

  @Test
  void computesDecimalsExactly() {
    Record result = ofAmounts("0.10", "0.20", "-0.25");

    assertThat(result.value("sum_amount"), is(new BigDecimal("0.05")));
    assertThat(result.value("min_amount"), is(new BigDecimal("-0.25")));
    assertThat(result.value("max_amount"), is(new BigDecimal("0.20")));
    assertThat(result.value("mean_amount"), is(0.05 / 3));
    assertThat(result.schema().field(result.schema().index("sum_amount")).precision(), is(18));
  }

  @Test
  void hasNoSumOfMoreDigitsThanADecimalHas() {
    String half = "5000000000000000.00";
    assertThat(ofAmounts(half, half).value("sum_amount"), is(nullValue()));
    assertThat(ofAmounts(half, half).value("mean_amount"), is(5e15));
    assertThat(ofAmounts("-" + half, "-" + half).value("sum_amount"), is(nullValue()));
    assertThat(
        ofAmounts(half, "4999999999999999.99").value("sum_amount"),
        is(new BigDecimal("9999999999999999.99")));
  }

  private static Record ofAmounts(String... amounts) {
    RecordSchema sales = RecordSchema.of("sales", RecordSchema.Field.decimal("amount", 18, 2));
    AggregatePlan plan =
        AggregatePlan.of(
            sales, List.of(), Function.parse("sum(amount),min(amount),max(amount),mean(amount)"));
    List<Record> records = new ArrayList<>();
    for (String amount : amounts) {
      records.add(new RecordBuilder(sales).set("amount", new BigDecimal(amount)).build(0, "", 0));
    }
    return result(plan, records);
  }

  @Test
  void leavesNullsOut() {
    Record result =
        result(
            flight("AA", "07:00:00", null, null, "a", 0),
            flight("AA", "07:00:00", null, 5.0, "a", 1));

    assertThat(result.value("count"), is(2L));
    assertThat(result.value("sum_flight"), is(nullValue()));
    assertThat(result.value("min_flight"), is(nullValue()));
    assertThat(result.value("mean_flight"), is(nullValue()));
    assertThat(result.value("mean_delay"), is(5.0));
  }

  @Test
  void hasNoSumWhereItExceeds64BitsButAMean() {
    Record result =
        result(flight("07:00:00", Long.MAX_VALUE, 0), flight("07:00:00", Long.MAX_VALUE, 0));

    assertThat(result.value("sum_flight"), is(nullValue()));
    assertThat(result.value("mean_flight"), is((double) Long.MAX_VALUE));
  }

  @Test
  void sumsIntegersThatExceed64BitsOnTheWay() {
    Record result =
        result(
            flight("07:00:00", Long.MAX_VALUE, 0),
            flight("07:00:00", Long.MAX_VALUE, 0),
            flight("07:00:00", Long.MIN_VALUE, 0),
            flight("07:00:00", Long.MIN_VALUE, 0));

    assertThat(result.value("sum_flight"), is(-2L));
    assertThat(result.value("mean_flight"), is(-0.5));
  }

  @Test
  void hasNoNumberForOppositeInfinities() {
    Record result =
        result(
            flight("07:00:00", 1, Double.POSITIVE_INFINITY),
            flight("07:00:00", 1, Double.NEGATIVE_INFINITY));

    assertThat(result.value("sum_delay"), is(nullValue()));
    assertThat(result.value("max_delay"), is(Double.POSITIVE_INFINITY));
  }

  @Test
  void givesTheSameBytesInAnyOrderAndGrouping() throws CoderException {
    Random random = new Random(9);
    List<Record> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      records.add(flight("07:00:00", random.nextLong(), random.nextGaussian() * 1e6));
    }
    byte[] expected = bytes(totals(records));
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(records, random);
      int cut = random.nextInt(200);
      Totals left = copy(totals(records.subList(0, cut)));
      left.merge(totals(records.subList(cut, 200)));

      assertThat(bytes(left), equalTo(expected));
    }
  }

  @Test
  void leavesWhatItMergesAsItIs() throws CoderException {
    Totals one = totals(List.of(flight("07:00:00", 1, 1)));
    byte[] before = bytes(one);
    Totals two = totals(List.of(flight("07:00:00", 2, 1e300)));

    two.merge(one);

    assertThat(bytes(one), equalTo(before));
  }

  @Test
  void hasAFormatThatRunningJobsCanRestoreFrom() throws CoderException {
    Totals totals =
        totals(
            List.of(flight("07:00:00", 3, 1.5), flight("AA", "07:30:00", -4L, null, "a.json", 0)));

    assertThat(
        HexFormat.of().formatHex(bytes(totals)),
        is(
            "0000000000000002"
                + "0000000000000002"
                + "ffffffffffffffffffffffffffffffff"
                + "fffffffffffffffc"
                + "0000000000000003"
                + "0000000000000001"
                + "000021000100060000"
                + "3ff8000000000000"
                + "3ff8000000000000"));
  }

  private static Record result(Record... records) {
    return result(PLAN, Arrays.asList(records));
  }

  private static Record result(AggregatePlan plan, List<Record> records) {
    var group = plan.groupBytes();
    group.read(records.get(0));
    return plan.result(group.copy(), HOUR, totals(plan, records));
  }

  private static Totals totals(List<Record> records) {
    return totals(PLAN, records);
  }

  private static Totals totals(AggregatePlan plan, List<Record> records) {
    Totals totals = Totals.none(plan.measures());
    records.forEach(record -> totals.add(record, plan.measureFields()));
    return totals;
  }

  private static byte[] bytes(Totals totals) throws CoderException {
    return CoderUtils.encodeToByteArray(PLAN.totalsCoder(), totals);
  }

  private static Totals copy(Totals totals) throws CoderException {
    return CoderUtils.decodeFromByteArray(PLAN.totalsCoder(), bytes(totals));
  }
}
