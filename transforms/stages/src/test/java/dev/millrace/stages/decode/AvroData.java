package dev.millrace.stages.decode;

import dev.millrace.record.AvroHeader;
import dev.millrace.record.RawBlock;
import dev.millrace.record.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Records in Avro's binary encoding, as Avro's own library writes them. */
final class AvroData {
  private AvroData() {}

  /** A schema of records with these fields, each as {@code "name": schema}. */
  static String schema(String... fields) {
    StringBuilder schema = new StringBuilder("{\"type\":\"record\",\"name\":\"row\",\"fields\":[");
    for (String field : fields) {
      int colon = field.indexOf(':');
      schema.append("{\"name\":").append(field, 0, colon);
      schema.append(",\"type\":").append(field, colon + 1, field.length()).append("},");
    }
    schema.setLength(schema.length() - (fields.length == 0 ? 0 : 1));
    return schema.append("]}").toString();
  }

  /** The datum of a record in Avro's JSON encoding. */
  static byte[] datum(String schema, String json) {
    try {
      Schema writer = new Schema.Parser().parse(schema);
      Object datum =
          new GenericDatumReader<>(writer)
              .read(null, DecoderFactory.get().jsonDecoder(writer, json));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(writer).write(datum, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot encode " + json + ": it doesn't fit", e);
    }
  }

  /** A block of one datum, which is not the first of its source. */
  static RawBlock block(String schema, byte[] datum) {
    return RawBlock.of(new RawRecord("source", 100, datum)).withHeader(new AvroHeader(schema));
  }

  /** A block of one record in Avro's JSON encoding. */
  static RawBlock block(String schema, String json) {
    return block(schema, datum(schema, json));
  }
}
