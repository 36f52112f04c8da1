package dev.millrace.record;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ordered, typed fields of a {@link Record}. Immutable; equal when name and fields are equal.
 *
 * <p>All records of one {@code PCollection} share one schema, which their {@link RecordCoder}
 * knows: it is not repeated in the records' bytes.
 */
public final class RecordSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  /** One field: its name, its type, and whether a record may lack a value for it. */
  public record Field(String name, FieldType type, boolean nullable) implements Serializable {
    /** A field that every record has a value for. */
    public static Field required(String name, FieldType type) {
      return new Field(name, type, false);
    }

    /** A field that may be null. */
    public static Field optional(String name, FieldType type) {
      return new Field(name, type, true);
    }
  }

  private final String name;
  private final List<Field> fields;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final int[] textFields;

  private RecordSchema(String name, List<Field> fields) {
    this.name = name;
    this.fields = List.copyOf(fields);
    this.textFields =
        IntStream.range(0, fields.size())
            .filter(i -> fields.get(i).type() == FieldType.STRING)
            .toArray();
    for (Field field : this.fields) {
      if (indexes.put(field.name(), indexes.size()) != null) {
        throw new IllegalArgumentException(
            "Invalid schema %s: field %s appears twice".formatted(name, field.name()));
      }
    }
  }

  /** The indexes of the STRING fields, ascending: to be read only. */
  int[] textFields() {
    return textFields;
  }

  /** A schema with these fields in this order. */
  public static RecordSchema of(String name, List<Field> fields) {
    return new RecordSchema(name, fields);
  }

  /** A schema with these fields in this order. */
  public static RecordSchema of(String name, Field... fields) {
    return new RecordSchema(name, List.of(fields));
  }

  /** The name of the table or topic that has these fields. */
  public String name() {
    return name;
  }

  /** The fields, in the order of their indexes. */
  public List<Field> fields() {
    return fields;
  }

  /** The number of fields. */
  public int size() {
    return fields.size();
  }

  /** The field at an index. */
  public Field field(int index) {
    return fields.get(index);
  }

  /** Whether there is a field of this name. */
  public boolean has(String field) {
    return indexes.containsKey(field);
  }

  /**
   * The index of a field.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists those there
   *     are
   */
  public int index(String field) {
    Integer index = indexes.get(field);
    if (index == null) {
      throw new IllegalArgumentException(
          "Cannot find field %s in %s: its fields are %s"
              .formatted(field, name, fields.stream().map(Field::name).toList()));
    }
    return index;
  }

  /** The indexes of several fields, in the order of the names. */
  public int[] indexes(List<String> names) {
    return names.stream().mapToInt(this::index).toArray();
  }

  /** Where the variable part of a record's content starts: after the null bits and the slots. */
  int fixedLength() {
    return nullBytes() + 8 * fields.size();
  }

  /** The bytes of null bits, in whole words so that the slots are aligned. */
  int nullBytes() {
    return (fields.size() + 63) / 64 * 8;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordSchema that
        && name.equals(that.name)
        && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + fields.hashCode();
  }

  @Override
  public String toString() {
    return name + fields;
  }
}
