package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RecordSchema;
import dev.millrace.record.Violation;
import java.io.Serializable;
import java.util.List;

/**
 * The compiled rules of one field. The decoder, which has already read a value of the field's type,
 * hands it over in the form that a record's slot has; all rules that it breaks are added to a list,
 * under the name of the field. A value that breaks none costs a few comparisons and no object,
 * unless the field has a pattern.
 *
 * <p>The rule of an object has those of its fields, the rule of an array that of its elements,
 * which has no name. Immutable and safe to share between threads.
 */
public final class FieldRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final RecordSchema.Field field;
  private final TimeFormat format;
  private final Limits limits;
  private final CountLimits counts;
  private final List<FieldRule> nested;
  private final List<Tolerance> tolerances;

  /** Each of the limits comes from the property itself, or from one of its quality rules. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Limits(LongLimits[] longs, DoubleLimits[] doubles, TextLimits[] texts)
      implements Serializable {
    static final Limits NONE = new Limits(null, null, null);
  }

  private FieldRule(
      String name,
      RecordSchema.Field field,
      TimeFormat format,
      Limits limits,
      CountLimits counts,
      List<FieldRule> nested,
      List<Tolerance> tolerances) {
    this.name = name;
    this.field = field;
    this.format = format;
    this.limits = limits;
    this.counts = counts;
    this.nested = List.copyOf(nested);
    this.tolerances = List.copyOf(tolerances);
  }

  private static FieldRule of(RecordSchema.Field field, TimeFormat format, Limits limits) {
    return new FieldRule(field.name(), field, format, limits, null, List.of(), List.of());
  }

  static FieldRule of(RecordSchema.Field field, TimeFormat format, List<LongLimits> limits) {
    return of(field, format, new Limits(limits.toArray(LongLimits[]::new), null, null));
  }

  static FieldRule ofNumbers(RecordSchema.Field field, List<DoubleLimits> limits) {
    return of(field, null, new Limits(null, limits.toArray(DoubleLimits[]::new), null));
  }

  static FieldRule ofTexts(RecordSchema.Field field, List<TextLimits> limits) {
    return of(field, null, new Limits(null, null, limits.toArray(TextLimits[]::new)));
  }

  /** An object of these fields, or an array of this one. */
  static FieldRule ofNested(RecordSchema.Field field, CountLimits counts, List<FieldRule> nested) {
    return new FieldRule(field.name(), field, null, Limits.NONE, counts, nested, List.of());
  }

  /** The rule of what an array consists of. */
  FieldRule asElement() {
    return new FieldRule("", field, format, limits, counts, nested, tolerances);
  }

  /** The same rule, beside which others are counted. */
  FieldRule withTolerances(List<Tolerance> counted) {
    return new FieldRule(name, field, format, limits, counts, nested, counted);
  }

  /** The rules that are counted beside this one. */
  List<Tolerance> tolerances() {
    return tolerances;
  }

  RecordSchema.Field field() {
    return field;
  }

  /** The name of the field, as records have it; empty for the elements of an array. */
  public String name() {
    return name;
  }

  /** The type of the field. */
  public FieldType type() {
    return field.type();
  }

  /** The digits of a DECIMAL, else 0. */
  public int precision() {
    return field.precision();
  }

  /** How many of them come after the point. */
  public int scale() {
    return field.scale();
  }

  /** Whether a record must have a value for the field. The event-time field is always required. */
  public boolean required() {
    return !field.nullable();
  }

  /** How the text or number of a DATE, TIME or TIMESTAMP is read; null for other types. */
  public TimeFormat format() {
    return format;
  }

  /** The rules of an OBJECT's fields, in their order; for an ARRAY the one of its elements. */
  public List<FieldRule> nested() {
    return nested;
  }

  /** Checks an INTEGER, DECIMAL, DATE, TIME or TIMESTAMP slot, or a BOOLEAN as 0 or 1. */
  public void check(long value, List<Violation> out) {
    for (LongLimits limit : limits.longs) {
      limit.check(name, value, out);
    }
  }

  /** Checks a NUMBER, which is finite. */
  public void check(double value, List<Violation> out) {
    for (DoubleLimits limit : limits.doubles) {
      limit.check(name, value, out);
    }
  }

  /** Checks the text of a STRING, which is valid UTF-8. */
  public void check(byte[] utf8, int start, int length, List<Violation> out) {
    for (TextLimits limit : limits.texts) {
      limit.check(name, utf8, start, length, out);
    }
  }

  /**
   * Checks how many fields of an OBJECT have a value, or how many elements an ARRAY has. Like what
   * is in it, it is for the caller to say which field it is.
   */
  public void checkCount(int count, List<Violation> out) {
    counts.check("", count, out);
  }

  /** Whether the elements of an ARRAY must differ. */
  public boolean isOfUniqueElements() {
    return counts.uniqueRule() != null;
  }

  /** Adds that an ARRAY, whose elements must differ, has this one twice. */
  public void addRepeated(String found, List<Violation> out) {
    out.add(counts.uniqueRule().brokenBy("", found + " twice"));
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(name, field.type());
  }
}
