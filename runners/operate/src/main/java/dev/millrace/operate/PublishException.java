package dev.millrace.operate;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * A run could not be published because of the disk, not of the data. What had been replaced is back
 * where it was, or the message says where it lies; the staging folder is kept, and the publish can
 * be repeated once the cause is gone.
 */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PublishException(String message, IOException cause) {
    super(message, cause);
  }

  /**
   * Makes the exception.
   *
   * @param what what could not be published, such as {@code records/dt=2001-01-15}
   */
  static PublishException of(String what, IOException cause) {
    return new PublishException("Cannot publish %s: %s".formatted(what, reason(cause)), cause);
  }

  /** The exception of a publish that could not even be undone; a repeated one starts with that. */
  static PublishException halfUndone(
      String what, IOException cause, Path replaced, List<IOException> stuck) {
    PublishException exception =
        new PublishException(
            "Cannot publish %s: %s; what it replaces lies in %s"
                .formatted(what, reason(cause), replaced),
            cause);
    stuck.forEach(exception::addSuppressed);
    return exception;
  }

  /** A run is published, and its staging folder could not be removed. */
  static PublishException afterwards(Path staging, IOException cause) {
    return new PublishException(
        "Cannot remove %s, whose run is published: %s".formatted(staging, reason(cause)), cause);
  }

  /** The JDK's own messages are often the bare path. */
  private static String reason(IOException cause) {
    if (!(cause instanceof FileSystemException exception)) {
      return cause.getMessage();
    }
    String file = exception.getFile();
    if (exception instanceof AccessDeniedException) {
      return "permission denied for " + file;
    } else if (exception instanceof NoSuchFileException) {
      return file + " does not exist";
    } else if (exception instanceof FileAlreadyExistsException
        || exception instanceof NotDirectoryException) {
      return file + " is not a folder";
    } else if (exception instanceof AtomicMoveNotSupportedException) {
      return "%s and %s are on different file systems".formatted(file, exception.getOtherFile());
    }
    return exception.getMessage();
  }
}
