package dev.millrace.io;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A password or the like by reference: {@code env:NAME} for a variable of the environment, {@code
 * file:/path} for the content of a file without the line end after it. The value is read where it
 * is used, each time, so that it is in no pipeline, and may change while one runs.
 *
 * @param reference what may be shown
 */
public record Secret(String reference) implements Serializable {
  private static final Pattern REFERENCE = Pattern.compile("env:\\w+|file:/.+");

  /** Refuses what isn't a reference, and might be the value itself: it is not in the message. */
  public Secret {
    if (!REFERENCE.matcher(reference).matches()) {
      throw new IllegalArgumentException(
          "Invalid secret: not shown (expected a reference: env:NAME or file:/path)");
    }
  }

  /**
   * The value.
   *
   * @throws IllegalStateException if there is none here; the message has the reference
   */
  public String value() {
    String name = reference.substring(reference.indexOf(':') + 1);
    String value = reference.startsWith("env:") ? System.getenv(name) : content(Path.of(name));
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("Cannot find a value for " + reference);
    }
    return value;
  }

  private static String content(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).replaceFirst("\\R\\z", "") : null;
    } catch (IOException e) {
      throw new IllegalStateException(
          "Cannot read file:%s: %s".formatted(file, Reasons.of(e, file.toString())), e);
    }
  }

  @Override
  public String toString() {
    return reference;
  }
}
