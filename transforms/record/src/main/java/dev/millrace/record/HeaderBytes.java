package dev.millrace.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The headers of blocks as bytes. The first one tells them apart: a delimiter for CSV's, which is
 * followed by the quote and the header's own bytes; a one for Avro's, before the schema; a three
 * for a registry's, before schema and problem. Nothing for none.
 */
final class HeaderBytes {
  /** These are no delimiters. */
  private static final byte AVRO = 1;

  private static final byte REGISTRY = 3;

  private HeaderBytes() {}

  /** Encodes a header, or null. */
  static byte[] encode(BlockHeader header) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (header instanceof CsvHeader csv) {
      out.write(csv.dialect().delimiter());
      out.write(csv.dialect().quote());
      out.writeBytes(csv.array());
    } else if (header instanceof AvroHeader avro) {
      out.write(AVRO);
      out.writeBytes(avro.schema().getBytes(StandardCharsets.UTF_8));
    } else if (header instanceof RegistryHeader registry) {
      out.write(REGISTRY);
      Bytes.writeString(registry.schema(), out);
      Bytes.writeString(registry.problem(), out);
    }
    return out.toByteArray();
  }

  /** Decodes what was encoded. */
  static BlockHeader decode(byte[] encoded) throws IOException {
    if (encoded.length == 0) {
      return null;
    }
    if (encoded[0] == AVRO) {
      return new AvroHeader(new String(encoded, 1, encoded.length - 1, StandardCharsets.UTF_8));
    }
    if (encoded[0] == REGISTRY) {
      ByteArrayInputStream in = new ByteArrayInputStream(encoded, 1, encoded.length - 1);
      return new RegistryHeader(Bytes.readString(in), Bytes.readString(in));
    }
    CsvDialect dialect = new CsvDialect((char) encoded[0], (char) encoded[1]);
    return new CsvHeader(dialect, Arrays.copyOfRange(encoded, 2, encoded.length));
  }
}
