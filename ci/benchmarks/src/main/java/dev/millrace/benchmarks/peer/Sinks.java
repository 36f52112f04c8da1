package dev.millrace.benchmarks.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.millrace.benchmarks.plain.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.Schema;
import org.apache.avro.reflect.ReflectData;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetBuilder;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.formats.parquet.avro.AvroParquetWriters;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Where the job writes to. */
public final class Sinks {
  /** Millrace's level, in place of the default of 3: both are to compress as hard. */
  private static final String ZSTD_LEVEL = "1";

  private Sinks() {}

  /**
   * Parquet files in a folder a day. The writers are those of {@link
   * AvroParquetWriters#forReflectRecord}, which has no way to name a codec, so they are built here.
   */
  public static <T> FileSink<T> parquet(
      Path folder, Class<T> type, SerializableFunction<T, Long> micros) {
    Schema schema = ReflectData.get().getSchema(type);
    ParquetBuilder<T> builder =
        out ->
            AvroParquetWriter.<T>builder(out)
                .withSchema(schema)
                .withDataModel(ReflectData.get())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .config(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, ZSTD_LEVEL)
                .build();
    return FileSink.forBulkFormat(folder, new ParquetWriterFactory<>(builder))
        .withBucketAssigner(new Days<>(micros))
        .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".parquet").build())
        .build();
  }

  /** Rejections as JSON lines. */
  public static FileSink<Rejection> rejections(Path folder) {
    return FileSink.<Rejection>forRowFormat(folder, new JsonLines())
        .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".ndjson").build())
        .build();
  }

  private static final class JsonLines implements Encoder<Rejection> {
    private transient ObjectWriter writer;

    @Override
    public void encode(Rejection rejection, OutputStream out) throws IOException {
      if (writer == null) {
        writer = new ObjectMapper().writerFor(Rejection.class);
      }
      out.write(writer.writeValueAsBytes(rejection));
      out.write('\n');
    }
  }
}
