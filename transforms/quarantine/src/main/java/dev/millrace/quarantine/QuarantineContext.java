package dev.millrace.quarantine;

import java.io.Serializable;

/**
 * What rejected the records: it is the same for all that one run quarantines.
 *
 * @param contract the id of the contract
 * @param contractVersion the version of the contract
 * @param pipeline the name of the pipeline
 * @param pipelineVersion the version of the pipeline
 */
public record QuarantineContext(
    String contract, String contractVersion, String pipeline, String pipelineVersion)
    implements Serializable {

  /** Checks that nothing is missing. */
  public QuarantineContext {
    require("contract", contract);
    require("contractVersion", contractVersion);
    require("pipeline", pipeline);
    require("pipelineVersion", pipelineVersion);
  }

  private static void require(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("Missing required value: " + name);
    }
  }
}
