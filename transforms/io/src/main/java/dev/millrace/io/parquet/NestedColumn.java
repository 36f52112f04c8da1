package dev.millrace.io.parquet;

import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes one column of an object or array, with the levels that tell where its values belong (S.
 * Melnik et al., "Dremel: Interactive Analysis of Web-Scale Datasets", 2010): for each value, how
 * many of the optional and repeated fields on the way to it are there, and at which of the repeated
 * ones it is not the first.
 */
final class NestedColumn {

  /** One field on the way; {@code index} tells which of its object's. */
  private record Step(int index, RecordSchema.Field field) {}

  private final List<Step> path;
  private ColumnWriter column;

  private NestedColumn(List<Step> path) {
    this.path = path;
  }

  /** The columns of a field, in the order of Parquet's schema. */
  static List<NestedColumn> of(RecordSchema.Field field, int index) {
    List<NestedColumn> columns = new ArrayList<>();
    collect(List.of(new Step(index, field)), columns);
    return columns;
  }

  private static void collect(List<Step> path, List<NestedColumn> columns) {
    RecordSchema nested = path.get(path.size() - 1).field.nested();
    if (nested == null) {
      columns.add(new NestedColumn(path));
      return;
    }
    for (int i = 0; i < nested.size(); i++) {
      List<Step> longer = new ArrayList<>(path);
      longer.add(new Step(i, nested.field(i)));
      collect(longer, columns);
    }
  }

  /** Writes the column's values of some rows. */
  void write(List<Record> rows, ColumnWriter to) {
    column = to;
    for (Record row : rows) {
      field(row, 0, 0, 0, 0);
    }
  }

  private void field(Record object, int step, int repetition, int definition, int repeated) {
    Step next = path.get(step);
    if (object.isNull(next.index)) {
      absent(next.field, repetition, definition);
      return;
    }
    int defined = definition + (next.field.nullable() ? 1 : 0);
    switch (next.field.type()) {
      case OBJECT -> field(object.objectAt(next.index), step + 1, repetition, defined, repeated);
      case ARRAY ->
          elements(object.arrayAt(next.index), step + 1, repetition, defined, repeated + 1);
      case STRING -> {
        int start = object.textStart(next.index);
        text(object.array(), start, object.textLength(next.index), repetition, defined);
      }
      default -> value(next.field, object.longAt(next.index), repetition, defined);
    }
  }

  private void elements(RecordArray array, int step, int repetition, int definition, int repeated) {
    if (array.size() == 0) {
      column.writeNull(repetition, definition);
    }
    RecordSchema.Field element = array.element();
    int defined = definition + 1 + (element.nullable() ? 1 : 0);
    for (int i = 0; i < array.size(); i++) {
      int level = i == 0 ? repetition : repeated;
      if (array.isNull(i)) {
        absent(element, level, definition + 1);
        continue;
      }
      switch (element.type()) {
        case OBJECT -> field(array.objectAt(i), step + 1, level, defined, repeated);
        case ARRAY -> elements(array.arrayAt(i), step + 1, level, defined, repeated + 1);
        case STRING -> text(array.array(), array.textStart(i), array.textLength(i), level, defined);
        default -> value(element, array.longAt(i), level, defined);
      }
    }
  }

  private void absent(RecordSchema.Field field, int repetition, int definition) {
    if (!field.nullable()) {
      throw new IllegalArgumentException(
          "Cannot write %s: required field %s has no value"
              .formatted(path.get(0).field.name(), field.name()));
    }
    column.writeNull(repetition, definition);
  }

  private void text(byte[] array, int start, int length, int repetition, int definition) {
    column.write(Binary.fromConstantByteArray(array, start, length), repetition, definition);
  }

  private void value(RecordSchema.Field field, long slot, int repetition, int definition) {
    switch (MessageTypes.physical(field)) {
      case DOUBLE -> column.write(Double.longBitsToDouble(slot), repetition, definition);
      case BOOLEAN -> column.write(slot != 0, repetition, definition);
      case INT32 -> column.write(Math.toIntExact(slot), repetition, definition);
      default -> column.write(slot, repetition, definition);
    }
  }
}
