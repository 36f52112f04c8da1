package dev.millrace.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * A file that a sink has completed, as the manifest lists it and the audit checks it.
 *
 * @param table the output that it belongs to: {@code records}, {@code aggregates}, {@code late} or
 *     {@code quarantine}
 * @param partition the folder in the table, such as {@code dt=2001-01-15}
 * @param path the file, relative to the folder that all of a run's output goes to
 * @param rows the rows in it
 * @param bytes its size
 */
public record WrittenFile(String table, String partition, String path, long rows, long bytes) {

  /** The coder: table, partition, path, rows and bytes (8 bytes each). Deterministic. */
  public static final class WrittenFileCoder extends AtomicCoder<WrittenFile> {
    private static final long serialVersionUID = 1L;
    private static final WrittenFileCoder INSTANCE = new WrittenFileCoder();

    private WrittenFileCoder() {}

    /** The one coder of written files. */
    public static WrittenFileCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(WrittenFile file, OutputStream out) throws IOException {
      Bytes.writeString(file.table, out);
      Bytes.writeString(file.partition, out);
      Bytes.writeString(file.path, out);
      Bytes.writeLong(file.rows, out);
      Bytes.writeLong(file.bytes, out);
    }

    @Override
    public WrittenFile decode(InputStream in) throws IOException {
      return new WrittenFile(
          Bytes.readString(in),
          Bytes.readString(in),
          Bytes.readString(in),
          Bytes.readLong(in),
          Bytes.readLong(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
