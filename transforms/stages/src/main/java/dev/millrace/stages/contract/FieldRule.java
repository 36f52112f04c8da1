package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Violation;
import java.io.Serializable;
import java.util.List;

/**
 * The compiled rules of one field. The decoder, which has already read a value of the field's type,
 * hands it over in the form that a record's slot has; all rules that it breaks are added to a list.
 * A value that breaks none costs a few comparisons and no object, unless the field has a pattern.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class FieldRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RecordSchema.Field field;
  private final TimeFormat format;
  private final LongLimits[] longs;
  private final DoubleLimits[] doubles;
  private final TextLimits[] texts;

  private FieldRule(
      RecordSchema.Field field,
      TimeFormat format,
      LongLimits[] longs,
      DoubleLimits[] doubles,
      TextLimits[] texts) {
    this.field = field;
    this.format = format;
    this.longs = longs;
    this.doubles = doubles;
    this.texts = texts;
  }

  /** Each of the limits comes from the property itself, or from one of its quality rules. */
  static FieldRule of(RecordSchema.Field field, TimeFormat format, List<LongLimits> limits) {
    return new FieldRule(field, format, limits.toArray(LongLimits[]::new), null, null);
  }

  static FieldRule ofNumbers(RecordSchema.Field field, List<DoubleLimits> limits) {
    return new FieldRule(field, null, null, limits.toArray(DoubleLimits[]::new), null);
  }

  static FieldRule ofTexts(RecordSchema.Field field, List<TextLimits> limits) {
    return new FieldRule(field, null, null, null, limits.toArray(TextLimits[]::new));
  }

  RecordSchema.Field field() {
    return field;
  }

  /** The name of the field, as records have it. */
  public String name() {
    return field.name();
  }

  /** The type of the field. */
  public FieldType type() {
    return field.type();
  }

  /** Whether a record must have a value for the field. The event-time field is always required. */
  public boolean required() {
    return !field.nullable();
  }

  /** How the text or number of a DATE or TIMESTAMP field is read; null for other types. */
  public TimeFormat format() {
    return format;
  }

  /** Checks an INTEGER, the days of a DATE, the micros of a TIMESTAMP or a BOOLEAN as 0 or 1. */
  public void check(long value, List<Violation> out) {
    for (LongLimits limits : longs) {
      limits.check(field.name(), value, out);
    }
  }

  /** Checks a NUMBER, which is finite. */
  public void check(double value, List<Violation> out) {
    for (DoubleLimits limits : doubles) {
      limits.check(field.name(), value, out);
    }
  }

  /** Checks the text of a STRING, which is valid UTF-8. */
  public void check(byte[] utf8, int start, int length, List<Violation> out) {
    for (TextLimits limits : texts) {
      limits.check(field.name(), utf8, start, length, out);
    }
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(field.name(), field.type());
  }
}
