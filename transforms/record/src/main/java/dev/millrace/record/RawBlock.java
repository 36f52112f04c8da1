package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * Consecutive raw records of one source, as they came: bytes not yet looked into, and where each
 * record starts and ends in them. A file is read as blocks of many lines, a topic as blocks of many
 * messages of one partition. Immutable; the arrays are shared and to be read only.
 *
 * <p>A block of CSV carries the header of its file, one of Avro its schema, or what a registry has
 * for the id that its messages begin with; the records of a block without a header are JSON. A
 * block of messages has the {@link Envelope} of each behind its value. A block may also be a piece
 * of a line that was too long to be read whole: then what it holds is no record.
 *
 * <p>The offset of a record is the block's offset plus where the record starts in the block; of one
 * in Avro, plus its number in the block, since the place of its bytes in a compressed file is none
 * that could be looked up. That of a message is in its envelope: there are gaps in a partition.
 */
public final class RawBlock {
  private final String source;
  private final long offset;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;

  /** Null without one. */
  private final BlockHeader header;

  private final Kind kind;

  /** What the ranges of the array are. */
  private enum Kind {
    RECORDS,
    /** With the envelope of each behind it. */
    MESSAGES,
    /** Of a line that was too long. */
    PIECE
  }

  private RawBlock(
      String source, long offset, byte[] bytes, int[] starts, int[] ends, BlockHeader header) {
    this(source, offset, bytes, starts, ends, header, Kind.RECORDS);
  }

  private RawBlock(
      String source,
      long offset,
      byte[] bytes,
      int[] starts,
      int[] ends,
      BlockHeader header,
      Kind kind) {
    this.source = source;
    this.offset = offset;
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
    this.header = header;
    this.kind = kind;
  }

  /**
   * A block of records that are ranges of an array.
   *
   * @param offset the place of {@code bytes[0]} in the source
   * @param starts where each record starts
   * @param ends where each record ends, exclusive
   */
  public static RawBlock of(String source, long offset, byte[] bytes, int[] starts, int[] ends) {
    if (starts.length != ends.length) {
      throw new IllegalArgumentException(
          "Invalid block: %s starts (expected as many as ends, %s)"
              .formatted(starts.length, ends.length));
    }
    return new RawBlock(source, offset, bytes, starts, ends, null);
  }

  /** A block of one record. */
  public static RawBlock of(RawRecord raw) {
    byte[] payload = raw.payload();
    return new RawBlock(
        raw.source(), raw.offset(), payload, new int[] {0}, new int[] {payload.length}, null);
  }

  /** A block of messages, each of which has its envelope between its end and the next start. */
  static RawBlock ofMessages(String source, byte[] bytes, int[] starts, int[] ends) {
    return new RawBlock(source, 0, bytes, starts, ends, null, Kind.MESSAGES);
  }

  /** A block of text lines without their line ends, the first at offset 0 of the source. */
  public static RawBlock ofLines(String source, String... lines) {
    int[] starts = new int[lines.length];
    int[] ends = new int[lines.length];
    int at = 0;
    for (int i = 0; i < lines.length; i++) {
      starts[i] = at;
      ends[i] = at + lines[i].getBytes(StandardCharsets.UTF_8).length;
      at = ends[i] + 1;
    }
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return new RawBlock(source, 0, bytes, starts, ends, null);
  }

  /** The same records, as what this header says. */
  public RawBlock withHeader(BlockHeader header) {
    return new RawBlock(source, offset, bytes, starts, ends, header, kind);
  }

  /** The same bytes, as a piece of a line that was too long to be read whole. */
  public RawBlock asPiece() {
    return new RawBlock(source, offset, bytes, starts, ends, null, Kind.PIECE);
  }

  /** Whether it is a piece of a line: to be rejected, even if it looks like a whole record. */
  public boolean isPiece() {
    return kind == Kind.PIECE;
  }

  /** Whether it is of messages, each of which has an envelope. */
  public boolean isOfMessages() {
    return kind == Kind.MESSAGES;
  }

  /** Whether a record is a message without a value: to be rejected. */
  public boolean isTombstone(int index) {
    return isOfMessages() && Envelope.isTombstone(bytes, ends[index]);
  }

  /** What all records need to be understood, if they are CSV or Avro. */
  public Optional<BlockHeader> header() {
    return Optional.ofNullable(header);
  }

  /** The file, or the topic and partition, that the records were read from. */
  public String source() {
    return source;
  }

  /** The number of records. */
  public int size() {
    return starts.length;
  }

