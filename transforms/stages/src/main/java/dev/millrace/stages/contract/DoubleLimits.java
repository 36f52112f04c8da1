package dev.millrace.stages.contract;

import dev.millrace.record.Violation;
import dev.millrace.stages.contract.odcs.Shown;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * What the values of a NUMBER field are limited to. A rule that isn't there is null. The {@code
 * withX} methods return copies.
 */
record DoubleLimits(
    double min,
    Rule minRule,
    double max,
    Rule maxRule,
    BigDecimal step,
    Rule stepRule,
    Values valid,
    Values missing)
    implements Serializable {

  /** Values in order, and their rule. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Values(double[] sorted, Rule rule) implements Serializable {}

  static final DoubleLimits NONE =
      new DoubleLimits(-Double.MAX_VALUE, null, Double.MAX_VALUE, null, null, null, null, null);

  /** Keeps the tighter of this minimum, which is inclusive, and the one there is. */
  DoubleLimits withMin(double value, Rule rule) {
    return value <= min
        ? this
        : new DoubleLimits(value, rule, max, maxRule, step, stepRule, valid, missing);
  }

  /** Keeps the tighter of this maximum, which is inclusive, and the one there is. */
  DoubleLimits withMax(double value, Rule rule) {
    return value >= max
        ? this
        : new DoubleLimits(min, minRule, value, rule, step, stepRule, valid, missing);
  }

  DoubleLimits withStep(BigDecimal value, Rule rule) {
    return new DoubleLimits(min, minRule, max, maxRule, value, rule, valid, missing);
  }

  DoubleLimits withValid(double[] values, Rule rule) {
    double[] sorted = Arrays.stream(values).map(v -> v + 0.0).sorted().toArray();
    Values copy = new Values(sorted, rule);
    return new DoubleLimits(min, minRule, max, maxRule, step, stepRule, copy, missing);
  }

  DoubleLimits withMissing(double[] values, Rule rule) {
    double[] sorted = Arrays.stream(values).map(v -> v + 0.0).sorted().toArray();
    Values copy = new Values(sorted, rule);
    return new DoubleLimits(min, minRule, max, maxRule, step, stepRule, valid, copy);
  }

  boolean isEmpty() {
    return min > max;
  }

  void check(String path, double value, List<Violation> out) {
    if (value < min) {
      out.add(minRule.brokenBy(path, Shown.of(value)));
    } else if (value > max) {
      out.add(maxRule.brokenBy(path, Shown.of(value)));
    }
    if (step != null && BigDecimal.valueOf(value).remainder(step).signum() != 0) {
      out.add(stepRule.brokenBy(path, Shown.of(value)));
    }
    // Adding zero makes -0.0 the 0.0 that it is equal to.
    if (valid != null && Arrays.binarySearch(valid.sorted, value + 0.0) < 0) {
      out.add(valid.rule.brokenBy(path, Shown.of(value)));
    }
    if (missing != null && Arrays.binarySearch(missing.sorted, value + 0.0) >= 0) {
      out.add(missing.rule.brokenBy(path, Shown.of(value)));
    }
  }
}
