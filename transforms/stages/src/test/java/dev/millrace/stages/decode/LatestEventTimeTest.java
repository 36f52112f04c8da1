package dev.millrace.stages.decode;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.CsvDialect;
import dev.millrace.record.CsvHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.stages.contract.Contract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
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
  void findsWhatDecodingAllOfThemFinds() {
    Contract timeOfDay =
        Contracts.of(
            """
              - {name: id, logicalType: string}
              - {name: day, logicalType: date}
              - {name: minute, logicalType: integer, logicalTypeOptions: {maximum: 1800}}
            """,
            "day",
            "millrace.eventTimeZone: UTC",
            "millrace.eventTimeOfDayField: minute",
            "millrace.eventTimeOfDayFormat: HHmm",
            "millrace.eventTimeMax: 2002-01-01");
    Contract flights = Contracts.flights();
    Contract dropping = Contracts.flights("drop");
    Random random = new Random(20010115);
    for (int i = 0; i < 2_000; i++) {
      compare(flights, random, LatestEventTimeTest::timestamped);
      compare(dropping, random, LatestEventTimeTest::timestamped);
      compare(timeOfDay, random, LatestEventTimeTest::dated);
    }
  }

  private static void compare(Contract contract, Random random, Function<Random, String> member) {
    String[] lines = new String[1 + random.nextInt(6)];
    for (int i = 0; i < lines.length; i++) {
      List<String> members = new ArrayList<>();
      for (int j = random.nextInt(6); j > 0; j--) {
        members.add(member.apply(random));
      }
      String line = "{" + String.join(",", members) + (random.nextInt(20) == 0 ? "" : "}");
      lines[i] = random.nextInt(20) == 0 && i == 0 ? "\ufeff" + line : line;
    }
    RawBlock block = RawBlock.ofLines("a.ndjson", lines);
    RecordDecoder decoder = new RecordDecoders(contract).of(block);
    long latest = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    for (int i = 0; i < block.size(); i++) {
      if (decoder.read(block, i)) {
        latest = Math.max(latest, decoder.eventTimeMillis());
      }
    }
    assertThat(
        String.join("\n", lines),
        LatestEventTime.against(contract).apply(block),
        is(Instant.ofEpochMilli(latest)));
  }

  private static String timestamped(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> "\"id\":\"" + random.nextInt(9) + "\"";
      case 2, 3 -> "\"at\":\"2001-01-15T" + (10 + random.nextInt(15)) + ":00:00Z\"";
      case 4 -> "\"\\u0061t\":\"2001-01-15T" + (10 + random.nextInt(14)) + ":30:00Z\"";
      case 5 -> "\"delay\":" + random.nextInt(800);
      case 6 -> "\"at\":null";
      default -> "\"other\":{\"at\":\"2001-01-16T00:00:00Z\"}";
    };
  }

  private static String dated(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "\"day\":\"200" + random.nextInt(3) + "-01-15\"";
      case 2, 3 -> "\"minute\":" + random.nextInt(2_500);
      case 4 -> "\"minute\":\"0730\"";
      default -> "\"id\":\"a\"";
    };
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
