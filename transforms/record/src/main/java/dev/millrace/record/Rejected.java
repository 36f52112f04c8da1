package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * A record that a stage could not pass on, with all that is wrong with it and its original bytes.
 *
 * @param stage the stage that rejected it, such as {@code decode}
 * @param violations all that was found, in the order of the record; at least one. The first gives
 *     the reason that it is counted under
 * @param raw the original bytes and where they were read
 * @param eventTimeMillis when it happened, if that was found out
 */
public record Rejected(
    String stage, List<Violation> violations, RawRecord raw, OptionalLong eventTimeMillis) {

  /** Checks that there is a violation, and keeps an immutable copy of them. */
  public Rejected {
    violations = List.copyOf(violations);
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: violations");
    }
  }

  /** A record rejected for one violation, whose event time is not known. */
  public static Rejected of(String stage, Violation violation, RawRecord raw) {
    return new Rejected(stage, List.of(violation), raw, OptionalLong.empty());
  }

  /** The reason that the record is counted under: that of its first violation. */
  public RejectReason reason() {
    return violations.get(0).reason();
  }

  /**
   * The content address: the first 16 bytes, in hex, of SHA-256 over stage, reason, path, rule and
   * original bytes; of a message without a value, its key. The same failure of the same bytes has
   * the same id wherever it was read.
   */
  public String id() {
    Violation first = violations.get(0);
    MessageDigest digest = sha256();
    for (String part : List.of(stage, first.reason().code(), first.path(), first.rule())) {
      byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(0, utf8.length));
      digest.update(utf8);
    }
    digest.update(raw.payload());
    if (raw.envelope() != null && raw.envelope().isTombstone()) {
      raw.envelope().key().ifPresent(digest::update);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256: every JDK has it", e);
    }
  }

  /**
   * The coder: stage, source, offset, payload, flags (1: event time, 2: envelope), event time (8
   * bytes) and the envelope's bytes where the flags say so, the number of violations, then reason
   * (its name), path, rule and message of each. Deterministic.
   */
  public static final class RejectedCoder extends AtomicCoder<Rejected> {
    private static final long serialVersionUID = 1L;
    private static final RejectedCoder INSTANCE = new RejectedCoder();
    private static final int EVENT_TIME = 1;
    private static final int ENVELOPE = 2;

    private RejectedCoder() {}

    /** The one coder of rejected records. */
    public static RejectedCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(Rejected rejected, OutputStream out) throws IOException {
      Bytes.writeString(rejected.stage, out);
      Bytes.writeString(rejected.raw.source(), out);
      Bytes.writeLong(rejected.raw.offset(), out);
      Bytes.writeBytes(rejected.raw.payload(), out);
      Envelope envelope = rejected.raw.envelope();
      out.write(
          (rejected.eventTimeMillis.isPresent() ? EVENT_TIME : 0)
              | (envelope != null ? ENVELOPE : 0));
      if (rejected.eventTimeMillis.isPresent()) {
        Bytes.writeLong(rejected.eventTimeMillis.getAsLong(), out);
      }
      if (envelope != null) {
        Bytes.writeBytes(envelope.encode(rejected.raw.offset()), out);
      }
      VarInt.encode(rejected.violations.size(), out);
      for (Violation violation : rejected.violations) {
        Bytes.writeString(violation.reason().name(), out);
        Bytes.writeString(violation.path(), out);
        Bytes.writeString(violation.rule(), out);
        Bytes.writeString(violation.message(), out);
      }
    }

    @Override
    public Rejected decode(InputStream in) throws IOException {
      String stage = Bytes.readString(in);
      String source = Bytes.readString(in);
      long offset = Bytes.readLong(in);
      byte[] payload = Bytes.readBytes(in);
      int flags = in.read();
      OptionalLong eventTime =
          (flags & EVENT_TIME) != 0 ? OptionalLong.of(Bytes.readLong(in)) : OptionalLong.empty();
      Envelope envelope = (flags & ENVELOPE) != 0 ? Envelope.decode(Bytes.readBytes(in), 0) : null;
      RawRecord raw = new RawRecord(source, offset, payload, envelope);
      int count = VarInt.decodeInt(in);
      List<Violation> violations = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        violations.add(
            new Violation(
                RejectReason.valueOf(Bytes.readString(in)),
                Bytes.readString(in),
                Bytes.readString(in),
                Bytes.readString(in)));
      }
      return new Rejected(stage, violations, raw, eventTime);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
