package dev.millrace.benchmarks.peer;

import dev.millrace.benchmarks.run.CountsReport;
import org.apache.flink.api.common.JobExecutionResult;

/** What a job has counted. */
final class Counts {
  private Counts() {}

  static CountsReport of(JobExecutionResult result) {
    return new CountsReport(
        result.<Long>getAccumulatorResult(ParseLine.READ),
        result.<Long>getAccumulatorResult(ParseLine.REJECTIONS),
        result.<Long>getAccumulatorResult(DropRepeats.DUPLICATES));
  }
}
