package dev.millrace.pipelines;

import java.util.List;

/**
 * The contract that a pipeline checks its records against, as far as a report names it.
 *
 * @param id its identity; empty without one
 * @param version its version; empty without one
 * @param unchecked what it asks for and this version does not check, one line each
 */
public record CheckedContract(String id, String version, List<String> unchecked) {

  /** Keeps an immutable copy of the list. */
  public CheckedContract {
    unchecked = List.copyOf(unchecked);
  }

  /** Of a pipeline that checks no contract. */
  public static CheckedContract none() {
    return new CheckedContract("", "", List.of());
  }
}
