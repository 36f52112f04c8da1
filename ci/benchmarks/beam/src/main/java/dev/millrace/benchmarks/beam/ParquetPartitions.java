package dev.millrace.benchmarks.beam;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.schemas.utils.AvroUtils;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.Requirements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes rows as Parquet to a folder a day. */
final class ParquetPartitions {
  /** Millrace's level, in place of the default of 3. */
  private static final Map<String, String> ZSTD_LEVEL =
      Map.of("parquet.compression.codec.zstd.level", "1");

  private ParquetPartitions() {}

  /** Writes rows to a table, by the day of a field of theirs. */
  static FileIO.Write<String, Row> to(
      String folder, org.apache.beam.sdk.schemas.Schema rows, String time) {
    Schema avro = AvroUtils.toAvroSchema(rows);
    SerializableFunction<Row, String> day =
        row -> "dt=" + row.getDateTime(time).toInstant().toString().substring(0, 10);
    Contextful.Fn<Row, GenericRecord> record = (row, context) -> AvroUtils.toGenericRecord(row);
    return FileIO.<String, Row>writeDynamic()
        .by(day)
        .withDestinationCoder(StringUtf8Coder.of())
        .via(
            Contextful.fn(record, Requirements.empty()),
            ParquetIO.sink(avro)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withConfiguration(ZSTD_LEVEL))
        .to(folder)
        .withNaming(partition -> FileIO.Write.defaultNaming(partition + "/part", ".parquet"));
  }
}
