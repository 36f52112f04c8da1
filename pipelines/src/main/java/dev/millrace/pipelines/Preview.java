package dev.millrace.pipelines;

import java.util.List;

/**
 * What a bounded run would read and check, known before it runs.
 *
 * @param contract what its records would be checked against
 * @param files the files that it would read, in order of name; none if it reads something else
 */
public record Preview(CheckedContract contract, List<String> files) {
  /** Keeps an immutable copy. */
  public Preview {
    files = List.copyOf(files);
  }
}
