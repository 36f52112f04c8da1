package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.Record;
import dev.millrace.record.RecordArray;
import dev.millrace.record.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a record has a value at a place that is missing or breaks limits. A place in an object
 * that isn't there has none. Without a violation it costs no object but a list.
 */
final class ValueTest implements RecordTest {
  private static final long serialVersionUID = 1L;

  /** The index of the field in the record, of the one in that; for what an array has it is 0. */
  private final int[] path;

  private final boolean nulls;

  /** Null if only nulls count. */
  private final FieldRule limits;

  ValueTest(int[] path, boolean nulls, FieldRule limits) {
    this.path = path.clone();
    this.nulls = nulls;
    this.limits = limits;
  }

  @Override
  public boolean counts(Record record) {
    return counts(record, 0);
  }

  private boolean counts(Record record, int depth) {
    int field = path[depth];
    if (record.isNull(field)) {
      return nulls && isLast(depth);
    }
    if (isLast(depth)) {
      return breaks(record.array(), record.longAt(field), record.textStart(field));
    }
    return record.schema().field(field).type() == FieldType.OBJECT
        ? counts(record.objectAt(field), depth + 1)
        : anyCounts(record.arrayAt(field), depth + 1);
  }

  private boolean anyCounts(RecordArray array, int depth) {
    for (int i = 0; i < array.size(); i++) {
      if (counts(array, i, depth)) {
        return true;
      }
    }
    return false;
  }

  private boolean counts(RecordArray array, int element, int depth) {
    if (array.isNull(element)) {
      return nulls && isLast(depth);
    }
    if (isLast(depth)) {
      return breaks(array.array(), array.longAt(element), array.textStart(element));
    }
    return array.element().type() == FieldType.OBJECT
        ? counts(array.objectAt(element), depth + 1)
        : anyCounts(array.arrayAt(element), depth + 1);
  }

  private boolean isLast(int depth) {
    return depth == path.length - 1;
  }

  private boolean breaks(byte[] array, long slot, int textStart) {
    if (limits == null) {
      return false;
    }
    List<Violation> violations = new ArrayList<>(0);
    switch (limits.type()) {
      case STRING -> limits.check(array, textStart, (int) slot, violations);
      case NUMBER -> limits.check(Double.longBitsToDouble(slot), violations);
      default -> limits.check(slot, violations);
    }
    return !violations.isEmpty();
  }
}
