package dev.millrace.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.Row;

/**
 * A typed, immutable row in binary form, with its event time and the place that it came from.
 *
 * <p>The content is one byte range: null bits, then a slot of eight bytes (little endian) a field,
 * then text, objects and arrays in the order of their fields. Equal values give equal bytes, so
 * content can be hashed and compared without being decoded; accessors decode a field when asked.
 *
 * <p>Where a later stage may have to reject a record, the bytes that it was decoded from follow the
 * content. Text that stands in them as it is, without escapes, is not repeated: its slot points
 * there. Only {@link #withoutOriginal()} then has the content as above. Behind the bytes of a
 * message is its envelope, which is kept without them where only the record is to be sent on.
 *
 * <p>A record may be a view of an array that it shares with its neighbours in a {@link
 * RecordBlock}. {@link #array()} is for readers that must not copy; it is never to be written to.
 */
@SuppressWarnings("JavaLangClash") // the word of the field; java.lang.Record is not used by name
public final class Record extends Slots {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What {@link #kept()} is if the original was not. */
  static final int NOTHING = -1;

  private final RecordSchema schema;
  private final int contentLength;
  private final int kept;
  private final long eventTimeMillis;
  private final String source;
  private final long offset;

  /**
   * A record over a range of an array, in which what was kept of the original follows the content.
   *
   * @param kept see {@link #kept()}
   */
  Record(
      RecordSchema schema,
      byte[] array,
      int start,
      int contentLength,
      int kept,
      long eventTimeMillis,
      String source,
      long offset) {
    super(array, start, start, start + schema.nullBytes());
    this.schema = schema;
    this.contentLength = contentLength;
    this.kept = kept;
    this.eventTimeMillis = eventTimeMillis;
    this.source = source;
    this.offset = offset;
  }

  /** The fields of this record. */
  public RecordSchema schema() {
    return schema;
  }

  /** When it happened, in milliseconds since 1970-01-01T00:00:00Z. */
  public long eventTimeMillis() {
    return eventTimeMillis;
  }

  /** When it happened, as Beam has it. */
  public org.joda.time.Instant eventTime() {
    return org.joda.time.Instant.ofEpochMilli(eventTimeMillis);
  }

  /** The file, or the topic and partition, that it was read from; empty if it was computed. */
  public String source() {
    return source;
  }

  /** The place in the source: a byte offset in a file, a record's offset in a topic. */
  public long offset() {
    return offset;
  }

  @Override
  RecordSchema.Field fieldAt(int index) {
    return schema.field(index);
  }

  /** The value of a field by name; see {@link #valueAt(int)}. */
  public Object value(String field) {
    return valueAt(schema.index(field));
  }

  /** Where the content starts in {@link #array()}. */
  public int contentStart() {
    return start;
  }

  /** How long the content is. */
  public int contentLength() {
    return contentLength;
  }

  /** Whether the bytes that this record was decoded from are still with it. */
  public boolean hasOriginal() {
    return kept > NOTHING || keptLength(kept) > envelopeLength();
  }

  /** The bytes that this record was decoded from, or none if they were not kept. */
  public byte[] original() {
    int from = start + contentLength;
    return Arrays.copyOfRange(array, from, end() - envelopeLength());
  }

  /** What the message has beside its value that this record was decoded from, if it was kept. */
  public Optional<Envelope> envelope() {
    int length = envelopeLength();
    return length == 0 ? Optional.empty() : Optional.of(Envelope.decode(array, end() - length));
  }

  /** What this record was decoded from, as it was read; without bytes if they were not kept. */
  public RawRecord raw() {
    return new RawRecord(source, offset, original(), envelope().orElse(null));
  }

  private int envelopeLength() {
    return kept < NOTHING ? Envelope.lengthBefore(array, end()) : 0;
  }

  /**
   * The length of what was kept, or {@link #NOTHING}. Where an envelope was kept, with the bytes of
   * its message or without, it is below that, as {@link #keptAsMessage} has it.
   */
  int kept() {
    return kept;
  }

  static int keptAsMessage(int length) {
    return NOTHING - 1 - length;
  }

  /** The bytes that what was kept takes. */
  static int keptLength(int kept) {
    return kept < NOTHING ? NOTHING - 1 - kept : Math.max(0, kept);
  }

  /**
   * The same record without the bytes that it was decoded from and their envelope, and with all of
   * its text in the content. It shares this one's array if the text is there already.
   */
  public Record withoutOriginal() {
    if (kept == NOTHING) {
      return this;
    }
    int length = lengthWithText();
    return length == contentLength
        ? new Record(schema, array, start, length, NOTHING, eventTimeMillis, source, offset)
        : detached(length, 0, NOTHING);
  }

  /**
   * The same record without the bytes that it was decoded from, and with all of its text in the
   * content; it keeps their envelope if it has it.
   */
  public Record withoutPayload() {
    int envelopeLength = envelopeLength();
    if (envelopeLength == 0) {
      return withoutOriginal();
    }
    return hasOriginal()
        ? detached(lengthWithText(), envelopeLength, keptAsMessage(envelopeLength))
        : this;
  }

  /** The length of the content when all of its text is in it. */
  private int lengthWithText() {
    int length = schema.fixedLength();
    for (int field : schema.fieldsApart()) {
      length += isNull(field) ? 0 : textLength(field);
    }
    return length;
  }

  /** A copy with all of its text in the content, of that length, and with the last bytes kept. */
  private Record detached(int length, int envelopeLength, int keptThen) {
    byte[] detached = new byte[length + envelopeLength];
    System.arraycopy(array, end() - envelopeLength, detached, length, envelopeLength);
    int text = schema.fixedLength();
    System.arraycopy(array, start, detached, 0, text);
    for (int field : schema.fieldsApart()) {
      if (!isNull(field)) {
        int textLength = textLength(field);
        System.arraycopy(array, textStart(field), detached, text, textLength);
        LONGS.set(detached, schema.nullBytes() + 8 * field, ((long) text << 32) | textLength);
        text += textLength;
      }
    }
    return new Record(schema, detached, 0, length, keptThen, eventTimeMillis, source, offset);
  }

  /** This record as a Beam row: the edge to SQL and everything else in Beam. */
  public Row toRow() {
    return Rows.toRow(this, Rows.schema(schema));
  }

  /** The record of a Beam row, which must have this schema's fields by name. */
  public static Record fromRow(RecordSchema schema, Row row, org.joda.time.Instant eventTime) {
    return Rows.fromRow(schema, row, eventTime);
  }

  /** Equal when schema, event time, provenance, content and kept original are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Record that
        && eventTimeMillis == that.eventTimeMillis
        && offset == that.offset
        && kept == that.kept
        && source.equals(that.source)
        && schema.equals(that.schema)
        && Arrays.equals(array, start, end(), that.array, that.start, that.end());
  }

  private int end() {
    return start + contentLength + keptLength(kept);
  }

  @Override
  public int hashCode() {
    int hash = Long.hashCode(eventTimeMillis) * 31 + Long.hashCode(offset);
    for (int i = start; i < start + contentLength; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return fieldsShown() + " at " + Instant.ofEpochMilli(eventTimeMillis);
  }

  String fieldsShown() {
    return IntStream.range(0, schema.size())
        .mapToObj(i -> schema.field(i).name() + "=" + shown(i))
        .collect(Collectors.joining(", ", schema.name() + "{", "}"));
  }
}
