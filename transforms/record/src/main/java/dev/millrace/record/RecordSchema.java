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

  /**
   * One field.
   *
   * @param nullable whether a record may lack a value for it
   * @param precision the digits of a DECIMAL, else 0
   * @param scale how many of them come after the point
   * @param nested the fields of an OBJECT, or the one field that describes the elements of an
   *     ARRAY, else null
   */
  public record Field(
      String name, FieldType type, boolean nullable, int precision, int scale, RecordSchema nested)
      implements Serializable {
    /** As many digits as always fit 64 bits. */
    public static final int MOST_DIGITS = 18;

    private static final String ELEMENT = "element";

    /** Checks that the type has what it needs. */
    public Field {
      boolean decimal = type == FieldType.DECIMAL;
      if (decimal ? precision < 1 || precision > MOST_DIGITS : precision != 0) {
        throw new IllegalArgumentException(
            "Invalid precision of %s: %s (expected 1 to %s for a decimal, 0 for others)"
                .formatted(name, precision, MOST_DIGITS));
      }
      if (scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "Invalid scale of %s: %s (expected 0 to %s)".formatted(name, scale, precision));
      }
      boolean nests = type == FieldType.OBJECT || type == FieldType.ARRAY;
      if (nests != (nested != null) || (type == FieldType.ARRAY && nested.size() != 1)) {
        throw new IllegalArgumentException(
            "Invalid fields of %s: %s (expected some for an object, one for an array)"
                .formatted(name, nested));
      }
    }

    /** A field of a type that needs no more said. */
    public Field(String name, FieldType type, boolean nullable) {
      this(name, type, nullable, 0, 0, null);
    }

    /** A field that every record has a value for. */
    public static Field required(String name, FieldType type) {
      return new Field(name, type, false);
    }

    /** A field that may be null. */
    public static Field optional(String name, FieldType type) {
      return new Field(name, type, true);
    }

    /** A decimal of so many digits, of which {@code scale} come after the point; may be null. */
    public static Field decimal(String name, int precision, int scale) {
      return new Field(name, FieldType.DECIMAL, true, precision, scale, null);
    }

    /** An object with these fields; may be null. */
    public static Field object(String name, Field... fields) {
      return new Field(name, FieldType.OBJECT, true, 0, 0, RecordSchema.of(name, fields));
    }

    /** An array whose elements have the type of a field, whatever its name; may be null. */
    public static Field array(String name, Field element) {
      Field named = element.named(ELEMENT);
      return new Field(name, FieldType.ARRAY, true, 0, 0, RecordSchema.of(name, named));
    }

    /** The same field with a value in every record. */
    public Field required() {
      return new Field(name, type, false, precision, scale, nested);
    }

    /** What the elements of an ARRAY are. */
    public Field element() {
      return nested.field(0);
    }

    private Field named(String other) {
      return new Field(other, type, nullable, precision, scale, nested);
    }

    @Override
    public String toString() {
      String detail = type == FieldType.DECIMAL ? "(" + precision + "," + scale + ")" : "";
      return name
          + " "
          + type
          + detail
          + (nested == null ? "" : nested.fields())
          + (nullable ? "?" : "");
    }
  }

  private final String name;
  private final List<Field> fields;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final int[] fieldsApart;

  private RecordSchema(String name, List<Field> fields) {
    this.name = name;
    this.fields = List.copyOf(fields);
    this.fieldsApart =
        IntStream.range(0, fields.size()).filter(i -> fields.get(i).type().isApart()).toArray();
    for (Field field : this.fields) {
      if (indexes.put(field.name(), indexes.size()) != null) {
        throw new IllegalArgumentException(
            "Invalid schema %s: field %s appears twice".formatted(name, field.name()));
      }
    }
  }

  /** The indexes of the fields whose values are apart from their slots: to be read only. */
  int[] fieldsApart() {
    return fieldsApart;
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
