package dev.millrace.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a failure of the disk says; the JDK's own messages are often the bare path. */
public final class DiskReason {
  private DiskReason() {}

  /** One line that names the file. */
  public static String of(IOException cause) {
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
