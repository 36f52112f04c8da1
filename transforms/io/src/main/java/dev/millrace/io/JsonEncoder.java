package dev.millrace.io;

import com.github.luben.zstd.Zstd;
import dev.millrace.record.Record;
import dev.millrace.record.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Encodes rows as lines of JSON. A row group is a whole stream of the compression, and a file
 * several in a row, as {@code cat} makes them and every reader takes them.
 */
final class JsonEncoder implements TableEncoder {
  private static final int ZSTD_LEVEL = 1;

  private final JsonLines lines;
  private final Compression compression;

  JsonEncoder(RecordSchema schema, Compression compression) {
    this.lines = new JsonLines(schema);
    this.compression = compression;
  }

  @Override
  public String extension() {
    return switch (compression) {
      case ZSTD -> ".ndjson.zst";
      case GZIP -> ".ndjson.gz";
      case NONE, SNAPPY -> ".ndjson";
    };
  }

  @Override
  public byte[] encode(List<Record> rows) throws IOException {
    lines.clear();
    rows.forEach(lines::add);
    return switch (compression) {
      case ZSTD -> Zstd.compress(lines.bytes(), ZSTD_LEVEL);
      case GZIP -> gzip(lines.bytes());
      case NONE, SNAPPY -> lines.bytes();
    };
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Override
  public void join(List<Part> rowGroups, OutputStream out) throws IOException {
    for (Part rowGroup : rowGroups) {
      out.write(rowGroup.read());
    }
  }
}
