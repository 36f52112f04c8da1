package dev.millrace.stages.contract;

import dev.millrace.record.RejectReason;
import dev.millrace.stages.contract.odcs.Element;
import java.util.List;
import java.util.Optional;

/** Compiles what a string property says to limits. */
final class TextLimitsCompiler {
  private TextLimitsCompiler() {}

  static TextLimits compile(Options options) {
    TextLimits lengths = withLengths(TextLimits.NONE, options);
    TextLimits limits = options.physicalType().map(type -> type.narrow(lengths)).orElse(lengths);
    Optional<Element> pattern = options.pattern().filter(e -> e.text().isPresent());
    if (pattern.isPresent()) {
      limits = withPattern(limits, pattern.get());
    }
    Optional<Element> format = options.at("format").filter(e -> e.text().isPresent());
    if (format.isPresent()) {
      limits = withFormat(limits, format.get());
    }
    return withMissing(withValid(limits, options), options);
  }

  private static TextLimits withValid(TextLimits limits, Options options) {
    return options.validValues().isEmpty()
        ? limits
        : limits.with(
            TextCheck.isOneOf(
                options.values(Element::text, "text: put it in quotes"), options.validRule()));
  }

  private static TextLimits withMissing(TextLimits limits, Options options) {
    List<String> values = options.missing(Element::text);
    return values.isEmpty()
        ? limits
        : limits.with(TextCheck.isNoneOf(values, options.missingRule()));
  }

  private static TextLimits withLengths(TextLimits none, Options options) {
    TextLimits limits = none;
    Optional<Integer> min = options.at("minLength").flatMap(Element::integer);
    if (min.isPresent()) {
      Rule rule = lengthRule(options, "minLength", "a length of at least " + min.get());
      limits = limits.withMinLength(min.get(), rule);
    }
    Optional<Integer> max = options.at("maxLength").flatMap(Element::integer);
    if (max.isPresent()) {
      Rule rule = lengthRule(options, "maxLength", "a length of at most " + max.get());
      limits = limits.withMaxLength(max.get(), rule);
    }
    if (limits.isEmpty()) {
      options.refuseEmpty(limits.minRule(), limits.maxRule());
    }
    return limits;
  }

  private static Rule lengthRule(Options options, String key, String expected) {
    return Options.rule(RejectReason.WRONG_LENGTH, options.at(key).orElseThrow(), expected);
  }

  private static TextLimits withPattern(TextLimits limits, Element pattern) {
    try {
      TextPattern compiled = TextPattern.compile(pattern.text().orElseThrow());
      String expected = "a match of " + pattern.shown();
      return limits.with(
          TextCheck.matches(
              compiled, Options.rule(RejectReason.PATTERN_MISMATCH, pattern, expected)));
    } catch (IllegalArgumentException e) {
      pattern.invalid(e.getMessage());
      return limits;
    }
  }

  private static TextLimits withFormat(TextLimits limits, Element element) {
    Optional<TextFormat> format = element.text().flatMap(TextFormat::named);
    if (format.isEmpty()) {
      element.unchecked("format %s".formatted(element.shown()));
      return limits;
    }
    Rule rule = Options.rule(RejectReason.INVALID_VALUE, element, format.get().expected());
    return limits.with(TextCheck.isWrittenAs(format.get(), rule));
  }
}
