package dev.millrace.io.avro;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the parts of an Avro container file (Avro 1.12, "Object Container Files"). What separates
 * its blocks is made of its schema and not drawn by lot, so that equal records give equal bytes.
 */
public final class AvroContainer {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};

  private final String schema;
  private final AvroCodec codec;
  private final byte[] marker;

  /** A file of records of a schema, as JSON, in blocks that the codec compresses. */
  public AvroContainer(String schema, AvroCodec codec) {
    this.schema = schema;
    this.codec = codec;
    this.marker =
        Hashing.xxh3_128()
            .hashBytesTo128Bits(schema.getBytes(StandardCharsets.UTF_8))
            .toByteArray();
  }

  /** Adds what comes before the blocks. */
  public void header(AvroBytes to) {
    to.write(MAGIC, 0, MAGIC.length);
    to.number(2);
    entry("avro.codec", codec.code(), to);
    entry("avro.schema", schema, to);
    to.number(0);
    to.write(marker, 0, marker.length);
  }

  private static void entry(String key, String value, AvroBytes to) {
    text(key, to);
    text(value, to);
  }

  private static void text(String text, AvroBytes to) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    to.bytes(utf8, 0, utf8.length);
  }

  /** Adds a block of records. */
  public void block(long records, AvroBytes data, AvroBytes to) {
    byte[] packed = codec.encode(Arrays.copyOf(data.array(), data.length()));
    to.number(records);
    to.bytes(packed, 0, packed.length);
    to.write(marker, 0, marker.length);
  }
}
