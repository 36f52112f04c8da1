package dev.millrace.io.blocks;

import dev.millrace.io.avro.AvroCodec;
import dev.millrace.io.codec.PackedBytes;
import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Cuts an Avro container file (Avro 1.12, "Object Container Files") into blocks of records, each in
 * Avro's binary encoding, with the schema that they were written with. The offset of a record is
 * its number in the file, from 0.
 *
 * <p>Only as much of a record is looked at as tells where it ends. A block of the file is in memory
 * as a whole, and fails the read if it is corrupt: then its records can't be told apart.
 */
public final class AvroBlocks implements RawBlocks {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int MARKER_BYTES = 16;
  private static final int MAX_HEADER_BYTES = 16 << 20;
  private static final int BITS_OF_LONG = 64;

  private final PackedBytes in;
  private final String source;
  private final int blockBytes;
  private final int maxRecordBytes;
  private final RecordSpans spans = new RecordSpans();

  /** Null until the file's own header has been read. */
  private AvroHeader header;

  private AvroCodec codec;
  private AvroSkip datum;
  private byte[] marker;

  /** The file's block that is being given out, and where in the file it starts. */
  private byte[] block = new byte[0];

  private long blockStart;
  private int at;
  private long remaining;
  private long number;

  public AvroBlocks(InputStream in, String source, int blockBytes, int maxRecordBytes) {
    this.in = new PackedBytes(in);
    this.source = source;
    this.blockBytes = blockBytes;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public RawBlock next() throws IOException {
    if (header == null && !readHeader()) {
      return null;
    }
    while (remaining == 0) {
      if (!readBlock()) {
        return null;
      }
    }
    long first = number;
    int start = at;
    while (remaining > 0 && at - start < blockBytes) {
      int end = endOfRecord();
      spans.add(at, end);
      at = end;
      remaining--;
      number++;
    }
    if (remaining == 0 && at < block.length) {
      throw corrupt("%s bytes follow its records".formatted(block.length - at), null);
    }
    return spans.take(source, first, block, header);
  }

  private int endOfRecord() throws IOException {
    int end;
    try {
      end = datum.end(block, at, block.length);
    } catch (IOException e) {
      throw corrupt(e.getMessage(), e);
    }
    if (end == at) {
      throw corrupt("its records have no bytes", null);
    }
    if (end - at > maxRecordBytes) {
      throw new IOException(
          "record %s, in the block at byte %s, is longer than %s bytes"
              .formatted(number, blockStart, maxRecordBytes));
    }
    return end;
  }

  /** Reads what precedes the blocks, if the file is not empty. */
  private boolean readHeader() throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length == 0) {
      return false;
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException(
          "no Avro container file: it starts with %s (expected %s)"
              .formatted(HexFormat.of().formatHex(magic), HexFormat.of().formatHex(MAGIC)));
    }
    Map<String, byte[]> metadata = metadata();
    marker = bytes(MARKER_BYTES);
    codec = AvroCodec.of(text(metadata, "avro.codec", "null"));
    String schema = text(metadata, "avro.schema", "");
    datum = AvroSkip.of(parse(schema));
    header = new AvroHeader(schema);
    return true;
  }

  private static String text(Map<String, byte[]> metadata, String key, String otherwise) {
    byte[] value = metadata.get(key);
    return value == null ? otherwise : new String(value, StandardCharsets.UTF_8);
  }

  private static Schema parse(String schema) throws IOException {
    try {
      return new Schema.Parser(NameValidator.NO_VALIDATION).parse(schema);
    } catch (RuntimeException e) { // more than it declares: an unknown name is a null pointer
      throw new IOException("malformed schema: " + e.getMessage(), e);
    }
  }

  private Map<String, byte[]> metadata() throws IOException {
    Map<String, byte[]> metadata = new HashMap<>();
    for (long entries = number(); entries != 0; entries = number()) {
      if (entries < 0) {
        entries = -entries;
        number(); // how many bytes they have
      }
      for (long i = 0; i < entries; i++) {
        String key = new String(bytes(number()), StandardCharsets.UTF_8);
        metadata.put(key, bytes(number()));
        if (in.taken() > MAX_HEADER_BYTES) {
          throw new IOException("a header of more than %s bytes".formatted(MAX_HEADER_BYTES));
        }
      }
    }
    return metadata;
  }

  /** Reads the next block, unless the file ends before it. */
  private boolean readBlock() throws IOException {
    blockStart = in.taken();
    at = 0;
    int first = in.read();
    if (first < 0) {
      return false;
    }
    remaining = number((byte) first);
    byte[] packed = bytes(number());
    if (remaining < 0 || !Arrays.equals(bytes(MARKER_BYTES), marker)) {
      throw corrupt("it does not end with the marker of the file", null);
    }
    try {
      block = codec.decode(packed);
    } catch (IOException | RuntimeException e) { // decoders throw more than they declare
      throw corrupt("%s: %s".formatted(codec.code(), e.getMessage()), e);
    }
    if (remaining == 0 && block.length > 0) {
      throw corrupt("%s bytes follow its records".formatted(block.length), null);
    }
    return true;
  }

  private long number() throws IOException {
    return number(bytes(1)[0]);
  }

  private long number(byte first) throws IOException {
    byte next = first;
    long bits = next & 0x7fL;
    for (int shift = 7; next < 0 && shift < BITS_OF_LONG; shift += 7) {
      next = bytes(1)[0];
      bits |= (next & 0x7fL) << shift;
    }
    if (next < 0) {
      throw corrupt("an integer of more than 64 bits", null);
    }
    return (bits >>> 1) ^ -(bits & 1);
  }

  private byte[] bytes(long length) throws IOException {
    if (length < 0 || length > AvroCodec.MAX_BYTES) {
      throw corrupt("it has %s bytes (expected at most 128 MB)".formatted(length), null);
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("truncated Avro file after %s bytes".formatted(in.taken()));
    }
    return bytes;
  }

  private IOException corrupt(String reason, Exception cause) {
    return new IOException("corrupt block at byte %s: %s".formatted(blockStart, reason), cause);
  }
}
