package dev.millrace.stages.dedup;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.equalTo;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBuilder;
import dev.millrace.stages.Flights;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordOrderTest {

  private static Record[] sorted(Record[] records, int size) {
    return Arrays.stream(RecordOrder.indexes(records, size))
        .mapToObj(index -> records[index])
        .toArray(Record[]::new);
  }

  @Test
  void ordersByTimeThenSourceThenOffset() {
    Record[] records = {
      at(5, "b", 1), at(5, "a", 2), at(-5, "z", 9), at(5, "a", 1), at(0, "c", 0), at(9, "a", 0)
    };

    assertThat(
        sorted(records, 5),
        arrayContaining(
            at(-5, "z", 9), at(0, "c", 0), at(5, "a", 1), at(5, "a", 2), at(5, "b", 1)));
  }

  @Test
  void ordersTimesThatAreTooFarApartForTheFastWay() {
    Record[] records = {at(Long.MAX_VALUE, "a", 0), at(Long.MIN_VALUE, "a", 1), at(0, "a", 2)};

    assertThat(
        sorted(records, 3),
        arrayContaining(at(Long.MIN_VALUE, "a", 1), at(0, "a", 2), at(Long.MAX_VALUE, "a", 0)));
  }

  @Test
  void ordersNothing() {
    assertThat(sorted(new Record[4], 0), emptyArray());
  }

  @Test
  void ordersAsAComparatorWould() {
    Random random = new Random(1);
    for (long span : new long[] {2, 1000, 1L << 40, 1L << 52, 1L << 62}) {
      Record[] records = new Record[1000];
      for (int i = 0; i < records.length; i++) {
        records[i] = at(random.nextLong(-span, span), "s" + random.nextInt(3), i);
      }
      Record[] expected = records.clone();
      Arrays.sort(
          expected,
          Comparator.comparingLong(Record::eventTimeMillis)
              .thenComparing(Record::source)
              .thenComparingLong(Record::offset));

      assertThat(sorted(records, records.length), equalTo(expected));
    }
  }

  private static Record at(long millis, String source, long offset) {
    return new RecordBuilder(Flights.SCHEMA).build(millis, source, offset);
  }
}
