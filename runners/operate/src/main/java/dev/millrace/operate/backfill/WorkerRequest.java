package dev.millrace.operate.backfill;

import java.util.List;

/**
 * What a worker is asked to run.
 *
 * @param job the job file or pipeline
 * @param arguments options as on a command line, with those of the slice and the run's id
 * @param reason why, for the ledger
 */
record WorkerRequest(String job, List<String> arguments, String reason) {
  WorkerRequest {
    arguments = List.copyOf(arguments);
  }
}
