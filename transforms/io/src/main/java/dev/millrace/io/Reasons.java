package dev.millrace.io;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** The reason in an exception of a file system, without the path that it repeats. */
public final class Reasons {
  private Reasons() {}

  /** The reason, such as {@code Permission denied}, for a file of this path. */
  public static String of(Exception e, String path) {
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    String message = String.valueOf(e.getMessage());
    String prefix = path + " (";
    return message.startsWith(prefix) && message.endsWith(")")
        ? message.substring(prefix.length(), message.length() - 1)
        : message;
  }
}
