package dev.millrace.stages.contract.odcs;

import dev.millrace.stages.contract.odcs.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What was found in a contract file. */
public final class Findings {
  private static final Set<Kind> FATAL = EnumSet.of(Kind.ERROR, Kind.UNUSABLE);

  /** So many that no one reads them all, so few that they fit into memory. */
  private static final int MOST = 1_000;

  private final String file;
  private final List<Finding> all = new ArrayList<>();
  private int fatal;

  /** Nothing yet, of a file that is called so. */
  public Findings(String file) {
    this.file = file;
  }

  /** Adds a finding; of errors the first {@value #MOST}. */
  void add(Kind kind, int line, String path, String message) {
    fatal += FATAL.contains(kind) ? 1 : 0;
    if (!FATAL.contains(kind) || fatal <= MOST) {
      all.add(new Finding(kind, file, line, message, path));
    }
  }

  /** Throws what keeps a run from using the contract, if anything does. */
  public void throwErrors() {
    List<String> errors = lines(FATAL);
    if (!errors.isEmpty()) {
      throw new ContractException(errors, null);
    }
  }

  /** The exception to throw where the file can't be read any further. */
  ContractException fatal(int line, String message, Throwable cause) {
    add(Kind.ERROR, line, "", message);
    return new ContractException(lines(FATAL), cause);
  }

  /** What a run doesn't check that the contract asks for, a line each. */
  public List<String> unchecked() {
    return lines(EnumSet.of(Kind.UNCHECKED));
  }

  /** All findings in the order of the file. */
  public List<Finding> inOrder() {
    return all.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
  }

  private List<String> lines(Set<Kind> kinds) {
    return inOrder().stream()
        .filter(finding -> kinds.contains(finding.kind()))
        .map(Finding::toString)
        .toList();
  }
}
