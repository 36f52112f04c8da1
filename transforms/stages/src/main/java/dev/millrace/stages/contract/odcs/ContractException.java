package dev.millrace.stages.contract.odcs;

import java.util.List;

/**
 * A contract that can't be used. It has all that is wrong with the file, one line each: {@code
 * flights.odcs.yaml:12: Invalid logicalType: strin (expected ...) (at
 * schema[0].properties[2].logicalType)}.
 */
public final class ContractException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> errors;

  ContractException(List<String> errors, Throwable cause) {
    super(String.join("\n", errors), cause);
    this.errors = List.copyOf(errors);
  }

  /** What is wrong, in the order of the file; the message of the exception is these lines. */
  public List<String> errors() {
    return errors;
  }
}
