package dev.millrace.io;

/**
 * Says in one line why the input of a run can't be read; thrown at launch, before anything runs.
 */
public final class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the input. */
  public enum Kind {
    /** A path or topic that doesn't exist, or patterns that match no file. */
    NOT_FOUND,
    /** It is there and can't be opened: no permission, a directory, an unknown file system. */
    UNREADABLE,
    /** The files are there and have not one byte. */
    EMPTY
  }

  private final Kind kind;

  /** A failure that was found here. */
  public InputException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A failure that has a cause. */
  public InputException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is wrong with the input. */
  public Kind kind() {
    return kind;
  }
}
