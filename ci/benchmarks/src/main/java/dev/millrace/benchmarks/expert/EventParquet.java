package dev.millrace.benchmarks.expert;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** Makes writers of rows, compressed as everybody's are. */
public final class EventParquet extends ParquetWriter.Builder<EventRow, EventParquet> {
  /** Columns of which nearly every value is another: a dictionary of them is given up later. */
  private static final String[] DISTINCT = {"id", "session_id", "page", "event_time"};

  private EventParquet(OutputFile file) {
    super(file);
  }

  /** A writer of a file. */
  public static ParquetWriter<EventRow> writer(OutputFile file) throws IOException {
    EventParquet builder =
        new EventParquet(file)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .config(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, "1");
    for (String column : DISTINCT) {
      builder.withDictionaryEncoding(column, false);
    }
    return builder.build();
  }

  @Override
  protected EventParquet self() {
    return this;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  protected WriteSupport<EventRow> getWriteSupport(Configuration configuration) {
    return new EventWriteSupport();
  }
}
