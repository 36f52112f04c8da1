package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * A record that a stage could not pass on, whose original bytes are still where they were read: a
 * {@link Rejected} when somebody has fetched them. Few records are rejected late; so they need not
 * all carry their bytes until then.
 *
 * @param stage the stage that rejected it
 * @param violations all that was found; at least one
 * @param source the file that the bytes are in
 * @param offset the byte in it at which they start
 * @param eventTimeMillis when it happened
 */
public record RejectedAt(
    String stage, List<Violation> violations, String source, long offset, long eventTimeMillis) {

  /** Keeps an immutable copy of the violations. */
  public RejectedAt {
    violations = List.copyOf(violations);
  }

  /** The reject, with its original bytes and, if it is a message, what is beside them. */
  public Rejected with(RawRecord original) {
    return new Rejected(stage, violations, original, OptionalLong.of(eventTimeMillis));
  }

  /** The coder: the bytes of the {@link Rejected} with an empty original. Deterministic. */
  public static final class PlaceCoder extends AtomicCoder<RejectedAt> {
    private static final long serialVersionUID = 1L;
    private static final PlaceCoder INSTANCE = new PlaceCoder();
    private static final byte[] NOTHING = {};

    private PlaceCoder() {}

    /** The one coder of rejects at their places. */
    public static PlaceCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(RejectedAt rejected, OutputStream out) throws IOException {
      RawRecord place = new RawRecord(rejected.source, rejected.offset, NOTHING);
      Rejected.RejectedCoder.of().encode(rejected.with(place), out);
    }

    @Override
    public RejectedAt decode(InputStream in) throws IOException {
      Rejected rejected = Rejected.RejectedCoder.of().decode(in);
      RawRecord place = rejected.raw();
      return new RejectedAt(
          rejected.stage(),
          rejected.violations(),
          place.source(),
          place.offset(),
          rejected.eventTimeMillis().orElseThrow());
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
