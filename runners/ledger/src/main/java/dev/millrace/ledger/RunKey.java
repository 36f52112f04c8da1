package dev.millrace.ledger;

/**
 * Which run is meant: ids are names in an output, so that runs of several outputs may have one.
 *
 * @param output the output that it was started for
 * @param id its name there
 */
public record RunKey(String output, String id) {

  /** Such as {@code run nightly of /out/flights}. */
  @Override
  public String toString() {
    return "run %s of %s".formatted(id, output);
  }
}
