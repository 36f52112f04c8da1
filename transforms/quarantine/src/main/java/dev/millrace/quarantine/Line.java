package dev.millrace.quarantine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * An encoded line, and what it is ordered by: source, offset, id, and its bytes, so that the order
 * is total and a file doesn't depend on the order in which its lines arrived.
 */
final class Line implements Comparable<Line> {
  private static final Comparator<Line> ORDER =
      Comparator.<Line, String>comparing(line -> line.source)
          .thenComparingLong(line -> line.offset)
          .thenComparing(line -> line.id)
          .thenComparing(line -> line.json, Arrays::compareUnsigned);

  private final String source;
  private final long offset;
  private final String id;
  private final byte[] json;

  private Line(String source, long offset, String id, byte[] json) {
    this.source = source;
    this.offset = offset;
    this.id = id;
    this.json = json;
  }

  static Line of(QuarantinedRecord quarantined) {
    return new Line(
        quarantined.rejected().raw().source(),
        quarantined.rejected().raw().offset(),
        quarantined.id(),
        LineFormat.encode(quarantined));
  }

  /** The JSON in UTF-8, without a line end: to be read only. */
  byte[] json() {
    return json;
  }

  void writeTo(DataOutputStream out) throws IOException {
    writeBytes(source.getBytes(StandardCharsets.UTF_8), out);
    out.writeLong(offset);
    writeBytes(id.getBytes(StandardCharsets.UTF_8), out);
    writeBytes(json, out);
  }

  static Line readFrom(DataInputStream in) throws IOException {
    return new Line(
        new String(readBytes(in), StandardCharsets.UTF_8),
        in.readLong(),
        new String(readBytes(in), StandardCharsets.UTF_8),
        readBytes(in));
  }

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException(
          "Cannot read a line: %s of %s bytes are there".formatted(bytes.length, length));
    }
    return bytes;
  }

  @Override
  public int compareTo(Line other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Line that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }
}
