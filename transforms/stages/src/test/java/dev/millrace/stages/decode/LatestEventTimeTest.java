package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class LatestEventTimeTest {
  private final LatestEventTime latest =
      SerializableUtils.ensureSerializable(LatestEventTime.against(Contracts.flights()));

  @Test
  void findsTheLatestOfTheRecordsThatKeepTheContract() {
    RawBlock block =
        RawBlock.ofLines(
            "a.ndjson",
            "{\"id\":\"1\",\"at\":\"2001-01-15T07:00:00Z\"}",
            "{\"id\":\"2\",\"at\":\"2001-01-15T08:00:00Z\"}",
            "{\"id\":\"3\",\"at\":\"2001-01-15T06:00:00Z\"}",
            "{\"id\":\"4\",\"at\":\"2001-01-15T09:00:00Z\",\"delay\":9999}",
            "{");
    assertThat(latest.apply(block), is(Instant.parse("2001-01-15T08:00:00Z")));
  }

  @Test
  void readsCsvToo() {
    CsvHeader header = new CsvHeader(CsvDialect.RFC_4180, "id,at".getBytes(StandardCharsets.UTF_8));
    RawBlock block = RawBlock.ofLines("a.csv", "1,2001-01-15T07:00:00Z").withHeader(header);
    assertThat(latest.apply(block), is(Instant.parse("2001-01-15T07:00:00Z")));
  }

  @Test
  void isTheStartOfTimeWhereNoRecordHasOne() {
    assertThat(
        latest.apply(RawBlock.ofLines("a.ndjson", "{}", "[]")),
        is(BoundedWindow.TIMESTAMP_MIN_VALUE));
  }
}
