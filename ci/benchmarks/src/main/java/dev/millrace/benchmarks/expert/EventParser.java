package dev.millrace.benchmarks.expert;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.benchmarks.expert.EventRow.Text;
import java.util.Arrays;

/**
 * Parses an event that is written as producers write it (all fields, in their order, no space
 * between them) and that keeps the rules, in one pass over its bytes. Of any other line it says
 * that it did not, and no more: whether it is an event after all is for a slower reader to find
 * out.
 */
public final class EventParser {
  private static final byte[] ID = ascii("{\"id\":");
  private static final byte[] EVENT_TIME = ascii(",\"event_time\":");
  private static final byte[] USER_ID = ascii(",\"user_id\":");
  private static final byte[] SESSION_ID = ascii(",\"session_id\":");
  private static final byte[] TYPE = ascii(",\"type\":");
  private static final byte[] COUNTRY = ascii(",\"country\":");
  private static final byte[] DEVICE = ascii(",\"device\":");
  private static final byte[] PAGE = ascii(",\"page\":");
  private static final byte[] REFERRER = ascii(",\"referrer\":");
  private static final byte[] USER_AGENT = ascii(",\"user_agent\":");
  private static final byte[] AMOUNT = ascii(",\"amount\":");
  private static final byte[] QUANTITY = ascii(",\"quantity\":");
  private static final byte[] DURATION = ascii(",\"duration_ms\":");
  private static final byte[] SIGNED_IN = ascii(",\"signed_in\":");
  private static final byte[] CAMPAIGN = ascii(",\"campaign\":");

  private static final long TIME_MIN = 1_767_225_600_000_000L; // 2026-01-01T00:00:00Z
  private static final long TIME_MAX = 1_798_761_600_000_000L; // 2027-01-01T00:00:00Z

  private final Scan scan = new Scan();
  private final TimeScan time = new TimeScan();
  private final Hasher128 hasher = Hashing.xxh3_128();

  /** Fills a row from the bytes of a line, all but the hash of its id; says whether it could. */
  public boolean parse(byte[] bytes, int from, int to, EventRow row) {
    scan.start(bytes, from, to);
    row.clear();
    who(row);
    what(row);
    numbers(row);
    scan.expect('}');
    return scan.completed();
  }

  /** Puts the hash of its id to a row. */
  void hash(EventRow row) {
    HashValue128 hash =
        hasher.hashBytesTo128Bits(row.bytes, EventRow.textsStart(), row.length(Text.ID));
    row.hashHigh = hash.getMostSignificantBits();
    row.hashLow = hash.getLeastSignificantBits();
  }

  private void who(EventRow row) {
    scan.expect(ID);
    text(row, Text.ID, 24, 32);
    scan.expect(EVENT_TIME);
    row.setMicros(time.micros(scan));
    if (row.micros() < TIME_MIN || row.micros() >= TIME_MAX) {
      scan.fail();
    }
    scan.expect(USER_ID);
    text(row, Text.USER_ID, 1, 32);
    scan.expect(SESSION_ID);
    text(row, Text.SESSION_ID, 8, 32);
  }

  private void what(EventRow row) {
    scan.expect(TYPE);
    row.setTypeIndex(oneOf(row, Text.TYPE, Names.TYPES));
    scan.expect(COUNTRY);
    text(row, Text.COUNTRY, 2, 2);
    if (!isUpperCase(row.bytes[row.size - 2]) || !isUpperCase(row.bytes[row.size - 1])) {
      scan.fail();
    }
    scan.expect(DEVICE);
    oneOf(row, Text.DEVICE, Names.DEVICES);
    scan.expect(PAGE);
    text(row, Text.PAGE, 1, 2048);
    scan.expect(REFERRER);
    optional(row, Text.REFERRER, 2048);
    scan.expect(USER_AGENT);
    optional(row, Text.USER_AGENT, 512);
  }

  private void numbers(EventRow row) {
    scan.expect(AMOUNT);
    row.setAmount(scan.decimal());
    scan.expect(QUANTITY);
    row.setQuantity(scan.whole());
    scan.expect(DURATION);
    row.setDurationMs(scan.whole());
    scan.expect(SIGNED_IN);
    row.setSignedIn(scan.bool());
    scan.expect(CAMPAIGN);
    optional(row, Text.CAMPAIGN, 64);
    if (row.amount() > 100_000
        || row.quantity() < 1
        || row.quantity() > 1000
        || row.durationMs() > 86_400_000) {
      scan.fail();
    }
  }

  private void text(EventRow row, int text, int min, int max) {
    row.setLength(text, scan.text(row, min, max));
  }

  private void optional(EventRow row, int text, int max) {
    row.setLength(text, scan.isNull() ? EventRow.ABSENT : scan.text(row, 0, max));
  }

  private int oneOf(EventRow row, int text, byte[][] values) {
    int start = row.size;
    text(row, text, 1, 32);
    for (int i = 0; i < values.length; i++) {
      if (Arrays.equals(values[i], 0, values[i].length, row.bytes, start, row.size)) {
        return i;
      }
    }
    scan.fail();
    return 0;
  }

  private static boolean isUpperCase(byte ascii) {
    return ascii >= 'A' && ascii <= 'Z';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
