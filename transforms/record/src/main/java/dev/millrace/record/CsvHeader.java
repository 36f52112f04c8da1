package dev.millrace.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the records of a CSV file need to be understood: the file's first record, which names their
 * columns, not yet looked into; and how all are written. Immutable.
 */
public final class CsvHeader implements BlockHeader {
  private final CsvDialect dialect;
  private final byte[] bytes;

  /**
   * A header.
   *
   * @param bytes the record that names the columns, without its line end; shared
   */
  public CsvHeader(CsvDialect dialect, byte[] bytes) {
    this.dialect = dialect;
    this.bytes = bytes;
  }

  /** How the header and the records are written. */
  public CsvDialect dialect() {
    return dialect;
  }

  /** The names of the columns, written as CSV: to be read only. */
  public byte[] array() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CsvHeader that
        && dialect.equals(that.dialect)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * dialect.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
