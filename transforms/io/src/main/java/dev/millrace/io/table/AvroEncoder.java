package dev.millrace.io.table;

import dev.millrace.io.Compression;
import dev.millrace.io.TableEncoder;
import dev.millrace.io.avro.AvroBytes;
import dev.millrace.io.avro.AvroCodec;
import dev.millrace.io.avro.AvroContainer;
import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.RecordSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes rows as the blocks of an Avro container file. All files of a table have the same schema
 * and marker, so blocks are joined by putting them after a header.
 */
final class AvroEncoder implements TableEncoder {
  /** What Avro's own writer has by default. */
  private static final int BLOCK_BYTES = 64_000;

  private final RecordSchema schema;
  private final AvroContainer container;
  private final AvroBytes block = new AvroBytes();

  AvroEncoder(RecordSchema schema, Compression compression) {
    this.schema = schema;
    this.container = new AvroContainer(AvroSchemas.of(schema), codec(compression));
  }

  private static AvroCodec codec(Compression compression) {
    return switch (compression) {
      case ZSTD -> AvroCodec.ZSTANDARD;
      case SNAPPY -> AvroCodec.SNAPPY;
      case GZIP -> AvroCodec.DEFLATE;
      case NONE -> AvroCodec.NULL;
    };
  }

  @Override
  public String extension() {
    return ".avro";
  }

  @Override
  public byte[] encode(List<Record> rows) {
    AvroBytes blocks = new AvroBytes();
    block.clear();
    int first = 0;
    for (int row = 0; row < rows.size(); row++) {
      object(rows.get(row), schema);
      if (block.length() >= BLOCK_BYTES || row == rows.size() - 1) {
        container.block(row + 1L - first, block, blocks);
        block.clear();
        first = row + 1;
      }
    }
    return Arrays.copyOf(blocks.array(), blocks.length());
  }

  @Override
  public void join(List<Part> rowGroups, OutputStream out) throws IOException {
    AvroBytes header = new AvroBytes();
    container.header(header);
    out.write(header.array(), 0, header.length());
    for (Part rowGroup : rowGroups) {
      out.write(rowGroup.read());
    }
  }

  private void object(Record object, RecordSchema fields) {
    for (int i = 0; i < fields.size(); i++) {
      RecordSchema.Field field = fields.field(i);
      if (there(object.isNull(i), field, fields.name())) {
        switch (field.type()) {
          case STRING -> block.bytes(object.array(), object.textStart(i), object.textLength(i));
          case OBJECT -> object(object.objectAt(i), field.nested());
          case ARRAY -> array(object.arrayAt(i));
          default -> slot(field, object.longAt(i));
        }
      }
    }
  }

  private void array(RecordArray values) {
    RecordSchema.Field element = values.element();
    if (values.size() > 0) {
      block.number(values.size());
    }
    for (int i = 0; i < values.size(); i++) {
      if (there(values.isNull(i), element, element.name())) {
        switch (element.type()) {
          case STRING -> block.bytes(values.array(), values.textStart(i), values.textLength(i));
          case OBJECT -> object(values.objectAt(i), element.nested());
          case ARRAY -> array(values.arrayAt(i));
          default -> slot(element, values.longAt(i));
        }
      }
    }
    block.number(0);
  }

  /** Writes the branch of a union, and tells whether a value comes next. */
  private boolean there(boolean absent, RecordSchema.Field field, String in) {
    if (field.nullable()) {
      block.number(absent ? 0 : 1);
    } else if (absent) {
      throw new IllegalArgumentException(
          "Cannot write %s: required field %s has no value".formatted(in, field.name()));
    }
    return !absent;
  }

  private void slot(RecordSchema.Field field, long value) {
    switch (field.type()) {
      case NUMBER -> block.float64(Double.longBitsToDouble(value));
      case BOOLEAN -> block.write((int) value);
      case DECIMAL -> block.decimal(value);
      default -> block.number(value);
    }
  }
}
