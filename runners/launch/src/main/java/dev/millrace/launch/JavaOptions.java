package dev.millrace.launch;

import java.util.List;

/** Options of the Java processes that run pipelines. */
public final class JavaOptions {
  /**
   * Has the optimizing compiler wait for what is called with every record: its thresholds are
   * twenty times as high as usual. At the usual ones it compiles much that starting Beam and Flink
   * calls often, and then no more. The launcher script gives the same, to workers of backfills,
   * too.
   */
  public static final List<String> OPTIMIZE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=12000",
          "-XX:Tier4CompileThreshold=300000",
          "-XX:Tier4BackEdgeThreshold=800000");

  private JavaOptions() {}
}
