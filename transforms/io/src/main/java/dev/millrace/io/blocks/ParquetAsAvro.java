package dev.millrace.io.blocks;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.StringJoiner;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The Avro schema of a Parquet schema, in which the rows of {@link ParquetDatum} are written: an
 * optional field is a union with null, a repeated one an array. Records are named by numbers, as
 * groups have no names that are unique.
 */
final class ParquetAsAvro {
  private int records;

  private ParquetAsAvro() {}

  /** The schema in JSON. */
  static String schema(MessageType type) {
    return new ParquetAsAvro().object(type);
  }

  private String object(GroupType group) {
    String name = "group" + records++;
    StringJoiner fields = new StringJoiner(",");
    for (Type field : group.getFields()) {
      String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(field.getName()));
      fields.add("{\"name\":\"%s\",\"type\":%s}".formatted(quoted, field(field)));
    }
    return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[%s]}".formatted(name, fields);
  }

  private String field(Type field) {
    return switch (field.getRepetition()) {
      case REQUIRED -> value(field);
      case OPTIONAL -> "[\"null\",%s]".formatted(value(field));
      case REPEATED -> array(value(field));
    };
  }

  private static String array(String items) {
    return "{\"type\":\"array\",\"items\":%s}".formatted(items);
  }

  private String value(Type type) {
    if (type.isPrimitive()) {
      return ParquetLeaf.schema(type.asPrimitiveType());
    }
    GroupType group = type.asGroupType();
    return switch (ParquetForm.of(group)) {
      case OBJECT -> object(group);
      case LIST_OF_REPEATED -> array(value(group.getType(0)));
      case LIST_OF_WRAPPED -> array(field(group.getType(0).asGroupType().getType(0)));
      case MAP ->
          "{\"type\":\"map\",\"values\":%s}"
              .formatted(field(group.getType(0).asGroupType().getType(1)));
    };
  }
}
