package dev.millrace.stages.contract;

import dev.millrace.record.RecordSchema;
import dev.millrace.record.RejectReason;
import dev.millrace.stages.contract.odcs.Element;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code physicalType} of a property, where it says more of the values than the logical type
 * does. Names that mean different things to different databases ({@code int}, {@code tinyint},
 * {@code float}) say nothing.
 */
final class PhysicalType {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([a-z][a-z0-9_ ]{0,40}?)\\s*(?:\\(\\s*(\\d{1,9})\\s*(?:,\\s*(-?\\d{1,9})\\s*)?\\))?\\s*");

  private static final Map<String, Integer> BITS =
      Map.of("int16", 16, "smallint", 16, "int32", 32, "uint8", 8, "uint16", 16, "uint32", 32);

  private final Element element;
  private final String name;
  private final Optional<Integer> size;
  private final int scale;

  private PhysicalType(Element element, Matcher form) {
    this.element = element;
    this.name = form.group(1);
    this.size = Optional.ofNullable(form.group(2)).map(Integer::valueOf);
    this.scale = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
  }

  /** That of a property, if it has the form of a type. */
  static Optional<PhysicalType> of(Element property) {
    Optional<Element> element = property.at("physicalType");
    return element
        .flatMap(Element::text)
        .map(text -> FORM.matcher(text.toLowerCase(Locale.ROOT)))
        .filter(Matcher::matches)
        .map(form -> new PhysicalType(element.get(), form));
  }

  private boolean isDecimal() {
    return size.isPresent()
        && switch (name) {
          case "decimal", "numeric", "number", "dec" -> true;
          default -> false;
        };
  }

  /** The digits of a number that is a decimal; none of one that can't be read, with a report. */
  Optional<Digits> decimal() {
    if (!isDecimal()) {
      return Optional.empty();
    }
    int most = RecordSchema.Field.MOST_DIGITS;
    int precision = size.get();
    if (precision < 1 || precision > most || scale < 0 || scale > precision) {
      element.unusable(
          "Cannot read physicalType %s: decimals have 1 to %s digits, of which none to all are after the point"
              .formatted(element.shown(), most));
      return Optional.of(Digits.NONE);
    }
    return Optional.of(new Digits(precision, scale));
  }

  /** Narrows integers to a number of bits or of digits. */
  LongLimits narrow(LongLimits limits) {
    if (isDecimal() && size.get() <= RecordSchema.Field.MOST_DIGITS) {
      long end = BigInteger.TEN.pow(size.get()).longValueExact();
      Rule rule = rule("an integer of at most %s digits".formatted(size.get()));
      return limits.withMin(1 - end, rule).withMax(end - 1, rule);
    }
    int bits = BITS.getOrDefault(name, Long.SIZE);
    if (bits == Long.SIZE) {
      return limits;
    }
    boolean signed = !name.startsWith("u");
    long min = signed ? -1L << (bits - 1) : 0;
    Rule rule =
        rule((signed ? "an integer of %s bits" : "an integer from 0 of %s bits").formatted(bits));
    return limits.withMin(min, rule).withMax(min + (1L << bits) - 1, rule);
  }

  /** Narrows numbers to those of 32 bits. */
  DoubleLimits narrow(DoubleLimits limits) {
    if (!name.equals("float32") && !name.equals("real")) {
      return limits;
    }
    Rule rule = rule("a number within those of 32 bits");
    return limits.withMin(-Float.MAX_VALUE, rule).withMax(Float.MAX_VALUE, rule);
  }

  /** Narrows texts to a length. */
  TextLimits narrow(TextLimits limits) {
    boolean limited =
        size.isPresent()
            && switch (name) {
              case "varchar", "char", "character", "character varying", "nvarchar", "nchar" -> true;
              default -> false;
            };
    if (!limited || size.get() >= limits.maxLength()) {
      return limits;
    }
    Rule rule =
        Options.rule(
            RejectReason.WRONG_LENGTH, element, "a length of at most %s".formatted(size.get()));
    return limits.withMaxLength(size.get(), rule);
  }

  private Rule rule(String expected) {
    return Options.rule(RejectReason.OUT_OF_RANGE, element, expected);
  }
}
