package dev.millrace.record;

/** The type of a field of a {@link Record}, and what its eight-byte slot holds. */
public enum FieldType {
  /** UTF-8 text; the slot holds where it starts and how many bytes it has. */
  STRING,
  /** A signed 64-bit integer. */
  INTEGER,
  /**
   * An IEEE 754 double; never NaN, and -0.0 is kept as 0.0 so that equal numbers are equal bytes.
   */
  NUMBER,
  /** A decimal number of up to 18 digits, as an integer in units of the field's last digit. */
  DECIMAL,
  /** 1 for true, 0 for false. */
  BOOLEAN,
  /** Days since 1970-01-01 in the proleptic ISO calendar. */
  DATE,
  /** Microseconds since midnight, of a time without a date or a zone. */
  TIME,
  /** Microseconds since 1970-01-01T00:00:00Z. */
  TIMESTAMP,
  /** Fields of their own, laid out like a record's; the slot is as for STRING. */
  OBJECT,
  /** Elements of one type; the slot is as for STRING. See {@link RecordArray} for the layout. */
  ARRAY;

  /** Whether the slot tells where the value is, and not the value. */
  boolean isApart() {
    return this == STRING || this == OBJECT || this == ARRAY;
  }
}
