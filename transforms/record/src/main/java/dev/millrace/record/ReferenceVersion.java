package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * All that a reference holds from some time on, in the place of what it held before: a version is
 * whole, never a change to the one before it.
 *
 * @param number tells which of two versions is the later one
 * @param values in any order; the same value may be there more than once
 */
public record ReferenceVersion(long number, List<String> values) {
  /** Keeps an immutable copy. */
  public ReferenceVersion {
    values = List.copyOf(values);
  }

  /** The coder: number (8 bytes), the number of values, then each of them. Deterministic. */
  public static final class VersionCoder extends AtomicCoder<ReferenceVersion> {
    private static final long serialVersionUID = 1L;
    private static final VersionCoder INSTANCE = new VersionCoder();

    private VersionCoder() {}

    /** The one coder of versions. */
    public static VersionCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(ReferenceVersion version, OutputStream out) throws IOException {
      Bytes.writeLong(version.number, out);
      VarInt.encode(version.values.size(), out);
      for (String value : version.values) {
        Bytes.writeString(value, out);
      }
    }

    @Override
    public ReferenceVersion decode(InputStream in) throws IOException {
      long number = Bytes.readLong(in);
      int count = VarInt.decodeInt(in);
      List<String> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(Bytes.readString(in));
      }
      return new ReferenceVersion(number, values);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
