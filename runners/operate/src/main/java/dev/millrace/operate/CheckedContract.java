package dev.millrace.operate;

import java.util.List;

/**
 * The contract that a run checked its records against, as far as a report names it.
 *
 * @param id its identity, or where it was read
 * @param version its version; empty if it is not known
 * @param unchecked what it asks for and this version does not check, one line each
 */
public record CheckedContract(String id, String version, List<String> unchecked) {

  /** Keeps an immutable copy of the list. */
  public CheckedContract {
    unchecked = List.copyOf(unchecked);
  }
}
