package dev.millrace.io.table;

import com.github.luben.zstd.Zstd;
import dev.millrace.io.Compression;
import dev.millrace.io.JsonText;
import dev.millrace.io.TableEncoder;
import dev.millrace.record.Record;
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

  private final JsonText json = new JsonText();
  private final Compression compression;

  JsonEncoder(Compression compression) {
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
    json.clear();
    rows.forEach(json::line);
    return switch (compression) {
      case ZSTD -> Zstd.compress(json.bytes(), ZSTD_LEVEL);
      case GZIP -> gzip(json.bytes());
      case NONE, SNAPPY -> json.bytes();
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
