package dev.millrace.io.blocks;

import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * What a group of columns stands for, as Parquet's LogicalTypes.md has it with its legacy rules.
 */
enum ParquetForm {
  /** Fields of their own. */
  OBJECT,
  /** A list whose repeated field is the element. */
  LIST_OF_REPEATED,
  /** A list whose repeated field is a group around the element, which may be null. */
  LIST_OF_WRAPPED,
  /** Entries with a text as their key. */
  MAP;

  static ParquetForm of(GroupType group) {
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Repetition.REPEATED)) {
      return OBJECT;
    }
    if (logical instanceof ListLogicalTypeAnnotation) {
      return isElement(group.getType(0), group.getName()) ? LIST_OF_REPEATED : LIST_OF_WRAPPED;
    }
    if (logical instanceof MapLogicalTypeAnnotation
        || logical instanceof MapKeyValueTypeAnnotation) {
      return isTextEntry(group.getType(0)) ? MAP : LIST_OF_REPEATED;
    }
    return OBJECT;
  }

  private static boolean isElement(Type repeated, String list) {
    if (repeated.isPrimitive()) {
      return true;
    }
    List<Type> fields = repeated.asGroupType().getFields();
    return fields.size() != 1
        || fields.get(0).isRepetition(Repetition.REPEATED)
        || repeated.getName().equals("array")
        || repeated.getName().equals(list + "_tuple");
  }

  private static boolean isTextEntry(Type entry) {
    if (entry.isPrimitive() || entry.asGroupType().getFieldCount() != 2) {
      return false;
    }
    Type key = entry.asGroupType().getType(0);
    return key.isPrimitive()
        && key.isRepetition(Repetition.REQUIRED)
        && ParquetLeaf.of(key.asPrimitiveType()) == ParquetLeaf.STRING
        && !entry.asGroupType().getType(1).isRepetition(Repetition.REPEATED);
  }
}
