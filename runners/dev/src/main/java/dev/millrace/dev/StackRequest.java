package dev.millrace.dev;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What is asked of a stack when it is started; what isn't said is as it was the last time.
 *
 * @param workers how many worker processes each cluster has
 * @param slots how many subtasks of a step each worker runs
 * @param ports the numbers of ports, by name
 */
public record StackRequest(OptionalInt workers, OptionalInt slots, Map<String, Integer> ports) {
  private static final int MOST = 64;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks what was asked for.
   *
   * @throws IllegalArgumentException if a number can't be
   */
  public StackRequest {
    workers.ifPresent(number -> check("task-managers", number, MOST));
    slots.ifPresent(number -> check("slots", number, MOST));
    ports.forEach((name, number) -> check(name + "-port", number, HIGHEST_PORT));
    ports = Map.copyOf(ports);
  }

  /** Whatever it was the last time. */
  public static StackRequest asBefore() {
    return new StackRequest(OptionalInt.empty(), OptionalInt.empty(), Map.of());
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (expected 1 to %d)".formatted(name, value, most));
    }
  }
}
