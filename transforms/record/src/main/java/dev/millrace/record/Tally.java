package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * What is counted when records are accounted for; the count itself is the value beside it, as in
 * {@code KV<Tally, Long>}. Counts are data that flow with the records, so that they survive a
 * failover, which metrics do not.
 *
 * @param disposition what became of the records
 * @param detail the reason of a reject, the {@link Expectation} that flags a record; otherwise
 *     empty
 * @param partition the partition of their event time, such as {@code dt=2001-01-15}; empty if it is
 *     not known
 * @param hour the UTC hour of their event time, 0 to 23, or -1 where hours are not told apart
 */
public record Tally(Disposition disposition, String detail, String partition, int hour) {

  /** A tally of records whose partition is not known. */
  public static Tally of(Disposition disposition) {
    return new Tally(disposition, "", "", -1);
  }

  /** The coder: disposition (its name), detail, partition, hour (one byte). Deterministic. */
  public static final class TallyCoder extends AtomicCoder<Tally> {
    private static final long serialVersionUID = 1L;
    private static final TallyCoder INSTANCE = new TallyCoder();

    private TallyCoder() {}

    /** The one coder of tallies. */
    public static TallyCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(Tally tally, OutputStream out) throws IOException {
      Bytes.writeString(tally.disposition.name(), out);
      Bytes.writeString(tally.detail, out);
      Bytes.writeString(tally.partition, out);
      out.write(tally.hour);
    }

    @Override
    public Tally decode(InputStream in) throws IOException {
      return new Tally(
          Disposition.valueOf(Bytes.readString(in)),
          Bytes.readString(in),
          Bytes.readString(in),
          (byte) in.read());
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
