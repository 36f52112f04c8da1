package dev.millrace.operate.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML, and the SVG in it, element by element. Text and attribute values are always escaped,
 * and there is no way to write them otherwise, so that a page can show whatever a record holds.
 */
final class Html {
  private static final Set<String> VOID_TAGS = Set.of("meta", "br", "hr");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Starts a document with one style sheet, a resource beside this class, and opens its body. */
  static Html document(String title, String styleSheet) {
    Html html = new Html();
    html.out.append("<!DOCTYPE html>\n");
    html.open("html", "lang", "en").open("head");
    html.element("meta", "", "charset", "utf-8");
    // Whatever a record holds, the page loads nothing and runs nothing.
    html.element(
        "meta",
        "",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'");
    html.element("meta", "", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("meta", "", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.out.append("<style>\n").append(resource(styleSheet)).append("</style>");
    return html.close().open("body");
  }

  /** Opens an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1]));
      out.append('"');
    }
    out.append('>');
    if (!VOID_TAGS.contains(tag)) {
      open.push(tag);
    }
    return this;
  }

  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that holds only text. */
  Html element(String tag, String text, String... attributes) {
    open(tag, attributes);
    return VOID_TAGS.contains(tag) ? this : text(text).close();
  }

  /** Starts a new line of the source, for those who read it. */
  Html line() {
    out.append('\n');
    return this;
  }

  /** Closes what is open and gives the page. */
  String finish() {
    while (!open.isEmpty()) {
      close();
    }
    return out.append('\n').toString();
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: it is in every build".formatted(name), e);
    }
  }
}
