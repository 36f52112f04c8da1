package dev.millrace.stages.contract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found in a contract file: its errors, and what it asks for that isn't checked. */
final class Findings {
  private final String file;
  private final List<Finding> errors = new ArrayList<>();
  private final List<Finding> unchecked = new ArrayList<>();

  private record Finding(int line, String message, String path) {
    String text(String file) {
      String at = path.isEmpty() ? "" : " (at " + path + ")";
      return file + ":" + line + ": " + message + at;
    }
  }

  Findings(String file) {
    this.file = file;
  }

  void error(int line, String path, String message) {
    errors.add(new Finding(line, message, path));
  }

  void unchecked(int line, String path, String message) {
    unchecked.add(new Finding(line, "Not checked: " + message, path));
  }

  /** Throws what is wrong, if anything is. */
  void throwErrors() {
    if (!errors.isEmpty()) {
      throw new ContractException(lines(errors), null);
    }
  }

  /** The exception to throw where the file can't be read any further. */
  ContractException fatal(int line, String message, Throwable cause) {
    error(line, "", message);
    return new ContractException(lines(errors), cause);
  }

  List<String> unchecked() {
    return lines(unchecked);
  }

  private List<String> lines(List<Finding> findings) {
    return findings.stream()
        .sorted(Comparator.comparingInt(Finding::line))
        .map(finding -> finding.text(file))
        .toList();
  }
}
