package dev.millrace.io.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * The footer of a Parquet file with the encodings of each column in one order. Parquet lists them
 * as a hash set has them, by where the process has put them in memory: the same rows would give
 * other bytes in each.
 */
final class ParquetFooter {
  /** The length of the footer, and four characters. */
  private static final int TAIL = 8;

  private ParquetFooter() {}

  /** The end of a file, its whole footer in it, with that in order. */
  static byte[] ordered(byte[] end) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt(end.length - TAIL);
    int start = end.length - TAIL - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(end, start, length));
    footer
        .getRow_groups()
        .forEach(
            group ->
                group
                    .getColumns()
                    .forEach(column -> Collections.sort(column.getMeta_data().getEncodings())));
    ByteArrayOutputStream ordered = new ByteArrayOutputStream(length);
    Util.writeFileMetaData(footer, ordered);
    ByteArrayOutputStream out = new ByteArrayOutputStream(end.length);
    out.write(end, 0, start);
    ordered.writeTo(out);
    bytes.putInt(end.length - TAIL, ordered.size());
    out.write(end, end.length - TAIL, TAIL);
    return out.toByteArray();
  }
}
