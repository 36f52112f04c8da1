package dev.millrace.stages.contract.odcs;

import static dev.millrace.stages.contract.odcs.Shape.TEXT;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;

/**
 * The texts of a document that have a form. Identifiers and references must have it; a {@code
 * format} is an annotation in the JSON Schema, so what isn't of it is only noted.
 */
final class OdcsTexts {
  static final Shape ID =
      Shape.matching("[A-Za-z0-9_-]+", "letters, digits, underscores and hyphens");

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String FILE = "(?:(?:https?://)?[A-Za-z0-9._\\-/]+\\.yaml#)?/?";
  private static final String PLACE = NAME + "/[A-Za-z0-9_-]+";

  /** {@code object.property}, or the path of a property by its identifiers. */
  static final Shape REFERENCE =
      Shape.matching(
          "%s\\.%s|%s%s(?:/%s)*+".formatted(NAME, NAME, FILE, PLACE, PLACE),
          "a reference such as customers.id or schema/customers/properties/id");

  static final Shape URI_TEXT = format("a URI", OdcsTexts::isUri);
  static final Shape SFTP = format("a URI", OdcsTexts::isUri).and(OdcsTexts::checkSftp);
  static final Shape DATE = format("a date such as 2001-01-15", OdcsTexts::isDate);
  static final Shape DATE_TIME =
      format("a time such as 2001-01-15T07:30:00Z", OdcsTexts::isDateTime);

  private OdcsTexts() {}

  private static Shape format(String expected, Predicate<String> test) {
    return TEXT.and(
        element -> {
          if (element.text().filter(test.negate()).isPresent()) {
            element.note(
                "%s is %s, which is not %s".formatted(element.name(), element.shown(), expected));
          }
        });
  }

  private static void checkSftp(Element element) {
    if (element.text().filter(text -> !text.startsWith("sftp://")).isPresent()) {
      element.invalid("text that starts with sftp://");
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      return OffsetDateTime.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
