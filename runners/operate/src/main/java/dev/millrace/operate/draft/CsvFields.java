package dev.millrace.operate.draft;

import dev.millrace.record.CsvDialect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a record of CSV (RFC 4180) as the decoder does: nothing at all between delimiters is null.
 */
final class CsvFields {
  private final char delimiter;
  private final char quote;
  private final StringBuilder unquoted = new StringBuilder();

  private String text;
  private int at;

  CsvFields(CsvDialect dialect) {
    delimiter = dialect.delimiter();
    quote = dialect.quote();
  }

  List<String> read(byte[] bytes, int start, int end) throws UnreadableException {
    text = decoded(bytes, start, end);
    at = 0;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length()) {
      at++;
      fields.add(field());
    }
    return fields;
  }

  private static String decoded(byte[] bytes, int start, int end) throws UnreadableException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("not UTF-8");
    }
  }

  /** Reads up to the next delimiter or the end. */
  private String field() throws UnreadableException {
    if (at < text.length() && text.charAt(at) == quote) {
      return quoted();
    }
    int next = text.indexOf(delimiter, at);
    String field = text.substring(at, next < 0 ? text.length() : next);
    if (field.indexOf(quote) >= 0) {
      throw new UnreadableException("quote inside of a field that is not quoted");
    }
    at += field.length();
    return field.isEmpty() ? null : field;
  }

  private String quoted() throws UnreadableException {
    unquoted.setLength(0);
    int from = at + 1;
    int closing = closing(from);
    while (closing + 1 < text.length() && text.charAt(closing + 1) == quote) {
      unquoted.append(text, from, closing + 1);
      from = closing + 2;
      closing = closing(from);
    }
    unquoted.append(text, from, closing);
    at = closing + 1;
    if (at < text.length() && text.charAt(at) != delimiter) {
      throw new UnreadableException("expected a delimiter after the quotes");
    }
    return unquoted.toString();
  }

  private int closing(int from) throws UnreadableException {
    int closing = text.indexOf(quote, from);
    if (closing < 0) {
      throw new UnreadableException("unclosed quote");
    }
    return closing;
  }
}