  /** The array that holds the records: to be read only. */
  public byte[] array() {
    return bytes;
  }

  /** Where a record starts in {@link #array()}. */
  public int start(int index) {
    return starts[index];
  }

  /** Where a record ends in {@link #array()}, exclusive. */
  public int end(int index) {
    return ends[index];
  }

  /** The place of a record in the source. */
  public long offset(int index) {
    if (isOfMessages()) {
      return Envelope.offset(bytes, ends[index]);
    }
    return offset + (header instanceof AvroHeader ? index : starts[index]);
  }

  /** When a record was published, if it is a message and that is known. */
  public OptionalLong publishedMillis(int index) {
    return isOfMessages() ? Envelope.publishedMillis(bytes, ends[index]) : OptionalLong.empty();
  }

  /** A copy of one record. */
  public RawRecord raw(int index) {
    byte[] payload = Arrays.copyOfRange(bytes, starts[index], ends[index]);
    return isOfMessages()
        ? new RawRecord(source, offset(index), payload, Envelope.decode(bytes, ends[index]))
        : new RawRecord(source, offset(index), payload);
  }

  /** Where a record and its envelope end together. */
  int endWithEnvelope(int index) {
    if (!isOfMessages()) {
      return ends[index];
    }
    return index + 1 < starts.length ? starts[index + 1] : bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawBlock that
        && offset == that.offset
        && source.equals(that.source)
        && Arrays.equals(bytes, that.bytes)
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(ends, that.ends)
        && Objects.equals(header, that.header)
        && kind == that.kind;
  }

  @Override
  public int hashCode() {
    return 31 * source.hashCode() + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return "%s@%s: %s records".formatted(source, isOfMessages() ? offset(0) : offset, size());
  }

  /**
   * The coder: source, offset (8 bytes), bytes, number of records, then for each the gap before it
   * and its length; then one array for the header: a zero for a piece of a line, or else what
   * {@link HeaderBytes} makes of it, after a two for messages. Deterministic.
   */
  public static final class BlockCoder extends AtomicCoder<RawBlock> {
    private static final long serialVersionUID = 1L;
    private static final BlockCoder INSTANCE = new BlockCoder();

    /** What stands for a header. */
    private static final byte[] PIECE = {0};

    /** Comes before the header of messages: no other header begins so. */
    private static final byte MESSAGES = 2;

    private BlockCoder() {}

    /** The one coder of raw blocks. */
    public static BlockCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(RawBlock block, OutputStream out) throws IOException {
      Bytes.writeString(block.source, out);
      Bytes.writeLong(block.offset, out);
      Bytes.writeBytes(block.bytes, out);
      VarInt.encode(block.starts.length, out);
      int at = 0;
      for (int i = 0; i < block.starts.length; i++) {
        VarInt.encode(block.starts[i] - at, out);
        VarInt.encode(block.ends[i] - block.starts[i], out);
        at = block.ends[i];
      }
      Bytes.writeBytes(encoded(block), out);
    }

    @Override
    public RawBlock decode(InputStream in) throws IOException {
      String source = Bytes.readString(in);
      long offset = Bytes.readLong(in);
      byte[] bytes = Bytes.readBytes(in);
      int count = VarInt.decodeInt(in);
      int[] starts = new int[count];
      int[] ends = new int[count];
      int at = 0;
      for (int i = 0; i < count; i++) {
        starts[i] = at + VarInt.decodeInt(in);
        ends[i] = starts[i] + VarInt.decodeInt(in);
        at = ends[i];
      }
      byte[] header = Bytes.readBytes(in);
      if (Arrays.equals(header, PIECE)) {
        return new RawBlock(source, offset, bytes, starts, ends, null, Kind.PIECE);
      }
      if (header.length > 0 && header[0] == MESSAGES) {
        BlockHeader inner = HeaderBytes.decode(Arrays.copyOfRange(header, 1, header.length));
        return new RawBlock(source, offset, bytes, starts, ends, inner, Kind.MESSAGES);
      }
      return new RawBlock(source, offset, bytes, starts, ends, HeaderBytes.decode(header));
    }

    private static byte[] encoded(RawBlock block) throws IOException {
      byte[] header = HeaderBytes.encode(block.header);
      return switch (block.kind) {
        case PIECE -> PIECE;
        case MESSAGES -> joined(MESSAGES, header);
        case RECORDS -> header;
      };
    }

    private static byte[] joined(byte start, byte[] rest) {
      byte[] joined = new byte[1 + rest.length];
      joined[0] = start;
      System.arraycopy(rest, 0, joined, 1, rest.length);
      return joined;
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
