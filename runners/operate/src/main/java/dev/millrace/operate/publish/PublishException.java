package dev.millrace.operate.publish;

import dev.millrace.io.DiskReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
  public static PublishException of(String what, IOException cause) {
    return new PublishException(
        "Cannot publish %s: %s".formatted(what, DiskReason.of(cause)), cause);
  }

  /** The exception of a publish that could not even be undone; a repeated one starts with that. */
  static PublishException halfUndone(
      String what, IOException cause, Path replaced, List<IOException> stuck) {
    PublishException exception =
        new PublishException(
            "Cannot publish %s: %s; what it replaces lies in %s"
                .formatted(what, DiskReason.of(cause), replaced),
            cause);
    stuck.forEach(exception::addSuppressed);
    return exception;
  }

  /** What lies in an output folder can't be told. */
  static PublishException unreadable(Path output, IOException cause) {
    return new PublishException(
        "Cannot read %s: %s".formatted(output, DiskReason.of(cause)), cause);
  }

  /** What was staged is no longer what passed the audit. */
  static PublishException changed(String run, String problem) {
    return new PublishException(
        "Cannot publish %s: since its audit, %s (run it again)".formatted(run, problem), null);
  }

  /** Others hold the lock of the output folder. */
  static PublishException locked(Path output, Duration patience) {
    return new PublishException(
        "Cannot publish to %s: another process has been publishing there for %d min (if none is, end what has %s open)"
            .formatted(
                output, patience.toMinutes(), output.resolve(StagingFolders.NAME).resolve(".lock")),
        null);
  }

  /** A run is published, and its staging folder could not be removed. */
  static PublishException afterwards(Path staging, IOException cause) {
    return new PublishException(
        "Cannot tidy up %s, whose run is published: %s".formatted(staging, DiskReason.of(cause)),
        cause);
  }
}
