package dev.millrace.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What decides whether a bounded run is published, and what is kept of what it replaces. */
public interface PublishOptions extends PipelineOptions {

  @Description(
      "Percentage of rejected records above which nothing is published. Default: no limit.")
  Double getMaxRejectedPercent();

  void setMaxRejectedPercent(Double percent);

  @Description(
      "With --from and --to: whether partitions that no record is in are published empty. Otherwise"
          + " nothing is published then.")
  boolean isAllowEmpty();

  void setAllowEmpty(boolean allow);

  @Description("How many earlier versions of each partition are kept to roll back to.")
  @Default.Integer(1)
  Integer getKeepVersions();

  void setKeepVersions(Integer versions);
}
