package dev.millrace.dev;

import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;

/**
 * How a process of the stack is.
 *
 * @param name its name
 * @param state how it is
 * @param pid the number of its process, or 0 if there is none
 * @param ports the numbers of its ports, by name
 * @param log the file that its output goes to
 */
public record ComponentStatus(
    String name, State state, long pid, SortedMap<String, Integer> ports, Path log) {
  /** How a process can be. */
  public enum State {
    /** It was started, is there and answers. */
    UP,
    /** It was started and is there, but doesn't answer, or not yet. */
    SILENT,
    /** It was started, and is gone though nobody ended it. */
    DEAD,
    /** It wasn't started, or was ended. */
    DOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
