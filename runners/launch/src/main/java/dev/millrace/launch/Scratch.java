package dev.millrace.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A temporary folder for what an engine keeps while a run lasts. Deleted at its end, also if that
 * comes by Ctrl-C: what an engine spills there can be large.
 */
final class Scratch implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final long PAUSE_NANOS = 100_000_000;

  private final Path path;
  private final Thread atExit = new Thread(this::delete, "millrace-scratch");

  private Scratch(Path path) {
    this.path = path;
  }

  static Scratch create() {
    try {
      Scratch scratch = new Scratch(Files.createTempDirectory("millrace-"));
      Runtime.getRuntime().addShutdownHook(scratch.atExit);
      return scratch;
    } catch (IOException e) {
      throw new RunFailedException(
          "Cannot make a temporary folder in %s: %s"
              .formatted(System.getProperty("java.io.tmpdir"), Reason.of(e)),
          e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the JVM is going down, and the hook with it
    }
  }

  /**
   * Tries for a while, since an engine that is going down still writes and deletes here. What can't
   * be deleted then is left: a stray temporary file must not fail a run that is done.
   */
  private void delete() {
    for (int attempt = 0; attempt < ATTEMPTS && !isDeleted(); attempt++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isDeleted() {
    try {
      Folders.delete(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
