package dev.millrace.launch;

import java.nio.file.Path;
import java.util.Optional;

/** A run that could not start or end, for want of something that isn't in its data. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String log;

  /** With one clear line for the user, and the failure in full for whoever looks into it. */
  public RunFailedException(String message, Throwable cause) {
    this(message, cause, "");
  }

  private RunFailedException(String message, Throwable cause, String log) {
    super(message, cause);
    this.log = log;
  }

  /** The same failure, with the file that tells it in full. */
  RunFailedException withLog(Path log) {
    return new RunFailedException(getMessage(), getCause(), log.toString());
  }

  /** The file that tells the failure in full, if the run came far enough to have one. */
  public Optional<Path> log() {
    return log.isEmpty() ? Optional.empty() : Optional.of(Path.of(log));
  }
}
