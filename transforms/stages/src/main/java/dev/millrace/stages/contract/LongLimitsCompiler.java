package dev.millrace.stages.contract;

import dev.millrace.record.FieldType;
import dev.millrace.record.RejectReason;
import dev.millrace.stages.contract.odcs.Element;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compiles what a property says, whose values are whole numbers in their slots, to limits. */
final class LongLimitsCompiler {
  private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d:\\d\\d)$");

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
    LongLimits none = LongLimits.none(options.type(), options.scale());
    if (options.type() == FieldType.BOOLEAN) {
      options.options().map(Element::entries).orElse(Map.of()).values().stream()
          .forEach(option -> option.unchecked("option %s of a boolean".formatted(option.name())));
      return withValues(none);
    }
    LongLimits limits =
        switch (options.type()) {
          case INTEGER -> withStep(withFormat(withPhysicalType(none)));
          case DECIMAL -> withStep(none);
          default -> none;
        };
    return withValues(withBounds(limits));
  }

  private LongLimits withPhysicalType(LongLimits limits) {
    return options.physicalType().map(type -> type.narrow(limits)).orElse(limits);
  }

  private LongLimits withStep(LongLimits limits) {
    return options.step().map(step -> limits.withStep(step, options.stepRule())).orElse(limits);
  }

  private LongLimits withValues(LongLimits none) {
    long[] missing = options.missing(this::exact).stream().mapToLong(Long::longValue).toArray();
    LongLimits limits =
        missing.length == 0 ? none : none.withMissing(missing, options.missingRule());
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
      case TIME, TIMESTAMP -> micros(element).map(BigDecimal::valueOf);
      default -> element.number().map(number -> number.movePointRight(options.scale()));
    };
  }

  private Optional<Long> exact(Element element) {
    try {
      return value(element).map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Optional<Long> micros(Element element) {
    return element.text().flatMap(text -> micros(format, text).or(() -> isoMicros(text)));
  }

  /**
   * A date or time that isn't in the field's format, in ISO 8601 with a T or a space. A time must
   * have an offset, since the field's zone is for what the format reads.
   */
  private Optional<Long> isoMicros(String text) {
    boolean isClear = options.type() != FieldType.TIMESTAMP || OFFSET.matcher(text).find();
    return isClear
        ? micros(new IsoFormat(options.type(), ZoneOffset.UTC), text.replace(' ', 'T'))
        : Optional.empty();
  }

  private static Optional<Long> micros(TimeFormat format, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    long micros = format.micros(utf8, 0, utf8.length);
    return micros == TimeFormat.INVALID ? Optional.empty() : Optional.of(micros);
  }

  private String expected() {
    return switch (options.type()) {
      case BOOLEAN -> "true or false";
      case DATE, TIME -> format.expected();
      case DECIMAL -> "a number of at most %s digits after the point".formatted(options.scale());
      case TIMESTAMP ->
          format.numeric() ? "a time such as 2001-01-15T07:30:00Z" : format.expected();
      default -> "a whole number of 64 bits";
    };
  }

  /** The range of i8 to i32 and u8 to u32, and what can be had of the longer ones. */
  private LongLimits withFormat(LongLimits limits) {
    Optional<Element> option = options.at("format");
    String name = option.flatMap(Element::text).orElse("");
    if (!name.matches("[iu](8|16|32|64|128)")) {
      return limits; // absent, or reported
    }
    int bits = Integer.parseInt(name.substring(1));
    boolean signed = name.startsWith("i");
    String expected = (signed ? "an integer of %s bits" : "an integer from 0 of %s bits");
    Rule rule = Options.rule(RejectReason.OUT_OF_RANGE, option.get(), expected.formatted(bits));
    if (bits < 64) {
      long min = signed ? -1L << (bits - 1) : 0;
      return limits.withMin(min, rule).withMax(min + (1L << bits) - 1, rule);
    }
    if (!name.equals("i64")) {
      option.get().unchecked("format %s: no integer beyond 64 bits is read".formatted(name));
    }
    return signed ? limits : limits.withMin(0, rule);
  }
}
