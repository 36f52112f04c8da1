package dev.millrace.io.table;

import dev.millrace.io.Compression;
import dev.millrace.io.TableEncoder;
import dev.millrace.io.parquet.RowGroupEncoder;
import dev.millrace.record.RecordSchema;
import java.util.Arrays;

/** How the files of a table are written. */
public enum TableFormat {
  /** Parquet, whose pages are compressed. */
  PARQUET {
    @Override
    TableEncoder encoder(RecordSchema schema, Compression compression) {
      return new RowGroupEncoder(schema, compression);
    }
  },
  /** One JSON object a line, in files that are compressed as a whole. */
  NDJSON {
    @Override
    TableEncoder encoder(RecordSchema schema, Compression compression) {
      return new JsonEncoder(compression);
    }
  },
  /** Avro container files, whose blocks are compressed: GZIP is what Avro calls deflate. */
  AVRO {
    @Override
    TableEncoder encoder(RecordSchema schema, Compression compression) {
      return new AvroEncoder(schema, compression);
    }
  };

  /**
   * The format of this name, in letters of any case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TableFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " (expected parquet, ndjson or avro)"));
  }

  /**
   * Checks that files of this format can be compressed so.
   *
   * @throws IllegalArgumentException if they can't
   */
  void check(Compression compression) {
    if (this == NDJSON && compression == Compression.SNAPPY) {
      throw new IllegalArgumentException(
          "Invalid compression of NDJSON: SNAPPY (expected ZSTD, GZIP or NONE)");
    }
  }

  /**
   * Encodes rows of this schema.
   *
   * @throws IllegalArgumentException if the format has no such schema
   */
  abstract TableEncoder encoder(RecordSchema schema, Compression compression);
}
