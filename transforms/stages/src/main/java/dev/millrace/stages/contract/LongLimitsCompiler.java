package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RejectReason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Compiles what an integer, boolean, date or timestamp property says to limits. */
final class LongLimitsCompiler {
  private static final Map<String, Integer> BITS =
      Map.of("i8", 8, "i16", 16, "i32", 32, "u8", 8, "u16", 16, "u32", 32);

  private final Options options;
  private final TimeFormat format;

  private LongLimitsCompiler(Options options, TimeFormat format) {
    this.options = options;
    this.format = format;
  }

  /** The limits; the format is null but for dates and times. */
  static LongLimits compile(Options options, TimeFormat format) {
    return new LongLimitsCompiler(options, format).compile();
  }

  private LongLimits compile() {
    LongLimits limits = LongLimits.none(options.type());
    if (options.type() == FieldType.BOOLEAN) {
      options.options().map(Element::entries).orElse(Map.of()).values().stream()
          .forEach(option -> option.unchecked("option %s of a boolean".formatted(option.name())));
    } else {
      limits = withBounds(withFormat(limits));
    }
    options.at("timezone").ifPresent(e -> e.unchecked("timezone"));
    Optional<BigDecimal> step =
        options.type() == FieldType.INTEGER ? options.step() : Optional.empty();
    if (step.isPresent()) {
      limits = limits.withStep(step.get(), options.stepRule());
    }
    if (options.validValues().isEmpty()) {
      return limits;
    }
    long[] values =
        options.values(this::exact, expected()).stream().mapToLong(Long::longValue).toArray();
    return limits.withValid(values, options.validRule());
  }

  private LongLimits withBounds(LongLimits none) {
    LongLimits limits = none;
    for (Bound bound : Bound.values()) {
      Optional<Element> option = options.at(bound.key());
      if (option.isPresent()) {
        limits = withBound(limits, bound, option.get());
      }
    }
    if (limits.isEmpty()) {
      options.refuseEmpty(limits.minRule(), limits.maxRule());
    }
    return limits;
  }

  private LongLimits withBound(LongLimits limits, Bound bound, Element option) {
    Rule rule = Options.rule(bound, option);
    try {
      Optional<BigDecimal> value = value(option);
      if (value.isPresent()) {
        long last = bound.lastWithin(value.get());
        return bound.isLower() ? limits.withMin(last, rule) : limits.withMax(last, rule);
      }
      if (format != null && option.text().isPresent()) {
        option.invalid(expected());
      }
    } catch (ArithmeticException e) {
      option.invalid("a number within those of 64 bits");
    }
    return limits;
  }

  /** A value as the slot of a field would have it, but not rounded. */
  private Optional<BigDecimal> value(Element element) {
    return switch (options.type()) {
      case BOOLEAN -> element.flag().map(flag -> flag ? BigDecimal.ONE : BigDecimal.ZERO);
      case DATE -> micros(element).map(m -> m / TimeFormat.MICROS_PER_DAY).map(BigDecimal::valueOf);
      case TIMESTAMP -> micros(element).map(BigDecimal::valueOf);
      default -> element.number();
    };
  }

  private Optional<Long> exact(Element element) {
    try {
      return value(element).map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A date or time in the field's format or else in ISO 8601, with a T or a space. */
  private Optional<Long> micros(Element element) {
    TimeFormat iso = new IsoFormat(options.type(), ZoneOffset.UTC);
    return element
        .text()
        .flatMap(text -> micros(format, text).or(() -> micros(iso, text.replace(' ', 'T'))));
  }

  private static Optional<Long> micros(TimeFormat format, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    long micros = format.micros(utf8, 0, utf8.length);
    return micros == TimeFormat.INVALID ? Optional.empty() : Optional.of(micros);
  }

  private String expected() {
    return switch (options.type()) {
      case BOOLEAN -> "true or false";
      case DATE, TIMESTAMP -> format.expected();
      default -> "a whole number of 64 bits";
    };
  }

  /** The range of i8 to i32 and u8 to u32, and what can be had of the longer ones. */
  private LongLimits withFormat(LongLimits limits) {
    Optional<Element> element = options.at("format").filter(e -> format == null);
    String name = element.flatMap(Element::text).orElse("");
    if (!name.matches("[iu](8|16|32|64|128)")) {
      return limits;
    }
    Element option = element.orElseThrow();
    boolean signed = name.startsWith("i");
    Integer bits = BITS.get(name);
    String words = (signed ? "an integer of %s bits" : "an integer from 0 of %s bits");
    Rule rule = Options.rule(RejectReason.OUT_OF_RANGE, option, words.formatted(name.substring(1)));
    if (bits == null) {
      if (!name.equals("i64")) {
        option.unchecked(
            "format %s beyond %d: longer integers are rejected".formatted(name, Long.MAX_VALUE));
      }
      return signed ? limits : limits.withMin(0, rule);
    }
    long values = 1L << bits;
    long min = signed ? -values / 2 : 0;
    return limits.withMin(min, rule).withMax(min + values - 1, rule);
  }
}
