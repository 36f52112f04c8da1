package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.Shown;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * What the values of a field whose slot is a whole number are limited to. A rule that isn't there
 * is null. The {@code withX} methods return copies.
 *
 * @param scale the digits after the point of a DECIMAL
 */
record LongLimits(
    FieldType type,
    int scale,
    long min,
    Rule minRule,
    long max,
    Rule maxRule,
    BigDecimal step,
    Rule stepRule,
    Values valid,
    Values missing)
    implements Serializable {

  /** Values in order, and their rule. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Values(long[] sorted, Rule rule) implements Serializable {}

  static LongLimits none(FieldType type, int scale) {
    return new LongLimits(
        type, scale, Long.MIN_VALUE, null, Long.MAX_VALUE, null, null, null, null, null);
  }

  /** Keeps the tighter of this minimum, which is inclusive, and the one there is. */
  LongLimits withMin(long value, Rule rule) {
    return value <= min
        ? this
        : new LongLimits(type, scale, value, rule, max, maxRule, step, stepRule, valid, missing);
  }

  /** Keeps the tighter of this maximum, which is inclusive, and the one there is. */
  LongLimits withMax(long value, Rule rule) {
    return value >= max
        ? this
        : new LongLimits(type, scale, min, minRule, value, rule, step, stepRule, valid, missing);
  }

  LongLimits withStep(BigDecimal value, Rule rule) {
    return new LongLimits(type, scale, min, minRule, max, maxRule, value, rule, valid, missing);
  }

  LongLimits withValid(long[] values, Rule rule) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    Values copy = new Values(sorted, rule);
    return new LongLimits(type, scale, min, minRule, max, maxRule, step, stepRule, copy, missing);
  }

  LongLimits withMissing(long[] values, Rule rule) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    Values copy = new Values(sorted, rule);
    return new LongLimits(type, scale, min, minRule, max, maxRule, step, stepRule, valid, copy);
  }

  boolean isEmpty() {
    return min > max;
  }

  void check(String path, long value, List<Violation> out) {
    if (value < min) {
      out.add(minRule.brokenBy(path, shown(value)));
    } else if (value > max) {
      out.add(maxRule.brokenBy(path, shown(value)));
    }
    if (step != null && BigDecimal.valueOf(value, scale).remainder(step).signum() != 0) {
      out.add(stepRule.brokenBy(path, shown(value)));
    }
    if (valid != null && Arrays.binarySearch(valid.sorted, value) < 0) {
      out.add(valid.rule.brokenBy(path, shown(value)));
    }
    if (missing != null && Arrays.binarySearch(missing.sorted, value) >= 0) {
      out.add(missing.rule.brokenBy(path, shown(value)));
    }
  }

  private String shown(long value) {
    return type == FieldType.DECIMAL
        ? BigDecimal.valueOf(value, scale).toPlainString()
        : Shown.of(type, value);
  }
}
