package dev.millrace.stages.dedup;

import static dev.millrace.stages.Flights.flight;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.millrace.record.Record;
import dev.millrace.stages.Flights;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final Record FIRST = flight("07:00:00", 1, 5);
  private static final Record OTHER_BODY = flight("07:00:01", 1, 6);
  private static final Record OTHER_KEY = flight("07:00:00", 2, 5);

  private static final byte[] NOTHING = {};

  private final RecordHashes hashes = new RecordHashes(Flights.SCHEMA, List.of("flight"));
  private final Sightings search = new Sightings(1000);

  @Test
  void findsNothingInNothing() {
    begin(FIRST);
    search.lookThrough(NOTHING, 0);

    assertThat(search.isDuplicate(), is(false));
    assertThat(search.isConflict(), is(false));
    assertThat(search.isRemembered(), is(false));
  }

  @Test
  void findsACopyBehindOthers() {
    byte[] memory = remember(FIRST, remember(OTHER_KEY, NOTHING));

    begin(FIRST);
    search.lookThrough(memory, memory.length / Sightings.BYTES);

    assertThat(search.isDuplicate(), is(true));
    assertThat(search.isRemembered(), is(true));
  }

  @Test
  void findsAnotherBodyAndItsTime() {
    byte[] memory = remember(FIRST, NOTHING);
    begin(OTHER_BODY);
    search.lookThrough(memory, memory.length / Sightings.BYTES);

    assertThat(search.isConflict(), is(true));
    assertThat(search.timeOfOther(), is(FIRST.eventTimeMillis()));
  }

  @Test
  void prefersACopyToAnotherBody() {
    byte[] memory = remember(OTHER_BODY, remember(FIRST, NOTHING));

    begin(OTHER_BODY);
    search.lookThrough(memory, memory.length / Sightings.BYTES);

    assertThat(search.isConflict(), is(false));
    assertThat(search.isDuplicate(), is(true));
  }

  @Test
  void looksNoFartherThanTheHorizonInBothDirections() {
    Record late = flight("07:00:02", 1, 5);

    byte[] early = remember(FIRST, NOTHING);
    begin(late);
    search.lookThrough(early, early.length / Sightings.BYTES);
    assertThat(search.isDuplicate(), is(false));

    byte[] later = remember(late, NOTHING);
    begin(FIRST);
    search.lookThrough(later, later.length / Sightings.BYTES);
    assertThat(search.isDuplicate(), is(false));
  }

  @Test
  void hasAFormatThatRunningJobsCanRestoreFrom() {
    assertThat(
        HexFormat.of().formatHex(remember(FIRST, NOTHING)),
        is("73cef89ecb1af14bf048a0dfb070069a8d6ada61d75aa2cf80c14011e4000000"));
  }

  private byte[] remember(Record record, byte[] memory) {
    begin(record);
    int number = memory.length / Sightings.BYTES;
    byte[] added = Arrays.copyOf(memory, memory.length + Sightings.BYTES);
    search.writeTo(added, number);
    return added;
  }

  private void begin(Record record) {
    hashes.readKey(record);
    hashes.readContent(record);
    search.begin(hashes, record.eventTimeMillis());
  }
}
