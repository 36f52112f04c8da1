package dev.millrace.launch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The one line in an exception that tells a user what happened. */
final class Reason {
  private static final Pattern HOUSE = Pattern.compile("(Cannot|Invalid|Missing) .*");
  private static final Pattern CLASS_PREFIX =
      Pattern.compile("^(?:[a-z_]\\w*\\.)+[A-Z][\\w$]*(?:: |$)");

  private Reason() {}

  /** Why a file or folder could not be used, without its name. */
  static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in its place";
    }
    if (e instanceof FileSystemException named && named.getReason() != null) {
      return uncapitalized(named.getReason());
    }
    return line(e);
  }

  /**
   * Why a task failed, in one line: the sentence of the outermost exception that this house threw,
   * or else "Cannot", the task, and what lies at the root of the runner's wrappers.
   *
   * @param task such as {@code run ingest}
   */
  static String of(String task, Throwable failure) {
    Throwable root = failure;
    for (Throwable cause : chain(failure)) {
      if (isOurs(cause)) {
        return line(cause);
      }
      root = cause;
    }
    return "Cannot %s: %s".formatted(task, atRoot(root));
  }

  private static String atRoot(Throwable root) {
    if (root instanceof OutOfMemoryError) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      return "out of memory, in a heap of %s MB".formatted(megabytes);
    }
    if (root instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + of(file);
    }
    return root.getClass() == IOException.class ? line(root) : named(root);
  }

  /**
   * The message after the name of the exception, since messages alone can be as short as a host.
   */
  private static String named(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    String line = line(failure);
    return line.equals(name) ? name : name + ": " + line;
  }

  private static Set<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Throwable> chain = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }

  /** Whether this house threw it, in its own words. */
  private static boolean isOurs(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0
        && !(failure instanceof NullPointerException)
        && trace[0].getClassName().startsWith("dev.millrace.")
        && HOUSE.matcher(line(failure)).matches();
  }

  /** The first line of the message, without the name of the class that a wrapper puts there. */
  private static String line(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    String line = message.lines().findFirst().orElse("");
    while (CLASS_PREFIX.matcher(line).find()) {
      line = CLASS_PREFIX.matcher(line).replaceFirst("");
    }
    return line.isBlank() ? failure.getClass().getSimpleName() : line;
  }

  private static String uncapitalized(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
