package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.PCollection;

/**
 * The coder of {@link Record}s of one schema.
 *
 * <p>Format: event time (8 bytes, big endian), offset (8 bytes), source (length, UTF-8), content
 * (length, bytes), length of the original plus one or 0 without it, original; with the envelope of
 * a message, -1 less the length of both. Lengths are variable-length integers. Deterministic: equal
 * records give equal bytes.
 */
public final class RecordCoder extends CustomCoder<Record> {
  private static final long serialVersionUID = 1L;

  private final RecordSchema schema;

  private RecordCoder(RecordSchema schema) {
    this.schema = schema;
  }

  /** The coder for records of this schema. */
  public static RecordCoder of(RecordSchema schema) {
    return new RecordCoder(schema);
  }

  /** The schema of the records. */
  public RecordSchema schema() {
    return schema;
  }

  /**
   * The schema that the records of a collection share.
   *
   * @throws IllegalArgumentException if the collection's coder is not a RecordCoder
   */
  public static RecordSchema schemaOf(PCollection<Record> records) {
    if (records.getCoder() instanceof RecordCoder coder) {
      return coder.schema;
    }
    throw new IllegalArgumentException(
        "Invalid coder of %s: %s (expected a RecordCoder: set it with setCoder(RecordCoder.of(schema)))"
            .formatted(records.getName(), records.getCoder()));
  }

  @Override
  public void encode(Record record, OutputStream out) throws IOException {
    Bytes.writeLong(record.eventTimeMillis(), out);
    Bytes.writeLong(record.offset(), out);
    Bytes.writeString(record.source(), out);
    VarInt.encode(record.contentLength(), out);
    out.write(record.array(), record.contentStart(), record.contentLength());
    VarInt.encode(record.kept() + 1, out);
    int keptLength = Record.keptLength(record.kept());
    if (keptLength > 0) {
      int keptStart = record.contentStart() + record.contentLength();
      out.write(record.array(), keptStart, keptLength);
    }
  }

  @Override
  public Record decode(InputStream in) throws IOException {
    long eventTime = Bytes.readLong(in);
    long offset = Bytes.readLong(in);
    String source = Bytes.readString(in);
    byte[] content = Bytes.readBytes(in);
    int kept = VarInt.decodeInt(in) - 1;
    int keptLength = Record.keptLength(kept);
    byte[] array = content;
    if (keptLength > 0) {
      array = Arrays.copyOf(content, content.length + keptLength);
      byte[] original = Bytes.read(keptLength, in);
      System.arraycopy(original, 0, array, content.length, keptLength);
    }
    return new Record(schema, array, 0, content.length, kept, eventTime, source, offset);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordCoder that && schema.equals(that.schema);
  }

  @Override
  public int hashCode() {
    return schema.hashCode();
  }
}
