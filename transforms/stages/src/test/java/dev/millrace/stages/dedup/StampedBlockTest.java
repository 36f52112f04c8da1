package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.at;
import static dev.millrace.stages.Flights.flight;
import static dev.millrace.stages.Flights.millis;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Record;
import dev.millrace.record.RecordBlock;
import dev.millrace.stages.Flights;
import dev.millrace.stages.dedup.StampedBlock.Run;
import dev.millrace.stages.dedup.StampedBlock.StampedBlockCoder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class StampedBlockTest {
  private static final Record SEVEN = flight("07:00:00", 1, 5);
  private static final Record EIGHT = flight("08:00:00", 2, 5);
  private static final Record NINE = flight("09:00:00", 3, 5);

  private final StampedBlock.Stamps stamps = new StampedBlock.Stamps();
  private final RecordBlock.Packer packer = new RecordBlock.Packer();

  @Test
  void keepsTheTimestampOfEachRecord() {
    add(SEVEN, at("10:00:00"));
    add(EIGHT, at("10:00:00"));
    add(EIGHT, at("08:00:00"));
    add(NINE, at("09:00:00"));
    add(SEVEN, at("09:00:00"));

    assertThat(
        timestamps(take()),
        contains(at("10:00:00"), at("10:00:00"), at("08:00:00"), at("09:00:00"), at("09:00:00")));
  }

  @Test
  void keepsARunForTheTimeOfReadingAndOneForEventTimes() {
    add(SEVEN, at("09:00:00"));
    add(NINE, at("09:00:00"));
    add(SEVEN, at("07:00:00"));
    add(EIGHT, at("08:00:00"));

    assertThat(
        take().runs(), contains(new Run(2, millis("09:00:00")), new Run(2, Run.EVENT_TIMES)));
  }

  @Test
  void beginsAnewAfterEachBlock() {
    add(SEVEN, at("10:00:00"));
    take();
    add(EIGHT, at("10:00:00"));
    assertThat(timestamps(take()), contains(at("10:00:00")));

    add(SEVEN, at("10:00:00"));
    stamps.clear();
    packer.clear();
    add(EIGHT, at("11:00:00"));
    assertThat(timestamps(take()), contains(at("11:00:00")));
  }

  @Test
  void survivesItsCoder() throws Exception {
    add(SEVEN, at("10:00:00"));
    add(EIGHT, at("08:00:00"));
    StampedBlock block = take();

    CoderProperties.coderDecodeEncodeEqual(StampedBlockCoder.of(), block);
  }

  @Test
  void hasAFormatThatRunningJobsCanRestoreFrom() throws Exception {
    packer.add(SEVEN);
    RecordBlock records = packer.take();
    byte[] expected = CoderUtils.encodeToByteArray(RecordBlock.BlockCoder.of(), records);
    StampedBlock block = new StampedBlock(records, List.of(new Run(300, 258)));

    assertThat(
        HexFormat.of().formatHex(CoderUtils.encodeToByteArray(StampedBlockCoder.of(), block)),
        is(HexFormat.of().formatHex(expected) + "01" + "ac02" + "0000000000000102"));
  }

  private void add(Record record, Instant timestamp) {
    packer.add(record);
    stamps.add(record, timestamp.getMillis());
  }

  private StampedBlock take() {
    return new StampedBlock(packer.take(), stamps.take());
  }

  private static List<Instant> timestamps(StampedBlock block) {
    List<Instant> timestamps = new ArrayList<>();
    block.forEach(Flights.SCHEMA, (record, timestamp) -> timestamps.add(timestamp));
    return timestamps;
  }
}
