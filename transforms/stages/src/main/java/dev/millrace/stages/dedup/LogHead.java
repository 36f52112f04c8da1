package dev.millrace.stages.dedup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * How long a log of sightings is, and a digest of all of them: who has a log of the same head in
 * memory has the same log.
 */
record LogHead(int sightings, long digest) {
  static final LogHead EMPTY = new LogHead(0, 0);

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** The head of the log with another sighting. */
  LogHead with(long keyHigh, long keyLow, long content, long time) {
    long added = ((keyHigh * MIX + keyLow) * MIX + content) * MIX + time;
    return new LogHead(Math.addExact(sightings, 1), (digest ^ (added >>> 32) ^ added) * MIX);
  }

  /** The coder: the count, a variable-length integer, and the digest (8 bytes, big endian). */
  static final class LogHeadCoder extends AtomicCoder<LogHead> {
    private static final long serialVersionUID = 1L;
    private static final LogHeadCoder INSTANCE = new LogHeadCoder();

    private LogHeadCoder() {}

    static LogHeadCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(LogHead head, OutputStream out) throws IOException {
      VarInt.encode(head.sightings, out);
      BigEndianLongCoder.of().encode(head.digest, out);
    }

    @Override
    public LogHead decode(InputStream in) throws IOException {
      int sightings = VarInt.decodeInt(in);
      return new LogHead(sightings, BigEndianLongCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
