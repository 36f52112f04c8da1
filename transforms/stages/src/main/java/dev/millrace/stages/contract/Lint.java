package dev.millrace.stages.contract;

import dev.millrace.stages.contract.odcs.ContractException;
import dev.millrace.stages.contract.odcs.Document;
import dev.millrace.stages.contract.odcs.Finding;
import dev.millrace.stages.contract.odcs.Finding.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * What there is to say of a contract file, in the order of its lines: where it breaks the standard
 * or contradicts itself, and notes on what a run would refuse or leave unchecked. The structure is
 * judged as the JSON Schema of ODCS v3.1 does, of all its objects and properties; beyond that, an
 * expression, a time zone or one of Millrace's settings that can't be read is an error too.
 *
 * <p>A document can be good without being of use to a run, which needs an event time and types that
 * it can read: such are notes.
 */
public record Lint(List<Finding> findings) {

  /**
   * Reads a file.
   *
   * @throws ContractException if there is no text to read
   */
  public static Lint of(Path file) {
    return of(file.toString(), Document.text(file));
  }

  /** Reads the text of a file. */
  public static Lint of(String fileName, String yaml) {
    return new Lint(ContractCompiler.lint(fileName, yaml).stream().map(Finding::asNote).toList());
  }

  /** What is wrong. */
  public List<Finding> errors() {
    return findings.stream().filter(finding -> finding.kind() == Kind.ERROR).toList();
  }

  /** What is worth knowing, but not wrong. */
  public List<Finding> notes() {
    return findings.stream().filter(finding -> finding.kind() != Kind.ERROR).toList();
  }
}
