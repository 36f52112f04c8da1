package dev.millrace.operate.draft;

import dev.millrace.record.FieldType;
import dev.millrace.stages.contract.Contract;
import dev.millrace.stages.contract.FieldRule;
import dev.millrace.stages.contract.TimeFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A type as which text may be read, by the rules of the decoder. */
final class TextForm {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

  /**
   * The ways in which dates and times are written, of which none can be taken for another: the
   * contract compiles them, so that what is read here is what a run reads.
   */
  private static final String FORMATS =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: formats
      version: 1.0.0
      status: active
      schema:
      - name: formats
        customProperties:
        - {property: millrace.eventTimeField, value: timestamp}
        properties:
        - {name: date, logicalType: date}
        - {name: timestamp, logicalType: timestamp}
        - {name: time, logicalType: time}
        - {name: yyyy/MM/dd, logicalType: date, logicalTypeOptions: {format: yyyy/MM/dd}}
        - name: yyyy-MM-dd HH:mm:ss
          logicalType: timestamp
          logicalTypeOptions: {format: "yyyy-MM-dd HH:mm:ss"}
        - name: yyyy-MM-dd HH:mm
          logicalType: timestamp
          logicalTypeOptions: {format: "yyyy-MM-dd HH:mm"}
      """;

  /** Dates and times. */
  static final List<TextForm> TIMES =
      Contract.parse("formats", FORMATS).rules().stream().map(TextForm::ofTime).toList();

  /** All of them, the narrower ones first. */
  static final List<TextForm> ALL =
      Stream.concat(
              Stream.of(FieldType.BOOLEAN, FieldType.INTEGER, FieldType.NUMBER)
                  .map(type -> new TextForm(type, "", null)),
              TIMES.stream())
          .toList();

  private final FieldType type;
  private final String format;
  private final TimeFormat time;

  private TextForm(FieldType type, String format, TimeFormat time) {
    this.type = type;
    this.format = format;
    this.time = time;
  }

  private static TextForm ofTime(FieldRule rule) {
    boolean iso = rule.name().equals(rule.type().name().toLowerCase(Locale.ROOT));
    return new TextForm(rule.type(), iso ? "" : rule.name(), rule.format());
  }

  String logicalType() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** The format in a contract; empty if it needs none. */
  String format() {
    return format;
  }

  /** Whether the text can be read so; then its value is in the range. */
  boolean take(String text, byte[] utf8, Range range) {
    return switch (type) {
      case BOOLEAN -> text.equals("true") || text.equals("false");
      case INTEGER -> INTEGER.matcher(text).matches() && integer(text, range);
      case NUMBER -> NUMBER.matcher(text).matches() && number(text, range);
      default -> time(utf8, range);
    };
  }

  private static boolean integer(String text, Range range) {
    try {
      range.take(Long.parseLong(text));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean number(String text, Range range) {
    double number = Double.parseDouble(text);
    range.take(number);
    return Double.isFinite(number);
  }

  private boolean time(byte[] utf8, Range range) {
    long micros = time.micros(utf8, 0, utf8.length);
    range.take(micros);
    return micros != TimeFormat.INVALID;
  }
}
