package dev.millrace.stages.contract;

import dev.millrace.record.RejectReason;
import dev.millrace.stages.contract.odcs.Element;
import java.math.BigDecimal;
import java.util.Optional;

/** Compiles what a number property says to limits. */
final class DoubleLimitsCompiler {
  private static final String EXPECTED = "a number within those of 64 bits";

  private DoubleLimitsCompiler() {}

  static DoubleLimits compile(Options options) {
    DoubleLimits limits =
        options
            .physicalType()
            .map(type -> type.narrow(DoubleLimits.NONE))
            .orElse(DoubleLimits.NONE);
    limits = withFormat(limits, options.at("format"));
    for (Bound bound : Bound.values()) {
      Optional<Element> option = options.at(bound.key()).filter(e -> e.number().isPresent());
      if (option.isPresent()) {
        limits = withBound(limits, bound, option.get());
      }
    }
    if (limits.isEmpty()) {
      options.refuseEmpty(limits.minRule(), limits.maxRule());
    }
    Optional<BigDecimal> step = options.step();
    if (step.isPresent()) {
      limits = limits.withStep(step.get(), options.stepRule());
    }
    return withValues(limits, options);
  }

  private static DoubleLimits withValues(DoubleLimits none, Options options) {
    double[] missing =
        options.missing(DoubleLimitsCompiler::number).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    DoubleLimits limits =
        missing.length == 0 ? none : none.withMissing(missing, options.missingRule());
    if (options.validValues().isEmpty()) {
      return limits;
    }
    double[] values =
        options.values(DoubleLimitsCompiler::number, EXPECTED).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return limits.withValid(values, options.validRule());
  }

  private static DoubleLimits withBound(DoubleLimits limits, Bound bound, Element option) {
    Optional<Double> number = number(option);
    if (number.isEmpty()) {
      option.invalid(EXPECTED);
      return limits;
    }
    double last = bound.lastWithin(number.get().doubleValue());
    Rule rule = Options.rule(bound, option);
    return bound.isLower() ? limits.withMin(last, rule) : limits.withMax(last, rule);
  }

  private static Optional<Double> number(Element element) {
    return element.number().map(BigDecimal::doubleValue).filter(Double::isFinite);
  }

  private static DoubleLimits withFormat(DoubleLimits limits, Optional<Element> format) {
    if (format.flatMap(Element::text).filter("f32"::equals).isEmpty()) {
      return limits;
    }
    Rule rule =
        Options.rule(RejectReason.OUT_OF_RANGE, format.get(), "a number within those of 32 bits");
    return limits.withMin(-Float.MAX_VALUE, rule).withMax(Float.MAX_VALUE, rule);
  }
}
